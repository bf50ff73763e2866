import type { Adjustment } from "../stats/index.js";

/** What a comparison came to. */
export type Verdict = "drift" | "stable" | "inconclusive" | "notComparable";

/** What is looked at, in this order. */
export const FINDINGS = [
  "type",
  "rowCount",
  "nullShare",
  "nanShare",
  "newLevels",
  "vanishedLevels",
  "outOfRange",
  "shape",
] as const;
export type FindingKind = (typeof FINDINGS)[number];

/** One thing that was looked at. */
export interface Finding {
  readonly kind: FindingKind;
  readonly verdict: Verdict;
  /** What the effect is measured in: Cohen's h for shares, the deciding statistic for the shape. */
  readonly statistic?: string;
  /** The shares of the baseline and of the current data, where it is about shares. */
  readonly shares?: { readonly baseline: number; readonly current: number };
  readonly effect?: number;
  /** The effect that matters. */
  readonly threshold?: number;
  /** The upper end of the effect's one-sided 95 % confidence interval. */
  readonly upper?: number;
  readonly pValue?: number;
  /** The p-value adjusted for the columns looked at together. */
  readonly adjusted?: number;
  /** When inconclusive: about how many current rows would settle it; null when the baseline has too few itself. */
  readonly rowsNeeded?: number | null;
  /** Without any value of the data. */
  readonly message: string;
}

/** A statistic that doesn't decide, or why there is none. */
export interface Statistic {
  readonly name: string;
  readonly value: number | null;
  readonly reason?: string;
  /** Proportions below this counted as this. */
  readonly floor?: number;
}

/** A bin or level on both sides. */
export interface Bin {
  readonly label: string;
  /** Shares of the rows on either side; rows without a value have a bin of their own where bins are compared. */
  readonly baseline: number;
  readonly current: number;
}

/** How one column compares. */
export interface ColumnComparison {
  readonly column: string;
  readonly verdict: Verdict;
  /** The finding that set the verdict. */
  readonly decidedBy: FindingKind;
  /** Values (neither null nor NaN) on either side. */
  readonly values: { readonly baseline: number; readonly current: number };
  readonly findings: readonly Finding[];
  /** Every cheap statistic of the shape. */
  readonly statistics: readonly Statistic[];
  /** The bins or levels of the shape, in their own order. */
  readonly bins: readonly Bin[];
  /** Those that changed most, the largest change first. */
  readonly explanation: readonly Bin[];
  readonly message: string;
}

/** How a table compares with a baseline. */
export interface DriftReport {
  readonly format: "veritable/drift";
  readonly version: 1;
  readonly verdict: Verdict;
  readonly message: string;
  readonly baseline: { readonly hash: string; readonly rows: number };
  readonly rows: number;
  /** What the thresholds come from, and what p-values were held against. */
  readonly settings: { readonly shift: number; readonly alpha: number; readonly correction: Adjustment };
  readonly columns: readonly ColumnComparison[];
  /** Names of the columns that drifted. */
  readonly drifted: readonly string[];
  /** Drifted columns over those compared, plain and by weight. */
  readonly share: number;
  readonly weightedShare: number;
  /** Columns that must not drift, and did. */
  readonly broken: readonly string[];
  /** Columns that the baseline knows nothing of, when all are compared. */
  readonly unknown: readonly string[];
}
