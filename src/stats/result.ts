/** A sample, or a vector of counts or proportions. */
export type Sample = ArrayLike<number>;

/** Which side of the null hypothesis counts as evidence, in scipy's words for the test concerned. */
export type Alternative = "two-sided" | "less" | "greater";

/** Why a number is missing (null) or degenerate: a test, distance or summary never holds NaN or an infinity. */
export type Reason =
  | "empty"
  | "too-few-values"
  | "not-a-number"
  | "not-finite"
  | "negative-weight"
  | "zero-total"
  | "zero-variance"
  | "zero-scale"
  | "one-distinct-value"
  | "one-level"
  | "empty-level"
  | "impossible-level"
  | "unequal-totals"
  | "outside-table"
  | "not-a-probability"
  | "infinite"
  | "overflow";

/** How a p-value was obtained. */
export type Method = "exact" | "asymptotic" | "approximate";

/** How large a difference is, whatever the sample size. */
export interface Effect {
  readonly name: string;
  readonly value: number | null;
}

/** What a test of one sample against a law says. */
export interface OneSampleResult {
  readonly statistic: number | null;
  readonly pValue: number | null;
  readonly method: Method;
  /** Rows of the sample. */
  readonly n: number;
  readonly effect: Effect;
  readonly reason?: Reason;
}

/** What a two-sample test says. */
export interface TestResult extends OneSampleResult {
  /** Rows of the current sample; `n` counts the reference. */
  readonly m: number;
}

/** What a distance or divergence says. */
export interface DistanceResult {
  readonly value: number | null;
  /** The contribution of each bin or level, in order, where the distance is a sum over them. */
  readonly terms?: readonly number[];
  readonly reason?: Reason;
}

/** The result of a test that can't be done on these data. */
export function undecided(method: Method, n: number, m: number, effect: string, reason: Reason): TestResult {
  return { statistic: null, pValue: null, method, n, m, effect: { name: effect, value: null }, reason };
}
