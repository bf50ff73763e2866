import { conditionalTail } from "./conditionalLaw.js";
import { cramerVonMisesLimitTail, cramerVonMisesTail } from "./cramerVonMisesLaw.js";
import { exactSum } from "./exactSum.js";
import { cdfOf, type LawSpec } from "./lawSpec.js";
import { choice } from "./options.js";
import type { OneSampleResult, Sample, TestResult } from "./result.js";
import { undecided } from "./result.js";
import { flaw, sortSample, tieGroups, walkPooled } from "./sample.js";

/** What `cramerVonMisesTwoSample` may be told. */
export interface CramerVonMisesOptions {
  /** `auto`: exact up to 20 rows a side. `exact` keeps the ties as they are; where it would take too long it falls back. */
  readonly method?: "auto" | "exact" | "asymptotic";
}

/**
 * The two-sample Cramér-von Mises test, T = U / (nm(n + m)) − (4nm − 1) / (6(n + m)) with midranks for ties. Effect:
 * the mean of (F − G)² over the pooled rows.
 *
 * Source: Anderson (1962), the limit law after standardising by his mean and variance; exact: Xiao, Gordon and
 * Yakovlev (2006), conditionally on the ties, so that the p-value can't be 0.
 */
export function cramerVonMisesTwoSample(
  reference: Sample,
  current: Sample,
  options: CramerVonMisesOptions = {},
): TestResult {
  const asked = choice(
    "cramerVonMisesTwoSample",
    "method",
    options.method,
    ["auto", "exact", "asymptotic"],
    "auto",
  );
  const x = sortSample(reference);
  const y = sortSample(current);
  const n = x.length;
  const m = y.length;
  const problem = flaw(x, 2, "kept") ?? flaw(y, 2, "kept");
  if (problem) return undecided("asymptotic", n, m, "meanSquaredGap", problem);

  const total = n + m;
  const parts: number[] = [];
  const gaps: number[] = [];
  walkPooled(x, y, (_value, here, there, below, thereBelow) => {
    parts.push(rankPart(n, m, below, here, thereBelow, there));
    gaps.push((here + there) * ((below + here) / n - (thereBelow + there) / m) ** 2);
  });
  const u = exactSum(parts) / 12;
  const statistic = u / (n * m * total) - (4 * n * m - 1) / (6 * total);
  const effect = { name: "meanSquaredGap", value: exactSum(gaps) / total };
  if (asked === "exact" || (asked === "auto" && Math.max(n, m) <= 20)) {
    const groups = tieGroups(x, y);
    const starts = groups.map((_, i) => groups.slice(0, i).reduce((sum, size) => sum + size, 0));
    const part = (group: number, below: number, here: number): number =>
      rankPart(n, m, below, here, starts[group]! - below, groups[group]! - here);
    const pValue = conditionalTail(groups, n, part, exactSum(parts));
    if (pValue !== undefined) return { statistic, pValue, method: "exact", n, m, effect };
  }
  return { statistic, pValue: limitTail(statistic, n, m), method: "asymptotic", n, m, effect };
}

/** Twelve times what one group of ties adds to U = n Σ (rᵢ − i)² + m Σ (sⱼ − j)²: an integer. */
function rankPart(
  n: number,
  m: number,
  below: number,
  here: number,
  thereBelow: number,
  there: number,
): number {
  const middle = below + thereBelow + (here + there + 1) / 2;
  return n * squares(middle - below, here) + m * squares(middle - thereBelow, there);
}

/** Twelve times the sum of (c − i)² for i from 1 to k, with 2c an integer. */
function squares(c: number, k: number): number {
  const d = 2 * c - (k + 1);
  return k * (3 * d * d + k * k - 1);
}

/** The limit law at T standardised by Anderson's equations 11 and 14. */
function limitTail(t: number, n: number, m: number): number {
  const total = n + m;
  const mean = (1 + 1 / total) / 6;
  const variance =
    ((total + 1) * (4 * n * m * total - 3 * (n * n + m * m) - 2 * n * m)) / (45 * total * total * 4 * n * m);
  return cramerVonMisesLimitTail(1 / 6 + (t - mean) / Math.sqrt(45 * variance));
}

/**
 * The one-sample Cramér-von Mises test against a law that is given, not fitted:
 * 1/12n + Σ ((2i − 1)/2n − F(xᵢ))². Effect: the statistic over n. An asymptotic p-value with a correction in 1/n.
 *
 * Source: Csörgő and Faraway (1996).
 */
export function cramerVonMisesOneSample(sample: Sample, law: LawSpec): OneSampleResult {
  const cdf = cdfOf("cramerVonMisesOneSample", law);
  const sorted = sortSample(sample);
  const n = sorted.length;
  const problem = flaw(sorted, 2, "kept");
  const name = "meanSquaredGap";
  if (problem) {
    const effect = { name, value: null };
    return { statistic: null, pValue: null, method: "asymptotic", n, effect, reason: problem };
  }
  const squaredGaps = sorted.map((x, i) => ((2 * i + 1) / (2 * n) - cdf(x)) ** 2);
  const statistic = 1 / (12 * n) + exactSum(squaredGaps);
  return {
    statistic,
    pValue: cramerVonMisesTail(statistic, n),
    method: "asymptotic",
    n,
    effect: { name, value: statistic / n },
  };
}
