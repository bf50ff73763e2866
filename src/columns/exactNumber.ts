/** A decimal number held exactly: unscaled x 10^-scale. */
export interface ExactNumber {
  readonly unscaled: bigint;
  readonly scale: number;
}

/** A finite number or decimal text as an exact number; a double stands for the decimal it prints as. */
export function parseExact(value: number | bigint | string): ExactNumber | undefined {
  if (typeof value === "bigint") return { unscaled: value, scale: 0 };
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/.exec(String(value).trim());
  if (!match) return undefined;
  const [, sign, whole = "", fraction = "", exponent = "0"] = match;
  if (whole === "" && fraction === "") return undefined;
  const digits = BigInt(`${whole}${fraction}`);
  const scale = fraction.length - Number(exponent);
  const unscaled = sign === "-" ? -digits : digits;
  return scale >= 0 ? { unscaled, scale } : { unscaled: unscaled * 10n ** BigInt(-scale), scale: 0 };
}

/** The integers around a rational number: equal when it is one. */
export interface IntegerBounds {
  readonly floor: bigint;
  readonly ceil: bigint;
}

/** Integers around numerator / denominator; the denominator is positive. */
export function integersAround(numerator: bigint, denominator: bigint): IntegerBounds {
  const quotient = numerator / denominator;
  if (quotient * denominator === numerator) return { floor: quotient, ceil: quotient };
  return numerator < 0n ? { floor: quotient - 1n, ceil: quotient } : { floor: quotient, ceil: quotient + 1n };
}

/** The integers around an exact number written with `scale` decimal places. */
export function atScale(value: ExactNumber, scale: number): IntegerBounds {
  const shift = scale - value.scale;
  if (shift >= 0) return integersAround(value.unscaled * 10n ** BigInt(shift), 1n);
  return integersAround(value.unscaled, 10n ** BigInt(-shift));
}

/** An unscaled integer as decimal text: `formatExact(12345n, 2)` is `"123.45"`. */
export function formatExact(unscaled: bigint, scale: number): string {
  if (scale <= 0) return (unscaled * 10n ** BigInt(-scale)).toString();
  const negative = unscaled < 0n;
  const digits = (negative ? -unscaled : unscaled).toString().padStart(scale + 1, "0");
  return `${negative ? "-" : ""}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}
