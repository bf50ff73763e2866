import fc from "fast-check";
import {
  between,
  distinctValuesIn,
  maxBetween,
  minBetween,
  parseRun,
  suite,
  sumBetween,
  validate,
} from "veritable";
import { tableOf } from "veritable/testing";
import { describe, expect, it } from "vitest";

const least = -(2n ** 63n);
const most = 2n ** 63n - 1n;
const int64 = fc.oneof(
  fc.bigInt({ min: least, max: most }),
  fc.constantFrom(least, most, 2n ** 53n, 2n ** 53n + 1n, -(2n ** 53n) - 1n),
);

const padded = (value: bigint, digits: number) => `${value < 0n ? -value : value}`.padStart(digits, "0");

/** A count of the smallest unit as decimal text with so many places. */
function decimal(units: bigint, places: number): string {
  const digits = padded(units, places + 1);
  return `${units < 0n ? "-" : ""}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** Nanoseconds since 1970 as ISO 8601 text. */
function moment(nanoseconds: bigint): string {
  const rest = ((nanoseconds % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n;
  const seconds = (nanoseconds - rest) / 1_000_000_000n;
  const day = new Date(Number(seconds) * 1000).toISOString().slice(0, 19);
  return rest === 0n ? day : `${day}.${padded(rest, 9).replace(/(000)+$/, "")}`;
}

const asExact = (shown: unknown, scale: bigint): bigint => {
  const [whole = "", part = ""] = String(shown).split(".");
  const places = String(scale).length - 1;
  const sign = whole.startsWith("-") ? -1n : 1n;
  return sign * (BigInt(whole.replace("-", "")) * scale + BigInt(part.padEnd(places, "0") || "0"));
};

async function through(type: string, values: readonly string[], withSum: boolean) {
  const table = tableOf({ c: { type, values: [...values] } });
  // Bounds that nothing meets, so that all is shown.
  const above = type.startsWith("timestamp") ? "2300-01-01" : "99999999999999999999999999999";
  const rules = suite("exact", [
    between("c", { min: above }),
    minBetween("c", { min: above }),
    maxBetween("c", { min: above }),
    ...(withSum ? [sumBetween("c", { min: above as `${number}` })] : []),
    distinctValuesIn("c", values.slice(0, 1)),
  ]);
  const run = await validate(table, rules, { sample: 100, keys: ["c"] });
  const { outcomes } = parseRun(JSON.parse(JSON.stringify(run.toJSON({ level: "full" }))));
  const [rows, min, max, sum] = outcomes;
  const items = rows!.sample!.items;
  expect(items.map(({ keys }) => keys!.c)).toEqual(items.map(({ values: of }) => of.c));
  return {
    shown: items.map(({ values: of }) => of.c),
    min: min!.observed,
    max: max!.observed,
    sum: withSum ? sum!.observed : undefined,
  };
}

const sorted = (values: readonly bigint[]) => [...values].sort((a, b) => (a < b ? -1 : 1));
const lowest = (values: readonly bigint[]) => sorted(values)[0]!;
const highest = (values: readonly bigint[]) => sorted(values).at(-1)!;
const total = (values: readonly bigint[]) => values.reduce((a, b) => a + b, 0n);

describe("values survive to JSON without loss of precision", () => {
  it.each([
    ["int64", 1n, int64, String],
    [
      "decimal128(38, 4)",
      10_000n,
      fc.bigInt({ min: -(10n ** 28n), max: 10n ** 28n }),
      (value: bigint) => decimal(value, 4),
    ],
  ] as const)("%s: rows, keys, extremes and sums", async (type, scale, arbitrary, text) => {
    await fc.assert(
      fc.asyncProperty(fc.array(arbitrary, { minLength: 1, maxLength: 12 }), async (values) => {
        const { shown, min, max, sum } = await through(type, values.map(text), true);
        expect(shown.map((one) => asExact(one, scale))).toEqual(values);
        expect(asExact(min, scale)).toBe(lowest(values));
        expect(asExact(max, scale)).toBe(highest(values));
        expect(asExact(sum, scale)).toBe(total(values));
      }),
      { numRuns: 60 },
    );
  });

  it("timestamp[ns]: rows, keys and extremes", async () => {
    // The nanoseconds of 1700 to 2250, which 64 bits hold and a double doesn't.
    const anyMoment = fc.bigInt({ min: -8_520_000_000_000_000_000n, max: 8_830_000_000_000_000_000n });
    await fc.assert(
      fc.asyncProperty(fc.array(anyMoment, { minLength: 1, maxLength: 12 }), async (values) => {
        const { shown, min, max } = await through("timestamp[ns]", values.map(moment), false);
        const plain = (one: unknown) =>
          String(one)
            .replace(/(000)+$/, "")
            .replace(/\.$/, "");
        expect(shown.map(plain)).toEqual(values.map((value) => plain(moment(value))));
        expect([min, max].map(plain)).toEqual(
          [lowest(values), highest(values)].map((one) => plain(moment(one))),
        );
      }),
      { numRuns: 60 },
    );
  });
});
