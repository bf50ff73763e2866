import { walkRanks } from "../metrics/knots.js";
import type { NumericProfile, Places } from "./profile.js";

const DIGITS = 3;

/** A number rounded to three significant digits, up or down. */
function rounded(x: number, towards: 1 | -1): number {
  if (x === 0) return 0;
  const near = Number(x.toPrecision(DIGITS));
  if (near === x || near > x === towards > 0) return near;
  const unit = 10 ** (Math.floor(Math.log10(Math.abs(x))) - DIGITS + 1);
  const moved = Number((near + towards * unit).toPrecision(DIGITS));
  return Number.isFinite(moved) ? moved : near;
}

/** The values at some increasing ranks, which count from 1. */
function valuesAt({ values, at, gaps }: Places, ranks: readonly number[]): number[] {
  let i = 0;
  let passed = 0;
  return ranks.map((rank) => {
    while (passed + gaps[i]! + at[i]! < rank) passed += gaps[i]! + at[i++]!;
    return values[i]!;
  });
}

/**
 * A distribution told by about `buckets` edges of three digits, at least k rows apart. What is outside the outermost
 * edges counts as being at them, and k rows are; an exact value survives only where k rows or more share it. Undefined
 * where there are too few rows to tell anything.
 */
export function blurNumbers(
  profile: NumericProfile,
  k: number,
  buckets: number,
  keepMoments: boolean,
): NumericProfile | undefined {
  const { count, places, distinct, distinctExact, moments, error } = profile;
  if (count < 2 * k || count === 0) return undefined;
  const step = Math.max(k, Math.ceil(count / buckets));
  const ranks: number[] = [];
  for (let rank = k; rank <= count - k; rank += step) ranks.push(rank);
  const inner = valuesAt(places, ranks).map((value) => rounded(value, 1));
  const [outermost] = valuesAt(places, [count - k + 1]);
  const shared = places.values.filter((_, i) => places.at[i]! >= k && places.at[i]! * buckets >= count);
  const edges = [...new Set([...inner, ...shared, rounded(outermost!, -1)])].sort((a, b) => a - b);
  const known: Rank[] = [];
  walkRanks(places, edges, (nth, below, here) => {
    known.push({ value: edges[nth]!, below: Math.round(below), here: here >= k ? here : 0 });
  });
  const kept = farApart(known, count, k);
  if (kept.length === 0) return undefined;
  const at = kept.map(({ here }) => here);
  const gaps = kept.map(({ below }, i) => below - (i === 0 ? 0 : kept[i - 1]!.below + kept[i - 1]!.here));
  const last = kept.length - 1;
  at[0]! += gaps[0]!;
  gaps[0] = 0;
  at[last]! += count - kept[last]!.below - kept[last]!.here;
  const widest = Math.max(...gaps, at[0]!, at[last]!);
  return {
    count,
    ...(keepMoments && moments ? { moments } : {}),
    distinct,
    distinctExact,
    extremesKnown: false,
    places: { values: kept.map(({ value }) => value), at, gaps },
    error: Math.min(1, error + widest / count),
  };
}

interface Rank {
  readonly value: number;
  readonly below: number;
  readonly here: number;
}

/** Leaves out edges that have fewer than k rows on one side up to the next edge that is kept. */
function farApart(ranks: readonly Rank[], count: number, k: number): Rank[] {
  const kept: Rank[] = [];
  let passed = 0;
  for (const rank of ranks) {
    const before = rank.below - passed;
    const after = count - rank.below - rank.here;
    const apart = (rows: number): boolean => rows >= k || (rows === 0 && rank.here > 0);
    if (!apart(before) || !apart(after)) continue;
    kept.push(rank);
    passed = rank.below + rank.here;
  }
  return kept;
}
