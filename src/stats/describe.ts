import { type Moments, momentsOf } from "./moments.js";
import { quantile } from "./quantile.js";
import type { Reason, Sample } from "./result.js";
import { flaw, type Sorted, sortSample } from "./sample.js";

/** What `describe` says; a number that is undefined is null, and `reasons` says why. */
export interface Description {
  readonly count: number;
  readonly sum: number | null;
  readonly mean: number | null;
  readonly min: number | null;
  readonly max: number | null;
  /** Divided by n − 1. */
  readonly variance: number | null;
  readonly std: number | null;
  /** Divided by n. */
  readonly populationVariance: number | null;
  readonly populationStd: number | null;
  /** m₃ / m₂^1.5, and Fisher's k-statistic form (G₁). */
  readonly skewness: number | null;
  readonly skewnessUnbiased: number | null;
  /** m₄ / m₂² − 3, and Fisher's k-statistic form (G₂). */
  readonly kurtosis: number | null;
  readonly kurtosisUnbiased: number | null;
  readonly median: number | null;
  /** The median of the absolute distances from the median, not rescaled. */
  readonly mad: number | null;
  /** The most frequent value; the smallest of them when several are. */
  readonly mode: number | null;
  readonly modeCount: number;
  readonly distinct: number;
  readonly reasons: Readonly<Partial<Record<keyof Description, Reason>>>;
}

/** The numbers of a description that can be missing. */
type Summary = Omit<Description, "count" | "modeCount" | "distinct" | "reasons">;

/**
 * Summary numbers of a sample, stable at any location and scale: the sum is correctly rounded, the moments are taken
 * in units of a power of two about the median (Chan, Golub and LeVeque 1983; unbiased forms of Joanes and Gill 1998).
 *
 * NaN or an infinity in the sample leaves only `count` defined: they are for the caller to count apart.
 */
export function describe(sample: Sample): Description {
  const sorted = sortSample(sample);
  const { mode, modeCount, distinct } = frequencies(sorted);
  const problem = flaw(sorted, 1, "refused");
  if (problem) {
    const reasons: Partial<Record<keyof Description, Reason>> = {};
    const summary = Object.fromEntries(NAMES.map((name) => [name, null])) as unknown as Summary;
    for (const name of NAMES) reasons[name] = problem;
    return { count: sorted.length, ...summary, modeCount: 0, distinct: 0, reasons };
  }
  const moments = momentsOf(sorted);
  const median = quantile(sorted, 0.5, { sorted: true })!;
  const raw: Record<keyof Summary, number | Reason> = {
    sum: moments.scale.up(moments.sum),
    mean: moments.scale.up(moments.sum / sorted.length),
    min: sorted[0]!,
    max: sorted[sorted.length - 1]!,
    ...spread(moments),
    ...shape(moments),
    median,
    mad: deviation(sorted, median, moments),
    mode,
  };
  const reasons: Partial<Record<keyof Description, Reason>> = {};
  const summary: Record<string, number | null> = {};
  for (const name of NAMES) {
    const value = raw[name];
    const usable = typeof value === "number" && Number.isFinite(value);
    summary[name] = usable ? value : null;
    if (!usable) reasons[name] = typeof value === "string" ? value : "overflow";
  }
  return { count: sorted.length, ...(summary as unknown as Summary), modeCount, distinct, reasons };
}

const NAMES = [
  "sum",
  "mean",
  "min",
  "max",
  "variance",
  "std",
  "populationVariance",
  "populationStd",
  "skewness",
  "skewnessUnbiased",
  "kurtosis",
  "kurtosisUnbiased",
  "median",
  "mad",
  "mode",
] as const satisfies readonly (keyof Summary)[];

function spread({ count, m2, scale }: Moments) {
  const variance = count > 1 ? m2 / (count - 1) : "too-few-values";
  const squared = (v: number | Reason) => (typeof v === "number" ? scale.up(scale.up(v)) : v);
  const rooted = (v: number | Reason) => (typeof v === "number" ? scale.up(Math.sqrt(v)) : v);
  return {
    variance: squared(variance),
    std: rooted(variance),
    populationVariance: squared(m2 / count),
    populationStd: rooted(m2 / count),
  } satisfies Partial<Record<keyof Summary, number | Reason>>;
}

function shape({ count: n, m2, m3, m4 }: Moments) {
  const undefinedShape: Reason | undefined =
    n < 2 ? "too-few-values" : m2 === 0 ? "zero-variance" : undefined;
  const skewness = m3 / n / (m2 / n) ** 1.5;
  const kurtosis = m4 / n / (m2 / n) ** 2 - 3;
  const skewnessUnbiased = (skewness * Math.sqrt(n * (n - 1))) / (n - 2);
  const kurtosisUnbiased = ((n - 1) / ((n - 2) * (n - 3))) * ((n + 1) * kurtosis + 6);
  return {
    skewness: undefinedShape ?? skewness,
    skewnessUnbiased: undefinedShape ?? (n < 3 ? "too-few-values" : skewnessUnbiased),
    kurtosis: undefinedShape ?? kurtosis,
    kurtosisUnbiased: undefinedShape ?? (n < 4 ? "too-few-values" : kurtosisUnbiased),
  } satisfies Partial<Record<keyof Summary, number | Reason>>;
}

function deviation(sorted: Sorted, median: number, { scale }: Moments): number {
  const distances = sorted.map((x) => Math.abs(scale.down(x) - scale.down(median))).sort();
  return scale.up(quantile(distances, 0.5, { sorted: true })!);
}

function frequencies(sorted: Sorted): { mode: number; modeCount: number; distinct: number } {
  let mode = sorted[0] ?? 0;
  let modeCount = 0;
  let distinct = 0;
  for (let i = 0; i < sorted.length; ) {
    let j = i + 1;
    while (j < sorted.length && sorted[j] === sorted[i]) j++;
    distinct++;
    if (j - i > modeCount) {
      modeCount = j - i;
      mode = sorted[i]!;
    }
    i = j;
  }
  return { mode, modeCount, distinct };
}
