import { countFlaw, totalOf } from "./counts.js";
import { hypergeometricDensity } from "./distributions/discrete.js";
import { distributions } from "./distributions/index.js";
import { choice, demand } from "./options.js";
import type { Alternative, Sample, TestResult } from "./result.js";
import { undecided } from "./result.js";

/**
 * Fisher's exact test of a 2 × 2 table whose rows are the reference and current counts of two levels. The statistic
 * is the sample odds ratio (null with the reason `infinite` where it is); `greater` means that it exceeds 1. The
 * two-sided p-value sums the tables that are no likelier than the one seen. Effect: the risk difference of the first
 * level, current minus reference.
 *
 * Source: Fisher (1935). Counts that are not whole are refused with a ConfigError.
 */
export function fisherExact(
  reference: Sample,
  current: Sample,
  options: { readonly alternative?: Alternative } = {},
): TestResult {
  const unit = "fisherExact";
  const sides = ["two-sided", "less", "greater"] as const;
  const alternative = choice(unit, "alternative", options.alternative, sides, "two-sided");
  for (const [parameter, counts] of [["reference", reference] as const, ["current", current] as const]) {
    demand(counts.length === 2, unit, parameter, `${counts.length} long`, "the counts of two levels");
    const whole = Array.from(counts).every((count) => !Number.isFinite(count) || Number.isInteger(count));
    demand(whole, unit, parameter, Array.from(counts), "whole numbers");
  }
  const n = totalOf(reference);
  const m = totalOf(current);
  const problem = countFlaw(reference) ?? countFlaw(current);
  if (problem) return undecided("exact", n, m, "riskDifference", problem);

  const [a, b] = [reference[0]!, reference[1]!];
  const [c, d] = [current[0]!, current[1]!];
  const effect = { name: "riskDifference", value: c / m - a / n };
  const base = { method: "exact" as const, n, m, effect };
  const marked = a + c;
  if (marked === 0 || b + d === 0) return { ...base, statistic: null, pValue: 1, reason: "one-level" };
  const { hypergeom } = distributions;
  const pValue =
    alternative === "greater"
      ? hypergeom.sf(a - 1, n + m, marked, n)
      : alternative === "less"
        ? hypergeom.cdf(a, n + m, marked, n)
        : bothTails(a, n + m, marked, n);
  const odds = (a / b) * (d / c);
  if (b * c === 0) return { ...base, statistic: null, pValue, reason: "infinite" };
  return { ...base, statistic: odds, pValue };
}

/** The total density of the tables no likelier than k, up to rounding. */
function bothTails(k: number, rows: number, marked: number, draws: number): number {
  const { hypergeom } = distributions;
  const density = (j: number): number => hypergeometricDensity(j, rows, marked, draws);
  const limit = density(k) * (1 + 1e-7);
  const first = Math.max(0, draws - (rows - marked));
  const last = Math.min(marked, draws);
  const mode = Math.min(last, Math.max(first, Math.floor(((draws + 1) * (marked + 1)) / (rows + 2))));
  if (density(mode) <= limit) return 1;
  // On each side of the mode the density falls: bisect for the outermost table that is still too likely.
  const edge = (from: number, to: number): number => {
    let likely = from;
    let rare = to;
    while (Math.abs(rare - likely) > 1) {
      const middle = Math.trunc((likely + rare) / 2);
      if (density(middle) > limit) likely = middle;
      else rare = middle;
    }
    return likely;
  };
  const low = edge(mode, first - 1);
  const high = edge(mode, last + 1);
  return Math.min(1, hypergeom.cdf(low - 1, rows, marked, draws) + hypergeom.sf(high, rows, marked, draws));
}
