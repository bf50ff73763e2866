const DIGITS = 65536;
// Values that are sorted rather than counted by their next digit.
const SORTED = 65536;
const HIGHEST = 0x8000_0000 | 0;

const double = new Float64Array(1);
const doubleWords = new Int32Array(double.buffer);

/** The two words of a double in an order of their own: as unsigned integers they lie as the doubles do, -0 before 0. */
function highOf(high: number): number {
  return (high ^ ((high >> 31) | HIGHEST)) >>> 0;
}

function lowOf(low: number, high: number): number {
  return (low ^ (high >> 31)) >>> 0;
}

function doubleOf(highKey: number, lowKey: number): number {
  const isPositive = highKey >= 0x8000_0000;
  doubleWords[1] = isPositive ? highKey ^ HIGHEST : ~highKey;
  doubleWords[0] = isPositive ? lowKey : ~lowKey;
  return double[0]!;
}

/** Doubles in parts, none of them NaN, that can be gone through as often as it takes. */
export type Parts = () => Iterable<Float64Array>;

type Visit = (high: number, low: number) => void;

function visitWords(parts: Parts, visit: (words: Int32Array) => void): void {
  for (const part of parts()) visit(new Int32Array(part.buffer, part.byteOffset, part.length * 2));
}

/** The digit whose values hold a rank, and how many values come before those. */
function digitAt(counts: Float64Array, from: number, rank: number): { digit: number; below: number } {
  let below = 0;
  let digit = 0;
  while (below + counts[from + digit]! <= rank) below += counts[from + digit++]!;
  return { digit, below };
}

/** Ranks that lie among values with the same high word. */
interface Group {
  readonly high: number;
  readonly count: number;
  readonly ranks: { readonly rank: number; readonly within: number }[];
}

/**
 * The values of some ranks, counted from 0, without sorting them all: two passes that count by 16 bits of their ordered
 * bits leave few to be looked at (a radix selection). `ranks` lie below `size`, the number of values.
 */
export function orderStatistics(parts: Parts, ranks: readonly number[]): Map<number, number> {
  const found = new Map<number, number>();
  const wanted = [...new Set(ranks)].sort((a, b) => a - b);
  if (wanted.length === 0) return found;
  const first = new Float64Array(DIGITS);
  visitWords(parts, (words) => {
    for (let at = 1; at < words.length; at += 2) first[highOf(words[at]!) >>> 16]!++;
  });
  const groups = groupsOf(parts, first, wanted);
  const small = groups.filter(({ count }) => count <= SORTED);
  settleSmall(parts, small, found);
  for (const group of groups) if (group.count > SORTED) settleLarge(parts, group, found);
  return found;
}

// Groups counted in one pass, each with counts of its own.
const AT_A_TIME = 16;

function groupsOf(parts: Parts, first: Float64Array, wanted: readonly number[]): Group[] {
  const byDigit = new Map<number, { rank: number; within: number }[]>();
  for (const rank of wanted) {
    const { digit, below } = digitAt(first, 0, rank);
    byDigit.set(digit, [...(byDigit.get(digit) ?? []), { rank, within: rank - below }]);
  }
  const digits = [...byDigit];
  const groups: Group[] = [];
  for (let from = 0; from < digits.length; from += AT_A_TIME) {
    const some = digits.slice(from, from + AT_A_TIME);
    const nths = new Int32Array(DIGITS).fill(-1);
    for (const [nth, [digit]] of some.entries()) nths[digit] = nth;
    const counts = new Float64Array(some.length * DIGITS);
    visitWords(parts, (words) => {
      for (let at = 1; at < words.length; at += 2) {
        const high = highOf(words[at]!);
        const nth = nths[high >>> 16]!;
        if (nth >= 0) counts[nth * DIGITS + (high & 0xffff)]!++;
      }
    });
    some.forEach(([digit, places], nth) => {
      const byHigh = new Map<number, Group>();
      for (const { rank, within } of places) {
        const { digit: next, below } = digitAt(counts, nth * DIGITS, within);
        const high = digit * DIGITS + next;
        const count = counts[nth * DIGITS + next]!;
        const group = byHigh.get(high) ?? { high, count, ranks: [] };
        group.ranks.push({ rank, within: within - below });
        byHigh.set(high, group);
      }
      groups.push(...byHigh.values());
    });
  }
  return groups;
}

/** Visits the values that have a wanted high word. */
function visitHigh(parts: Parts, highs: ReadonlySet<number>, visit: Visit): void {
  const digits = new Uint8Array(DIGITS);
  for (const high of highs) digits[high >>> 16] = 1;
  visitWords(parts, (words) => {
    for (let at = 1; at < words.length; at += 2) {
      const high = highOf(words[at]!);
      if (digits[high >>> 16] === 1 && highs.has(high)) visit(high, lowOf(words[at - 1]!, words[at]!));
    }
  });
}

function settleSmall(parts: Parts, groups: readonly Group[], found: Map<number, number>): void {
  if (groups.length === 0) return;
  const lows = new Map(groups.map(({ high, count }) => [high, { values: new Uint32Array(count), size: 0 }]));
  visitHigh(parts, new Set(lows.keys()), (high, low) => {
    const group = lows.get(high)!;
    group.values[group.size++] = low;
  });
  for (const { high, ranks } of groups) {
    const { values } = lows.get(high)!;
    values.sort();
    for (const { rank, within } of ranks) found.set(rank, doubleOf(high, values[within]!));
  }
}

/** Many values with one high word: their low words are counted by digits too. */
function settleLarge(parts: Parts, { high, ranks }: Group, found: Map<number, number>): void {
  const highs = new Set([high]);
  const counts = new Float64Array(DIGITS);
  visitHigh(parts, highs, (_, low) => {
    counts[low >>> 16]!++;
  });
  const last = new Map<number, Float64Array>();
  for (const { rank, within } of ranks) {
    const { digit, below } = digitAt(counts, 0, within);
    let lowest = last.get(digit);
    if (!lowest) {
      const fresh = new Float64Array(DIGITS);
      visitHigh(parts, highs, (_, low) => {
        if (low >>> 16 === digit) fresh[low & 0xffff]!++;
      });
      lowest = fresh;
      last.set(digit, lowest);
    }
    const end = digitAt(lowest, 0, within - below).digit;
    found.set(rank, doubleOf(high, digit * DIGITS + end));
  }
}
