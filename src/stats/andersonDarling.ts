import { normalLogTail } from "./distributions/normal.js";
import { exactSum } from "./exactSum.js";
import { type GroupOptions, sortGroups, walkGroups } from "./groups.js";
import { gaps } from "./ksTwoSample.js";
import { momentsOf } from "./moments.js";
import type { OneSampleResult, Reason, Sample, TestResult } from "./result.js";
import { undecided } from "./result.js";
import { flaw, type Sorted, sortSample } from "./sample.js";

/** What `andersonDarlingKSample` may be told. */
export interface AndersonDarlingOptions extends GroupOptions {
  /** The form for ties: midranks (default), or the right-continuous distribution function. */
  readonly midrank?: boolean;
}

/** An Anderson-Darling result, with the table it was judged by. */
export interface AndersonDarlingResult extends TestResult {
  /** The statistic's critical values at `significance`. */
  readonly criticalValues: readonly number[];
  readonly significance: readonly number[];
  /** What is known of the p-value: both ends are `pValue` inside the table, else the table's end and 0 or 1. */
  readonly pValueBounds: readonly [number, number] | null;
}

const SIGNIFICANCE = [0.25, 0.1, 0.05, 0.025, 0.01, 0.005, 0.001];
/** Scholz and Stephens' interpolation coefficients (b0, b1, b2) of the critical values, in the order of SIGNIFICANCE. */
const COEFFICIENTS = [
  [0.675, -0.245, -0.105],
  [1.281, 0.25, -0.305],
  [1.645, 0.678, -0.362],
  [1.96, 1.149, -0.391],
  [2.326, 1.822, -0.396],
  [2.573, 2.364, -0.345],
  [3.085, 3.615, -0.154],
] as const;

/**
 * The k-sample Anderson-Darling test, standardised: (A² − (k − 1)) / σ. Its p-value is interpolated in a table that
 * ends at 0.25 and 0.001: beyond it `pValue` is null with the reason `outside-table`, and `pValueBounds` says what is
 * known. Effect: the largest gap of the distribution functions of reference and current.
 *
 * Source: Scholz and Stephens (1987), "K-sample Anderson-Darling tests".
 */
export function andersonDarlingKSample(
  reference: Sample,
  current: Sample,
  options: AndersonDarlingOptions = {},
): AndersonDarlingResult {
  const n = reference.length;
  const m = current.length;
  const none = (reason: Reason): AndersonDarlingResult => ({
    ...undecided("asymptotic", n, m, "D", reason),
    criticalValues: [],
    significance: SIGNIFICANCE,
    pValueBounds: null,
  });
  const samples = sortGroups(reference, current, options, 1, "kept");
  if (typeof samples === "string") return none(samples);
  const total = samples.reduce((sum, sample) => sum + sample.length, 0);
  if (total < 4) return none("too-few-values");
  const raw = rankStatistic(samples, total, options.midrank ?? true);
  if (raw === undefined) return none("one-distinct-value");
  const degrees = samples.length - 1;
  const statistic = (raw - degrees) / Math.sqrt(variance(samples, total));
  const criticalValues = COEFFICIENTS.map(([b0, b1, b2]) => b0 + b1 / Math.sqrt(degrees) + b2 / degrees);
  const { above, below } = gaps(samples[0]!, samples[1]!);
  const base = {
    statistic,
    method: "asymptotic" as const,
    n,
    m,
    effect: { name: "D", value: Math.max(above.size, below.size) / (n * m) },
    criticalValues,
    significance: SIGNIFICANCE,
  };
  const outside = { ...base, pValue: null, reason: "outside-table" as const };
  if (statistic < criticalValues[0]!) return { ...outside, pValueBounds: [0.25, 1] };
  if (statistic > criticalValues[6]!) return { ...outside, pValueBounds: [0, 0.001] };
  const pValue = Math.exp(parabola(criticalValues, SIGNIFICANCE.map(Math.log), statistic));
  return { ...base, pValue, pValueBounds: [pValue, pValue] };
}

/** A² by the authors' equation 7 (midranks) or 6; undefined where all values are equal. */
function rankStatistic(samples: readonly Sorted[], total: number, midrank: boolean): number | undefined {
  const terms: number[] = [];
  let distinct = 0;
  walkGroups(samples, (here, below) => {
    distinct++;
    const tied = here.reduce((sum, rows) => sum + rows, 0);
    const before = below.reduce((sum, rows) => sum + rows, 0);
    const share = midrank ? 0.5 : 1;
    const b = before + share * tied;
    const spread = b * (total - b) - (midrank ? (total * tied) / 4 : 0);
    if (spread <= 0) return;
    for (const [g, sample] of samples.entries()) {
      const gap = total * (below[g]! + share * here[g]!) - b * sample.length;
      terms.push(((tied / total) * gap * gap) / spread / sample.length);
    }
  });
  if (distinct < 2) return undefined;
  return exactSum(terms) * (midrank ? (total - 1) / total : 1);
}

