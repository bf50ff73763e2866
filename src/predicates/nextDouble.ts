const words = new DataView(new ArrayBuffer(8));

/** The least double above `value`; infinities and NaN are themselves. */
export function nextUp(value: number): number {
  if (!Number.isFinite(value)) return value === Number.NEGATIVE_INFINITY ? -Number.MAX_VALUE : value;
  if (value === 0) return Number.MIN_VALUE;
  words.setFloat64(0, value);
  words.setBigInt64(0, words.getBigInt64(0) + (value > 0 ? 1n : -1n));
  return words.getFloat64(0);
}

/** The greatest double below `value`; infinities and NaN are themselves. */
export function nextDown(value: number): number {
  return -nextUp(-value);
}
