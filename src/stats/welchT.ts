import { distributions } from "./distributions/index.js";
import { momentsOf } from "./moments.js";
import { choice } from "./options.js";
import type { Alternative, Sample, TestResult } from "./result.js";
import { undecided } from "./result.js";
import { flaw, sortSample } from "./sample.js";
import { scaleOf } from "./scale.js";

/** What `welchT` may be told. */
export interface WelchOptions {
  /** `less`: the reference mean is smaller than the current one. */
  readonly alternative?: Alternative;
  /** Student's test instead, which pools the variances and is wrong when they differ. */
  readonly equalVariances?: boolean;
}

/** A t result, with its (real) degrees of freedom. */
export interface WelchResult extends TestResult {
  readonly dof: number | null;
}

/**
 * Welch's t test of equal means, (mean_r − mean_c) / √(v_r/n + v_c/m) with Satterthwaite's degrees of freedom, on
 * values scaled by a power of two so that no square overflows or vanishes. Effect: Hedges' g of current minus
 * reference, with the pooled deviation and the factor 1 − 3 / (4(n + m) − 9).
 *
 * Two constant samples give p = 1 if equal, else p = 0, with the reason `zero-variance`.
 * Source: Welch (1947), Satterthwaite (1946), Hedges (1981).
 */
export function welchT(reference: Sample, current: Sample, options: WelchOptions = {}): WelchResult {
  const sides = ["two-sided", "less", "greater"] as const;
  const alternative = choice("welchT", "alternative", options.alternative, sides, "two-sided");
  const x = sortSample(reference);
  const y = sortSample(current);
  const n = x.length;
  const m = y.length;
  const problem = flaw(x, 2, "refused") ?? flaw(y, 2, "refused");
  if (problem) return { ...undecided("asymptotic", n, m, "hedgesG", problem), dof: null };

  const scale = scaleOf(x, y);
  const a = momentsOf(x, scale);
  const b = momentsOf(y, scale);
  const difference = a.anchor - b.anchor + (a.offset - b.offset);
  const pooled = (a.m2 + b.m2) / (n + m - 2);
  const base = { method: "asymptotic" as const, n, m };
  if (pooled === 0) {
    const name = "hedgesG";
    const equal = difference === 0;
    const towards = alternative === "less" ? difference < 0 : difference > 0;
    const p = equal ? 1 : alternative === "two-sided" || towards ? 0 : 1;
    const effect = { name, value: equal ? 0 : null };
    return { ...base, statistic: equal ? 0 : null, pValue: p, effect, dof: null, reason: "zero-variance" };
  }
  const vx = a.m2 / (n - 1) / n;
  const vy = b.m2 / (m - 1) / m;
  const statistic = difference / Math.sqrt(options.equalVariances ? pooled * (1 / n + 1 / m) : vx + vy);
  const dof = options.equalVariances
    ? n + m - 2
    : 1 / ((vx / (vx + vy)) ** 2 / (n - 1) + (vy / (vx + vy)) ** 2 / (m - 1));
  const g = (-difference / Math.sqrt(pooled)) * (1 - 3 / (4 * (n + m) - 9));
  const { t } = distributions;
  const pValue =
    alternative === "two-sided"
      ? 2 * t.sf(Math.abs(statistic), dof)
      : alternative === "less"
        ? t.cdf(statistic, dof)
        : t.sf(statistic, dof);
  return { ...base, statistic, pValue, effect: { name: "hedgesG", value: g }, dof };
}