/** The variance of A² under the null hypothesis, the authors' equation 4. */
function variance(samples: readonly Sorted[], total: number): number {
  const k = samples.length;
  const inverse = samples.reduce((sum, sample) => sum + 1 / sample.length, 0);
  let h = 0;
  let g = 0;
  for (let i = total - 1; i >= 1; i--) {
    // g sums 1 / ((total − i') j) over i' < j: h holds the harmonic tail from i + 1 on.
    if (i < total - 1) g += h / (total - i);
    h += 1 / i;
  }
  const a = (4 * g - 6) * (k - 1) + (10 - 6 * g) * inverse;
  const b = (2 * g - 4) * k * k + 8 * h * k + (2 * g - 14 * h - 4) * inverse - 8 * h + 4 * g - 6;
  const c = (6 * h + 2 * g - 2) * k * k + (4 * h - 4 * g + 6) * k + (2 * h - 6) * inverse + 4 * h;
  const d = (2 * h + 6) * k * k - 4 * h * k;
  return (((a * total + b) * total + c) * total + d) / ((total - 1) * (total - 2) * (total - 3));
}

/** The least-squares parabola through the points, at x: by orthogonal polynomials. */
function parabola(xs: readonly number[], ys: readonly number[], x: number): number {
  const count = xs.length;
  const mean = xs.reduce((sum, v) => sum + v, 0) / count;
  const centred = xs.map((v) => v - mean);
  const s2 = centred.reduce((sum, v) => sum + v * v, 0);
  const skew = centred.reduce((sum, v) => sum + v ** 3, 0) / s2;
  const curve = (v: number): number => v * v - skew * v - s2 / count;
  const dot = (f: (v: number) => number): number => centred.reduce((sum, v, i) => sum + f(v) * ys[i]!, 0);
  const curves = centred.reduce((sum, v) => sum + curve(v) ** 2, 0);
  const at = x - mean;
  return dot(() => 1) / count + (dot((v) => v) / s2) * at + (dot(curve) / curves) * curve(at);
}

/** A test of normality, with Stephens' critical values for this sample size. */
export interface NormalityResult extends OneSampleResult {
  readonly criticalValues: readonly number[];
  readonly significance: readonly number[];
}

/**
 * The Anderson-Darling test that a sample is normal, its mean and standard deviation (n − 1) estimated from it. The
 * p-value is for A² (1 + 0.75/n + 2.25/n²). Effect: A² / n.
 *
 * Source: Stephens (1974), the critical values; D'Agostino and Stephens (1986), table 4.9, the p-value.
 */
export function andersonDarlingNormal(sample: Sample): NormalityResult {
  const sorted = sortSample(sample);
  const n = sorted.length;
  const significance = [0.15, 0.1, 0.05, 0.025, 0.01];
  const shrink = 1 + 4 / n - 25 / (n * n);
  const criticalValues = [0.576, 0.656, 0.787, 0.918, 1.092].map((v) => Math.round((v / shrink) * 1e3) / 1e3);
  const none = (reason: Reason): NormalityResult => ({
    ...undecided("asymptotic", n, 0, "aSquaredPerRow", reason),
    criticalValues: [],
    significance,
  });
  const problem = flaw(sorted, 3, "refused");
  if (problem) return none(problem);
  const { scale, anchor, offset, m2 } = momentsOf(sorted);
  if (m2 === 0) return none("zero-variance");
  const deviation = Math.sqrt(m2 / (n - 1));
  const z = sorted.map((x) => (scale.down(x) - anchor - offset) / deviation);
  const terms = z.map(
    (value, i) => ((2 * i + 1) / n) * (normalLogTail(-value) + normalLogTail(z[n - 1 - i]!)),
  );
  const statistic = -n - exactSum(terms);
  return {
    statistic,
    pValue: normalityTail(statistic * (1 + 0.75 / n + 2.25 / (n * n))),
    method: "asymptotic",
    n,
    effect: { name: "aSquaredPerRow", value: statistic / n },
    criticalValues,
    significance,
  };
}

function normalityTail(a: number): number {
  // The fitted exponents turn upwards far outside their range: they are held at their least value.
  const b = Math.min(a, 153);
  if (b >= 0.6) return Math.exp(1.2937 - 5.709 * b + 0.0186 * b * b);
  if (b > 0.34) return Math.exp(0.9177 - 4.279 * b - 1.38 * b * b);
  if (b > 0.2) return 1 - Math.exp(-8.318 + 42.796 * b - 59.938 * b * b);
  return 1 - Math.exp(-13.436 + 101.14 * b - 223.73 * b * b);
}
