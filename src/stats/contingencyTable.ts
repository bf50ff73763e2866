import { distributions } from "./distributions/index.js";
import { exactSum } from "./exactSum.js";

/** What may be said of a table of counts of two kinds of level. */
export interface ContingencyResult {
  /** Pearson's chi-square against independence; null of an empty table, or one of a single row or column. */
  readonly statistic: number | null;
  readonly pValue: number | null;
  readonly dof: number;
  readonly n: number;
  /** Cramér's V, √(χ² / (n · (min(rows, columns) − 1))), in [0, 1]. */
  readonly cramersV: number | null;
}

/**
 * Pearson's chi-square test that the rows and the columns of an r × c table of counts are independent, and Cramér's V.
 * Rows and columns of zeros only are left out. `yates` corrects 2 × 2 tables for continuity, and V with them.
 *
 * Source: Pearson (1900); Yates (1934); Cramér (1946).
 */
export function contingencyTable(
  counts: readonly (readonly number[])[],
  options: { readonly yates?: boolean } = {},
): ContingencyResult {
  const rows = counts.filter((row) => row.some((count) => count > 0));
  const kept = (rows[0] ?? []).map((_, j) => j).filter((j) => rows.some((row) => row[j]! > 0));
  const rowSums = rows.map((row) => exactSum(row));
  const columnSums = kept.map((j) => exactSum(rows.map((row) => row[j]!)));
  const n = exactSum(rowSums);
  const least = Math.min(rows.length, kept.length) - 1;
  const dof = Math.max(0, (rows.length - 1) * (kept.length - 1));
  if (least < 1) return { statistic: null, pValue: null, dof, n, cramersV: null };
  const corrects = options.yates === true && dof === 1;
  const terms = rows.flatMap((row, i) =>
    kept.map((j, at) => {
      const expected = (rowSums[i]! * columnSums[at]!) / n;
      const gap = Math.abs(row[j]! - expected);
      const moved = corrects ? gap - Math.min(0.5, gap) : gap;
      return (moved * moved) / expected;
    }),
  );
  const statistic = exactSum(terms);
  return {
    statistic,
    pValue: distributions.chi2.sf(statistic, dof),
    dof,
    n,
    cramersV: Math.min(1, Math.sqrt(statistic / n / least)),
  };
}
