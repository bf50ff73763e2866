import { countFlaw, demandSameLevels, totalOf } from "./counts.js";
import { distributions } from "./distributions/index.js";
import { choice, demand } from "./options.js";
import type { Alternative, Sample, TestResult } from "./result.js";
import { undecided } from "./result.js";
import { wilson } from "./wilson.js";

/** What `twoProportionZ` may be told. */
export interface TwoProportionOptions {
  /** `less`: the reference proportion is smaller than the current one. */
  readonly alternative?: Alternative;
  /** The level whose proportion is compared; the first by default. */
  readonly successIndex?: number;
  /** The confidence of the interval for the difference; 0.95 by default. */
  readonly confidence?: number;
}

/** A result on two proportions. */
export interface TwoProportionResult extends TestResult {
  /** Newcombe's interval for the difference of proportions, current minus reference. */
  readonly interval: readonly [number, number] | null;
}

/**
 * The pooled z test that a level has one proportion on both sides, given the counts of the levels:
 * (p_r − p_c) / √(p(1 − p)(1/n + 1/m)). Effect: the risk difference, current minus reference.
 *
 * Where every row, or none, is the level the statistic is 0 and p is 1, with the reason `zero-variance`.
 * Source: the square is Pearson's χ² of the 2 × 2 table; the interval is Newcombe's (1998) tenth method.
 */
export function twoProportionZ(
  reference: Sample,
  current: Sample,
  options: TwoProportionOptions = {},
): TwoProportionResult {
  const unit = "twoProportionZ";
  const sides = ["two-sided", "less", "greater"] as const;
  const alternative = choice(unit, "alternative", options.alternative, sides, "two-sided");
  const { successIndex = 0, confidence = 0.95 } = options;
  demandSameLevels(unit, reference, current);
  const known = successIndex in Array.from(reference);
  demand(known || reference.length === 0, unit, "successIndex", successIndex, "a level's index");
  demand(confidence > 0 && confidence < 1, unit, "confidence", confidence, "between 0 and 1");
  const n = totalOf(reference);
  const m = totalOf(current);
  const problem = countFlaw(reference) ?? countFlaw(current);
  if (problem) return { ...undecided("asymptotic", n, m, "riskDifference", problem), interval: null };

  const a = reference[successIndex]!;
  const c = current[successIndex]!;
  const p = a / n;
  const q = c / m;
  const pooled = (a + c) / (n + m);
  const effect = { name: "riskDifference", value: q - p };
  const interval = newcombe(p, n, q, m, distributions.norm.isf((1 - confidence) / 2));
  const base = { method: "asymptotic" as const, n, m, effect, interval };
  const rest = (n - a + (m - c)) / (n + m);
  if (pooled === 0 || rest === 0) return { ...base, statistic: 0, pValue: 1, reason: "zero-variance" };
  const statistic = (p - q) / Math.sqrt(pooled * rest * (1 / n + 1 / m));
  const { norm } = distributions;
  const pValue =
    alternative === "two-sided"
      ? 2 * norm.sf(Math.abs(statistic))
      : alternative === "less"
        ? norm.cdf(statistic)
        : norm.sf(statistic);
  return { ...base, statistic, pValue };
}

function newcombe(p: number, n: number, q: number, m: number, z: number): readonly [number, number] {
  const [lowP, highP] = wilson(p, n, z);
  const [lowQ, highQ] = wilson(q, m, z);
  const difference = q - p;
  return [
    Math.max(-1, difference - Math.hypot(q - lowQ, highP - p)),
    Math.min(1, difference + Math.hypot(highQ - q, p - lowP)),
  ];
}
