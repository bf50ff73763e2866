import { conditionalTail } from "./conditionalLaw.js";
import { distributions } from "./distributions/index.js";
import { choice } from "./options.js";
import type { Alternative, Sample, TestResult } from "./result.js";
import { undecided } from "./result.js";
import { flaw, sortSample, tieGroups, walkPooled } from "./sample.js";

/** What `mannWhitney` may be told. */
export interface MannWhitneyOptions {
  /** `less`: the reference values are smaller than the current ones; two-sided by default. */
  readonly alternative?: Alternative;
  /** `auto`: exact when the smaller side has at most 8 rows and there are no ties. */
  readonly method?: "auto" | "exact" | "asymptotic";
  /** The continuity correction of ½ in the asymptotic method; on by default. */
  readonly continuity?: boolean;
}

/** Cells of the counting table beyond which an exact law is not attempted. */
const MOST_CELLS = 5e7;

/**
 * The Mann-Whitney U test. The statistic is the reference's U = Σ midranks − n(n + 1)/2; the effect is
 * auc = P(current > reference) + P(equal)/2, 0.5 when neither side is larger. It does not see a change of spread
 * alone.
 *
 * Source: Mann and Whitney (1947), exact by counting (conditionally on ties); the normal law with tie correction
 * otherwise.
 */
export function mannWhitney(
  reference: Sample,
  current: Sample,
  options: MannWhitneyOptions = {},
): TestResult {
  const unit = "mannWhitney";
  const sides = ["two-sided", "less", "greater"] as const;
  const alternative = choice(unit, "alternative", options.alternative, sides, "two-sided");
  const asked = choice(unit, "method", options.method, ["auto", "exact", "asymptotic"], "auto");
  const x = sortSample(reference);
  const y = sortSample(current);
  const n = x.length;
  const m = y.length;
  const problem = flaw(x, 1, "kept") ?? flaw(y, 1, "kept");
  if (problem) return undecided("asymptotic", n, m, "auc", problem);

  let rankSum = 0;
  let ties = 0;
  walkPooled(x, y, (_value, here, there, below, thereBelow) => {
    const tied = here + there;
    rankSum += here * (below + thereBelow + (tied + 1) / 2);
    ties += tied * (tied - 1) * (tied + 1);
  });
  const u = rankSum - (n * (n + 1)) / 2;
  const other = n * m - u;
  const result = { statistic: u, n, m, effect: { name: "auc", value: other / (n * m) } };
  const ofCurrent = alternative === "less" || (alternative === "two-sided" && other > u);
  const larger = ofCurrent ? other : u;
  const fold = alternative === "two-sided" ? 2 : 1;

  if (asked === "exact" || (asked === "auto" && Math.min(n, m) <= 8 && ties === 0)) {
    const tail = ties === 0 ? countedTail(larger, n, m) : tiedTail(larger, tieGroups(x, y), n, m, ofCurrent);
    if (tail !== undefined) return { ...result, pValue: Math.min(1, fold * tail), method: "exact" };
  }
  const total = n + m;
  const deviation = Math.sqrt(((n * m) / 12) * (total + 1 - ties / (total * (total - 1))));
  const excess = larger - (n * m) / 2 - (options.continuity === false ? 0 : 0.5);
  if (!(deviation > 0)) return { ...result, pValue: 1, method: "asymptotic", reason: "one-distinct-value" };
  const pValue = Math.min(1, fold * distributions.norm.sf(excess / deviation));
  return { ...result, pValue, method: "asymptotic" };
}

/**
 * P(U ≥ u) without ties: the coefficients of the Gaussian binomial, built factor by factor on their lower half only,
 * where every step adds positive numbers; the other half is its mirror.
 */
function countedTail(u: number, n: number, m: number): number | undefined {
  const few = Math.min(n, m);
  const many = Math.max(n, m);
  if (few * few * many > MOST_CELLS) return undefined;
  let chances = new Float64Array([1]);
  for (let i = 1; i <= few; i++) {
    const last = i * many;
    const next = new Float64Array(last + 1);
    const before = (k: number): number => (k < 0 || k > last - many ? 0 : chances[k]!);
    const share = i / (many + i);
    for (let k = 0; k <= last / 2; k++) {
      next[k] = (k >= i ? next[k - i]! : 0) + share * (before(k) - before(k - many - i));
    }
    for (let k = Math.floor(last / 2) + 1; k <= last; k++) next[k] = next[last - k]!;
    chances = next;
  }
  let tail = 0;
  for (let k = n * m; k >= Math.max(0, u); k--) tail += chances[k]!;
  return Math.min(1, tail);
}

/** P(U ≥ u) with the ties kept: twice the rank sum of the reference (or of the current data) is counted. */
function tiedTail(
  u: number,
  groups: readonly number[],
  n: number,
  m: number,
  ofCurrent: boolean,
): number | undefined {
  const rows = ofCurrent ? m : n;
  const starts: number[] = [];
  groups.reduce((start, size) => {
    starts.push(start);
    return start + size;
  }, 0);
  const part = (group: number, _below: number, here: number): number =>
    here * (2 * starts[group]! + groups[group]! + 1);
  return conditionalTail(groups, rows, part, 2 * u + rows * (rows + 1));
}
