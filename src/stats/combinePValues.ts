import { demandProbability } from "./adjustPValues.js";
import { distributions } from "./distributions/index.js";
import { exactSum } from "./exactSum.js";
import { choice, demand } from "./options.js";
import type { Reason } from "./result.js";

/** The rules that `combinePValues` knows. */
export const combinations = [
  "fisher",
  "stouffer",
  "pearson",
  "tippett",
  "mudholkar_george",
  "simes",
] as const;

/** One of `combinations`. */
export type Combination = (typeof combinations)[number];

/** One p-value for several, and the statistic it comes from. */
export interface CombinedResult {
  readonly statistic: number | null;
  readonly pValue: number | null;
  readonly reason?: Reason;
}

/** What `combinePValues` may be told. */
export interface CombineOptions {
  readonly method?: Combination;
  /** Positive weights, for `stouffer` only. */
  readonly weights?: readonly number[];
}

/**
 * One p-value for several tests of one hypothesis. All but `simes` (Simes 1986, safe under positive dependence) want
 * independent tests: `fisher` −2 Σ ln p (Fisher 1932), `stouffer` Σ w z / √Σ w² (1949), `pearson` −2 Σ ln(1 − p)
 * (1933), `tippett` min p (1931), `mudholkar_george` Σ ln((1 − p) / p) (1979). Nulls do not count.
 */
export function combinePValues(
  pValues: readonly (number | null)[],
  options: CombineOptions = {},
): CombinedResult {
  const unit = "combinePValues";
  const method = choice(unit, "method", options.method, combinations, "fisher");
  const { weights } = options;
  for (const p of pValues) demandProbability(unit, p);
  demand(!weights || method === "stouffer", unit, "weights", weights, "absent unless method is stouffer");
  const usable = weights?.length === pValues.length && weights.every((w) => w > 0 && Number.isFinite(w));
  demand(!weights || usable, unit, "weights", weights, "one positive number for each p-value");
  const kept = pValues.flatMap((p, i) => (p === null ? [] : [{ p, weight: weights?.[i] ?? 1 }]));
  if (kept.length === 0) return { statistic: null, pValue: null, reason: "empty" };
  const { statistic, pValue } = RULES[method](kept);
  if (Number.isNaN(statistic)) return { statistic: null, pValue: null, reason: "infinite" };
  return Number.isFinite(statistic) ? { statistic, pValue } : { statistic: null, pValue, reason: "infinite" };
}

/** A p-value and its weight. */
type Part = { readonly p: number; readonly weight: number };
type Rule = (parts: readonly Part[]) => { statistic: number; pValue: number };

const total = (parts: readonly Part[], f: (p: number) => number): number =>
  parts.reduce((sum, { p }) => sum + f(p), 0);

const RULES: Record<Combination, Rule> = {
  fisher: (parts) => {
    const statistic = -2 * total(parts, Math.log);
    return { statistic, pValue: distributions.chi2.sf(statistic, 2 * parts.length) };
  },
  pearson: (parts) => {
    // scipy's sign: the statistic is 2 Σ ln(1 − p), which is negative.
    const statistic = 2 * total(parts, (p) => Math.log1p(-p));
    return { statistic, pValue: distributions.chi2.cdf(-statistic, 2 * parts.length) };
  },
  stouffer: (parts) => {
    const weighted = parts.reduce((sum, { p, weight }) => sum + weight * distributions.norm.isf(p), 0);
    const statistic = weighted / Math.sqrt(exactSum(parts.map(({ weight }) => weight * weight)));
    return { statistic, pValue: Number.isNaN(statistic) ? Number.NaN : distributions.norm.sf(statistic) };
  },
  tippett: (parts) => {
    const statistic = parts.reduce((least, { p }) => Math.min(least, p), 1);
    return { statistic, pValue: -Math.expm1(parts.length * Math.log1p(-statistic)) };
  },
  mudholkar_george: (parts) => {
    const count = parts.length;
    const statistic = total(parts, (p) => Math.log1p(-p) - Math.log(p));
    const degrees = 5 * count + 4;
    const t = (statistic / Math.PI) * Math.sqrt((3 / count) * (degrees / (5 * count + 2)));
    return { statistic, pValue: Number.isNaN(t) ? Number.NaN : distributions.t.sf(t, degrees) };
  },
  simes: (parts) => {
    const sorted = parts.map(({ p }) => p).sort((a, b) => a - b);
    const statistic = sorted.reduce((least, p, i) => Math.min(least, (p * parts.length) / (i + 1)), 1);
    return { statistic, pValue: statistic };
  },
};
