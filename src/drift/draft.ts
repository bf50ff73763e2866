import type { Bin, Finding, FindingKind, Statistic } from "./comparison.js";

/** A finding before its p-value is adjusted. */
export interface Measured {
  readonly kind: FindingKind;
  readonly statistic: string;
  readonly shares?: Finding["shares"];
  readonly effect: number;
  readonly threshold: number;
  readonly upper: number;
  readonly pValue: number;
  /** Whether so many current rows, with the shares seen, would settle it. */
  readonly settles: (rows: number, alpha: number) => boolean;
  /** What it is about, for the message: `share of nulls`. */
  readonly subject: string;
}

/** A finding that needs no test: another type, nothing to compare. */
export interface Stated {
  readonly kind: FindingKind;
  readonly stated: "notComparable" | "inconclusive";
  readonly message: string;
}

/** A column as it was measured, before the columns are looked at together. */
export interface Assessed {
  readonly column: string;
  readonly values: { readonly baseline: number; readonly current: number };
  readonly rows: number;
  readonly drafts: readonly (Measured | Stated)[];
  readonly statistics: readonly Statistic[];
  readonly bins: readonly Bin[];
}
