/**
 * A distribution of numbers as increasing places: `at[i]` rows have exactly the value `values[i]`, and `gaps[i]` rows lie
 * strictly between it and the place before (`gaps[0]` is 0: the first place is the least value). Without gaps it is the
 * data themselves, as a list of distinct values and their counts.
 */
export interface Knots {
  readonly values: ArrayLike<number>;
  readonly at: ArrayLike<number>;
  readonly gaps: ArrayLike<number>;
}

export const NO_KNOTS: Knots = { values: [], at: [], gaps: [] };

// Interpolated ranks are kept to this part of a row, so that their sums are exact and the same in any order.
const PARTS = 1024;

/** The distinct values of numbers in increasing order, with their counts. */
export function knotsOfSorted(sorted: Float64Array): Knots {
  let distinct = 0;
  for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) distinct++;
  const values = new Float64Array(distinct);
  const at = new Float64Array(distinct);
  let nth = -1;
  for (let i = 0; i < sorted.length; i++) {
    if (i === 0 || sorted[i] !== sorted[i - 1]) values[++nth] = sorted[i]!;
    at[nth]!++;
  }
  return { values, at, gaps: new Float64Array(distinct) };
}

/** The number of rows. */
export function rowsOf({ at, gaps }: Knots): number {
  let rows = 0;
  for (let i = 0; i < at.length; i++) rows += at[i]! + gaps[i]!;
  return rows;
}

/** Where x lies between a and b, as a share; halved first, since the distance may be more than a double holds. */
function shareBetween(a: number, b: number, x: number): number {
  return (x / 2 - a / 2) / (b / 2 - a / 2);
}

/** Visits places in increasing order with the rows below each and at it, rows in a gap being spread evenly. */
export function walkRanks(
  { values, at, gaps }: Knots,
  places: ArrayLike<number>,
  visit: (nth: number, below: number, here: number) => void,
): void {
  let i = 0;
  let passed = 0;
  for (let nth = 0; nth < places.length; nth++) {
    const x = places[nth]!;
    for (; i < values.length && values[i]! < x; i++) passed += gaps[i]! + at[i]!;
    if (i >= values.length) visit(nth, passed, 0);
    else if (values[i] === x) visit(nth, passed + gaps[i]!, at[i]!);
    else {
      const share = i === 0 ? 0 : shareBetween(values[i - 1]!, values[i]!, x);
      visit(nth, passed + Math.round(gaps[i]! * share * PARTS) / PARTS, 0);
    }
  }
}

/** The distinct places of some distributions together, in increasing order. */
export function placesOf(parts: readonly Knots[]): Float64Array {
  return parts.reduce<Float64Array>((all, { values }) => mergeIncreasing(all, values), new Float64Array(0));
}

/** The values of two strictly increasing lists, as one. */
function mergeIncreasing(a: Float64Array, b: ArrayLike<number>): Float64Array {
  if (a.length === 0) return Float64Array.from(b);
  const merged = new Float64Array(a.length + b.length);
  let size = 0;
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    const x = i < a.length ? a[i]! : Number.POSITIVE_INFINITY;
    const y = j < b.length ? b[j]! : Number.POSITIVE_INFINITY;
    if (x <= y) i++;
    if (y <= x) j++;
    merged[size++] = Math.min(x, y);
  }
  return merged.slice(0, size);
}

/**
 * Distributions pooled: at every place the ranks of the parts are added, so that the sum of their rank errors bounds the
 * error of the whole, up to half a row where a part has gaps. The order of the parts doesn't matter.
 */
export function mergeKnots(parts: readonly Knots[]): Knots {
  const values = placesOf(parts);
  const below = new Float64Array(values.length);
  const at = new Float64Array(values.length);
  for (const part of parts) {
    walkRanks(part, values, (nth, under, here) => {
      below[nth]! += under;
      at[nth]! += here;
    });
  }
  const gaps = new Float64Array(values.length);
  let passed = 0;
  for (let i = 0; i < values.length; i++) {
    gaps[i] = Math.round(below[i]!) - passed;
    passed += gaps[i]! + at[i]!;
  }
  return { values, at, gaps };
}

/** Fewer places, and the rows by which a rank read from them may differ from the rank before. */
export interface Reduced {
  readonly knots: Knots;
  readonly error: number;
}

/**
 * Keeps the places at `buckets` equal steps of rank, and the `tail` outermost ones on each side. A value that holds more
 * than a bucket's share of the rows is always kept. What is between two places becomes a gap of at most a bucket.
 */
export function reduceKnots(full: Knots, buckets: number, tail: number): Reduced {
  const { values, at, gaps } = full;
  const size = values.length;
  const rows = rowsOf(full);
  const kept: number[] = [];
  let passed = 0;
  let step = 1;
  for (let i = 0; i < size; i++) {
    passed += gaps[i]! + at[i]!;
    const reaches = passed * buckets >= step * rows;
    while (passed * buckets >= step * rows) step++;
    if (reaches || i < tail || i >= size - tail) kept.push(i);
  }
  const reduced = {
    values: Float64Array.from(kept, (i) => values[i]!),
    at: Float64Array.from(kept, (i) => at[i]!),
    gaps: new Float64Array(kept.length),
  };
  let error = 0;
  for (let nth = 0, i = 0; nth < kept.length; nth++, i++) {
    let between = 0;
    for (; i < kept[nth]!; i++) between += gaps[i]! + at[i]!;
    const dropped = between > 0;
    between += gaps[i]!;
    reduced.gaps[nth] = between;
    if (dropped) error = Math.max(error, between);
  }
  return { knots: reduced, error };
}

/** True when every row has a known value. */
export function isExact({ gaps }: Knots): boolean {
  for (let i = 0; i < gaps.length; i++) if (gaps[i] !== 0) return false;
  return true;
}
