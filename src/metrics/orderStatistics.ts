import {
  bucketsOf,
  extract,
  highKeys,
  type KeyBounds,
  keyBounds,
  type Lens,
  lensOnHigh,
  lensOnLow,
  type Parts,
  within,
} from "./keyBuckets.js";

// Values that are sorted rather than dealt to buckets again, and those that are copied out of the others.
const SORTED = 4096;
const COPIED = 2 ** 21;

/** A rank that is looked for, and which it is among the values that are left. */
interface Wanted {
  readonly rank: number;
  readonly place: number;
}

/** Wanted ranks that lie in one bucket, and how many values do. */
interface Group {
  readonly bucket: number;
  readonly count: number;
  readonly wanted: Wanted[];
}

/**
 * The values of some ranks, counted from 0, without sorting them all: one pass deals the ordered bits of the values to
 * 65,536 buckets of their range, and the few values of the buckets that hold a rank are looked at again (a radix
 * selection). `ranks` lie below the number of values, and no value lies beyond `range`.
 */
export function orderStatistics(
  parts: Parts,
  ranks: readonly number[],
  range?: { readonly min: number; readonly max: number },
): Map<number, number> {
  const found = new Map<number, number>();
  const wanted = [...new Set(ranks)].sort((a, b) => a - b).map((rank) => ({ rank, place: rank }));
  if (wanted.length === 0) return found;
  const bounds = range ? highKeys(range) : keyBounds(parts, lensOnHigh);
  select(parts, lensOnHigh, bounds, wanted, found);
  return found;
}

/** Finds ranks among values that a lens tells apart; those that it shows alike are told apart by the other one. */
function select(
  parts: Parts,
  lens: Lens,
  bounds: KeyBounds,
  wanted: readonly Wanted[],
  found: Map<number, number>,
): void {
  if (bounds.min === bounds.max) {
    if (lens === lensOnHigh) selectIn(parts, lensOnLow(bounds.min), wanted, found);
    else for (const { rank } of wanted) found.set(rank, firstOf(parts));
    return;
  }
  const buckets = bucketsOf(parts, lens, bounds);
  const groups = groupsOf(buckets.counts, wanted);
  const few = groups.filter(({ count }) => count <= COPIED / groups.length);
  const copies = extract(parts, lens, buckets, few);
  for (const [nth, { wanted }] of few.entries()) settle(copies[nth]!, lens, wanted, found);
  for (const { bucket, count, wanted } of groups) {
    if (count <= COPIED / groups.length) continue;
    selectIn(() => within(parts, lens, buckets, bucket), lens, wanted, found);
  }
}

/** As `select`, among values whose bounds aren't known. */
function selectIn(parts: Parts, lens: Lens, wanted: readonly Wanted[], found: Map<number, number>): void {
  select(parts, lens, keyBounds(parts, lens), wanted, found);
}

function firstOf(parts: Parts): number {
  for (const part of parts()) if (part.length > 0) return part[0]!;
  throw new TypeError("a rank beyond the values");
}

function groupsOf(counts: Uint32Array, wanted: readonly Wanted[]): Group[] {
  const groups: Group[] = [];
  let bucket = 0;
  let below = 0;
  for (const { rank, place } of wanted) {
    while (below + counts[bucket]! <= place) below += counts[bucket++]!;
    if (groups.at(-1)?.bucket !== bucket) groups.push({ bucket, count: counts[bucket]!, wanted: [] });
    groups.at(-1)!.wanted.push({ rank, place: place - below });
  }
  return groups;
}

function settle(
  values: Float64Array,
  lens: Lens,
  wanted: readonly Wanted[],
  found: Map<number, number>,
): void {
  if (values.length > SORTED) {
    selectIn(() => [values], lens, wanted, found);
    return;
  }
  values.sort();
  for (const { rank, place } of wanted) found.set(rank, values[place]!);
}
