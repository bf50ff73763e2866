import { distributions } from "./distributions/index.js";
import { choice } from "./options.js";
import type { Alternative, Sample, TestResult } from "./result.js";
import { undecided } from "./result.js";
import { flaw, type Sorted, sortSample, walkPooled } from "./sample.js";

/** What `ksTwoSample` may be told. */
export interface KsOptions {
  /**
   * `greater`: F_reference > F_current somewhere, that is the current values are larger; `less`: the opposite
   * (scipy's words for this test).
   */
  readonly alternative?: Alternative;
  /** `auto` is exact up to 10 000 rows a side, as in scipy; `exact` beyond 4e8 lattice points falls back and says so. */
  readonly method?: "auto" | "exact" | "asymptotic";
}

/** A two-sample KS result, with the place of the largest gap. */
export interface KsResult extends TestResult {
  /** A value at which the gap is largest: the first reference value with it, else the first current one. */
  readonly location: number | null;
  /** 1 where F_reference is above F_current there, −1 where it is below. */
  readonly sign: 1 | -1 | null;
}

const MOST_LATTICE_POINTS = 4e8;

/**
 * The two-sample Kolmogorov-Smirnov test: D = max |F − G| after all ties at a value, found as an integer numerator
 * and divided last. Infinities are ordinary extreme values.
 *
 * Exact p-value: the probability that a random lattice path reaches the boundary, by the recursion
 * out(x, y) = (x out(x − 1, y) + y out(x, y − 1)) / (x + y), whose terms are all positive (after Hodges 1958, "The
 * significance probability of the Smirnov two-sample test"). Asymptotic: the one-sample law at n_e = nm / (n + m),
 * two-sided; Hodges' equation 5.3, one-sided. With ties every p-value here is conservative.
 */
export function ksTwoSample(reference: Sample, current: Sample, options: KsOptions = {}): KsResult {
  const unit = "ksTwoSample";
  const alternative = choice(
    unit,
    "alternative",
    options.alternative,
    ["two-sided", "less", "greater"],
    "two-sided",
  );
  const asked = choice(unit, "method", options.method, ["auto", "exact", "asymptotic"], "auto");
  const x = sortSample(reference);
  const y = sortSample(current);
  const n = x.length;
  const m = y.length;
  const exact =
    asked === "exact" ? n * m <= MOST_LATTICE_POINTS : asked === "auto" && Math.max(n, m) <= 10_000;
  const method = exact ? "exact" : "asymptotic";
  const problem = flaw(x, 1, "kept") ?? flaw(y, 1, "kept");
  if (problem) return { ...undecided(method, n, m, "D", problem), location: null, sign: null };

  const { above, below } = gaps(x, y);
  const side =
    alternative === "less" || (alternative === "two-sided" && below.size > above.size) ? below : above;
  const statistic = side.size / (n * m);
  const pValue = exact
    ? pathProbability(n, m, side.size, alternative === "two-sided")
    : asymptotic(statistic, n, m, alternative === "two-sided");
  return {
    statistic,
    pValue,
    method,
    n,
    m,
    effect: { name: "D", value: statistic },
    location: side.location,
    sign: side === above ? 1 : -1,
    ...(pValue === null ? { reason: "too-few-values" as const } : {}),
  };
}

/** A largest gap as an integer over nm, and where it is. */
interface Gap {
  readonly size: number;
  readonly location: number;
}

/** The largest gaps of F over G and of G over F. */
export function gaps(x: Sorted, y: Sorted): { above: Gap; below: Gap } {
  const n = x.length;
  const m = y.length;
  const above = { size: 0, location: x[0]!, gap: Number.NEGATIVE_INFINITY, shared: false };
  const below = { size: 0, location: x[0]!, gap: Number.NEGATIVE_INFINITY, shared: false };
  walkPooled(x, y, (value, here, there, before, thereBefore) => {
    const size = (before + here) * m - (thereBefore + there) * n;
    // Sizes are integers; only the place is chosen by the quotients, so that equal gaps are told apart as scipy does.
    const gap = (before + here) / n - (thereBefore + there) / m;
    for (const [side, sign] of [[above, 1] as const, [below, -1] as const]) {
      side.size = Math.max(side.size, sign * size);
      if (sign * gap > side.gap || (sign * gap === side.gap && here > 0 && !side.shared)) {
        side.gap = sign * gap;
        side.location = value;
        side.shared = here > 0;
      }
    }
  });
  return { above, below };
}

function asymptotic(d: number, n: number, m: number, twoSided: boolean): number | null {
  const effective = (n * m) / (n + m);
  if (twoSided) {
    const rows = roundHalfEven(effective);
    return rows === 0 ? null : distributions.kstwo.sf(d, rows);
  }
  const more = Math.max(n, m);
  const fewer = Math.min(n, m);
  const z = Math.sqrt(effective) * d;
  const correction = (2 * z * (more + 2 * fewer)) / (3 * Math.sqrt(n * m * (n + m)));
  return Math.min(1, Math.exp(-2 * z * z - correction));
}

function roundHalfEven(x: number): number {
  const down = Math.floor(x);
  if (x - down !== 0.5) return Math.round(x);
  return down % 2 === 0 ? down : down + 1;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/**
 * The share of the lattice paths from (0, 0) to (n, m) on which x·m − y·n reaches `size` (in absolute value when
 * two-sided). Only the band inside the boundary is walked; outside it the probability is 1.
 */
export function pathProbability(n: number, m: number, size: number, twoSided: boolean): number {
  if (size === 0) return 1;
  const divisor = greatestCommonDivisor(n, m);
  const stepX = m / divisor;
  const stepY = n / divisor;
  const limit = size / divisor;
  const out = new Float64Array(m + 1).fill(1);
  for (let x = 0; x <= n; x++) {
    const first = Math.max(0, Math.floor((x * stepX - limit) / stepY) + 1);
    const last = twoSided ? Math.min(m, Math.ceil((x * stepX + limit) / stepY) - 1) : m;
    let left = 1;
    for (let y = first; y <= last; y++) {
      left = x + y === 0 ? 0 : (x * out[y]! + y * left) / (x + y);
      out[y] = left;
    }
  }
  return Math.min(1, out[m]!);
}
