/** A value in a column's storage unit: a double, an exact integer, or bytes. */
export type Stored = number | bigint | Uint8Array;

/** Two values in a column's storage unit that others lie between, themselves included. */
export interface StoredBounds {
  readonly min: Stored;
  readonly max: Stored;
  /** True when both are values themselves, so that they are the least and the greatest. */
  readonly exact: boolean;
}

/** Whether a stored value comes before another of the same column. */
export function before(a: Stored, b: Stored): boolean {
  if (!(a instanceof Uint8Array) || !(b instanceof Uint8Array)) return a < b;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return a[i]! < b[i]!;
  return a.length < b.length;
}
