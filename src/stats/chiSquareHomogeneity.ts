import { countFlaw, demandSameLevels, totalOf } from "./counts.js";
import { distributions } from "./distributions/index.js";
import { choice } from "./options.js";
import { type PowerName, powerOf, powerStatistic } from "./powerDivergence.js";
import type { Reason, Sample, TestResult } from "./result.js";
import { undecided } from "./result.js";

/** What `chiSquareHomogeneity` may be told. */
export interface HomogeneityOptions {
  /** `pearson` (default), `log-likelihood` for the G-test, or another member of the power-divergence family. */
  readonly lambda?: PowerName | number;
  /** Yates' continuity correction, for two levels only; off by default. */
  readonly yates?: boolean;
  /** Levels that occur on neither side: left out (default), or a reason to refuse. */
  readonly emptyLevels?: "drop" | "refuse";
}

/** A contingency-table result. */
export interface HomogeneityResult extends TestResult {
  readonly dof: number;
  /** Expected counts of the levels that occur: of the reference, then of the current data. */
  readonly expected: readonly [readonly number[], readonly number[]];
  /** Whether the chi-square law is doubtful: an expected count below 1, or more than a fifth of them below 5. */
  readonly sparse: boolean;
}

/**
 * The chi-square test that two vectors of counts over the same levels come from one law: the 2 × k contingency table,
 * E = row total × column total / grand total, k − 1 degrees of freedom. Effect: Cramér's V = √(χ² / N). One level
 * only is a table that can't differ: statistic 0, p-value 1.
 *
 * Source: Pearson (1900); Cochran (1954) for `sparse`.
 */
export function chiSquareHomogeneity(
  reference: Sample,
  current: Sample,
  options: HomogeneityOptions = {},
): HomogeneityResult {
  const unit = "chiSquareHomogeneity";
  const power = powerOf(unit, options.lambda);
  const emptyLevels = choice(unit, "emptyLevels", options.emptyLevels, ["drop", "refuse"], "drop");
  demandSameLevels(unit, reference, current);
  const n = totalOf(reference);
  const m = totalOf(current);
  const none = (reason: Reason): HomogeneityResult => ({
    ...undecided("asymptotic", n, m, "cramersV", reason),
    dof: 0,
    expected: [[], []],
    sparse: true,
  });
  const problem = countFlaw(reference) ?? countFlaw(current);
  if (problem) return none(problem);
  const levels = Array.from(reference, (_, i) => i).filter((i) => reference[i]! + current[i]! > 0);
  if (emptyLevels === "refuse" && levels.length < reference.length) return none("empty-level");

  const total = n + m;
  const columns = levels.map((i) => reference[i]! + current[i]!);
  const expected = [n, m].map((row) => columns.map((column) => (row * column) / total));
  const observed = [levels.map((i) => reference[i]!), levels.map((i) => current[i]!)];
  const dof = levels.length - 1;
  const cells = expected.flat();
  const counted = dof === 1 && options.yates ? towards(observed.flat(), cells) : observed.flat();
  const statistic = dof === 0 ? 0 : powerStatistic(counted, cells, power);
  if (typeof statistic === "string") return { ...none(statistic), dof };
  const rare = cells.filter((e) => e < 5).length;
  return {
    statistic,
    pValue: dof === 0 ? 1 : distributions.chi2.sf(statistic, dof),
    method: "asymptotic",
    n,
    m,
    effect: { name: "cramersV", value: Math.min(1, Math.sqrt(statistic / total)) },
    dof,
    expected: [expected[0]!, expected[1]!],
    sparse: cells.some((e) => e < 1) || rare > cells.length / 5,
  };
}

/** Yates (1934): each count moved by up to a half towards what is expected. */
function towards(observed: readonly number[], expected: readonly number[]): number[] {
  return observed.map((o, i) => {
    const gap = expected[i]! - o;
    return o + Math.sign(gap) * Math.min(0.5, Math.abs(gap));
  });
}
