import { chiSquareHomogeneity, distributions, fisherExact } from "../stats/index.js";
import type { Part } from "./shares.js";

// Beyond this many marked rows the normal law is as good as counting, and counting takes long.
const MOST_COUNTED = 10_000;
const LEAST_EXPECTED = 5;

/** The two-sided p-value that two shares are one: Fisher's exact test, or chi-square where all counts are large. */
export function twoShareP(baseline: Part, current: Part): number {
  const reference = [baseline.of, baseline.rows - baseline.of];
  const other = [current.of, current.rows - current.of];
  const total = baseline.rows + current.rows;
  const marked = baseline.of + current.of;
  const rarest = Math.min(marked, total - marked);
  const expected = (rarest * Math.min(baseline.rows, current.rows)) / total;
  const test =
    expected > 50 || rarest > MOST_COUNTED
      ? chiSquareHomogeneity(reference, other)
      : fisherExact(reference, other);
  return test.pValue ?? 1;
}

/** The p-value that a share has not grown, by Fisher's exact test or its normal law. */
export function grownShareP(baseline: Part, current: Part): number {
  if (current.of / current.rows <= baseline.of / baseline.rows) return 1;
  if (baseline.of + current.of > MOST_COUNTED) return twoShareP(baseline, current) / 2;
  const test = fisherExact(
    [baseline.of, baseline.rows - baseline.of],
    [current.of, current.rows - current.of],
    { alternative: "less" },
  );
  return test.pValue ?? 1;
}

/**
 * The chance that k or more of m new values fall outside the range of n earlier ones of the same continuous law: a
 * beta-binomial, since what the range leaves out is Beta(2, n − 1). Conservative where values are tied.
 */
export function outsideRangeP(outside: number, n: number, m: number): number {
  if (outside === 0) return 1;
  if (n < 2) return 1;
  // With that many values the share outside is as good as its law.
  if (outside > MOST_COUNTED) return Math.max(distributions.beta.sf(outside / m, 2, n - 1), Number.MIN_VALUE);
  let chance = ((n - 1) * n) / ((m + n - 1) * (m + n));
  let tail = 0;
  for (let j = 0; j <= m; j++) {
    if (j >= outside) {
      tail += chance;
      if (chance < tail * 1e-17) break;
    }
    chance *= ((m - j) / (j + 1)) * ((j + 2) / (m - j + n - 2));
    if (chance === 0) break;
  }
  return Math.min(1, Math.max(tail, Number.MIN_VALUE));
}

/** The chance that a level with so many rows of n is on none of m further rows. */
export function absentP(rows: number, n: number, m: number): number {
  let chance = 1;
  for (let i = 0; i < rows && chance > 0; i++) chance *= (n - i) / (n + m - i);
  return Math.max(chance, Number.MIN_VALUE);
}

/** Rows of the bins or levels on both sides. */
export interface Cell {
  readonly label: string;
  readonly baseline: number;
  readonly current: number;
}

/**
 * The p-value that two lists of counts come from one law: the contingency table, with cells too rare for the chi-square
 * law put together. Which are is told by the baseline alone. Two cells that are too rare are Fisher's.
 */
export function homogeneityP(cells: readonly Cell[]): number {
  const n = cells.reduce((sum, { baseline }) => sum + baseline, 0);
  const m = cells.reduce((sum, { current }) => sum + current, 0);
  if (n === 0 || m === 0) return 1;
  const sorted = [...cells].sort((a, b) => b.baseline - a.baseline);
  const expected = (rows: number): number => (rows / n) * Math.min(n, m);
  const pooled = { baseline: 0, current: 0 };
  while (sorted.length > 0) {
    const isEnough = pooled.baseline === 0 && pooled.current === 0;
    const rarest = sorted.at(-1)!;
    if (
      expected(rarest.baseline) >= LEAST_EXPECTED &&
      (isEnough || expected(pooled.baseline) >= LEAST_EXPECTED)
    )
      break;
    pooled.baseline += rarest.baseline;
    pooled.current += rarest.current;
    sorted.pop();
  }
  const table = [...sorted, ...(pooled.baseline + pooled.current > 0 ? [pooled] : [])];
  if (table.length >= 2) {
    const test = chiSquareHomogeneity(
      table.map(({ baseline }) => baseline),
      table.map(({ current }) => current),
    );
    return test.pValue ?? 1;
  }
  const top = cells.reduce((most, cell) => (cell.baseline > most.baseline ? cell : most));
  return twoShareP({ of: top.baseline, rows: n }, { of: top.current, rows: m });
}
