import { distributions } from "./distributions/index.js";
import { cdfOf, type LawSpec } from "./lawSpec.js";
import { choice } from "./options.js";
import type { Alternative, OneSampleResult, Sample } from "./result.js";
import { flaw, sortSample } from "./sample.js";

/** What `ksOneSample` may be told. */
export interface KsOneSampleOptions {
  /** `greater`: the sample's distribution function is above the law's somewhere (its values are smaller). */
  readonly alternative?: Alternative;
  /** `exact` (default): the law of D for n values; `approximate`: twice the one-sided law; `asymptotic`: its limit. */
  readonly method?: "exact" | "approximate" | "asymptotic";
}

/** A one-sample KS result, with the place of the largest gap. */
export interface KsOneSampleResult extends OneSampleResult {
  readonly location: number | null;
  /** 1 where the sample's distribution function is above the law's, −1 where it is below. */
  readonly sign: 1 | -1 | null;
}

/**
 * The one-sample Kolmogorov-Smirnov test against a continuous law that is given, not fitted: D+ = max(i/n − F(xᵢ)),
 * D− = max(F(xᵢ) − (i − 1)/n). One-sided p-values are exact whatever the method. With parameters estimated from the
 * same sample the p-value is far too large (Lilliefors 1967).
 *
 * Source: Kolmogorov (1933); the laws are `distributions.kstwo`, `ksone` and `kstwobign`.
 */
export function ksOneSample(
  sample: Sample,
  law: LawSpec,
  options: KsOneSampleOptions = {},
): KsOneSampleResult {
  const unit = "ksOneSample";
  const sides = ["two-sided", "less", "greater"] as const;
  const alternative = choice(unit, "alternative", options.alternative, sides, "two-sided");
  const methods = ["exact", "approximate", "asymptotic"] as const;
  const asked = choice(unit, "method", options.method, methods, "exact");
  const method = alternative === "two-sided" ? asked : "exact";
  const cdf = cdfOf(unit, law);
  const sorted = sortSample(sample);
  const n = sorted.length;
  const problem = flaw(sorted, 1, "kept");
  if (problem) {
    const effect = { name: "D", value: null };
    return { statistic: null, pValue: null, method, n, effect, reason: problem, location: null, sign: null };
  }
  const above = { size: Number.NEGATIVE_INFINITY, location: 0 };
  const below = { size: Number.NEGATIVE_INFINITY, location: 0 };
  sorted.forEach((x, i) => {
    const f = cdf(x);
    if ((i + 1) / n - f > above.size) Object.assign(above, { size: (i + 1) / n - f, location: x });
    if (f - i / n > below.size) Object.assign(below, { size: f - i / n, location: x });
  });
  const upward = alternative === "greater" || (alternative === "two-sided" && above.size > below.size);
  const side = upward ? above : below;
  const statistic = side.size;
  return {
    statistic,
    pValue: alternative === "two-sided" ? tail(statistic, n, method) : distributions.ksone.sf(statistic, n),
    method,
    n,
    effect: { name: "D", value: statistic },
    location: side.location,
    sign: upward ? 1 : -1,
  };
}

function tail(d: number, n: number, method: "exact" | "approximate" | "asymptotic"): number {
  if (method === "exact") return distributions.kstwo.sf(d, n);
  if (method === "approximate") return Math.min(1, 2 * distributions.ksone.sf(d, n));
  return distributions.kstwobign.sf(d * Math.sqrt(n));
}
