import { countFlaw, demandSameLevels, totalOf } from "./counts.js";
import { distributions } from "./distributions/index.js";
import { exactSum } from "./exactSum.js";
import { choice, demand } from "./options.js";
import type { Reason, Sample, TestResult } from "./result.js";
import { undecided } from "./result.js";

/** The named members of Cressie and Read's family, with their powers. */
export const powers = {
  pearson: 1,
  "log-likelihood": 0,
  "freeman-tukey": -1 / 2,
  "mod-log-likelihood": -1,
  neyman: -2,
  "cressie-read": 2 / 3,
} as const;

/** The name of a member of Cressie and Read's family. */
export type PowerName = keyof typeof powers;

/** The power that a name or a number stands for; anything else is a ConfigError. */
export function powerOf(unit: string, lambda: PowerName | number | undefined): number {
  if (typeof lambda === "number") {
    demand(Number.isFinite(lambda), unit, "lambda", lambda, "a finite number, or a name");
    return lambda;
  }
  return powers[choice(unit, "lambda", lambda, Object.keys(powers) as PowerName[], "pearson")];
}

/**
 * Cressie and Read's statistic 2 / (λ (λ + 1)) Σ O ((O / E)^λ − 1), its limits at λ = 0 and −1 (0 ln 0 = 0); a
 * reason where a level makes it infinite.
 *
 * Source: Cressie and Read (1984), "Multinomial goodness-of-fit tests".
 */
export function powerStatistic(
  observed: readonly number[],
  expected: readonly number[],
  power: number,
): number | Reason {
  const terms: number[] = [];
  for (let i = 0; i < observed.length; i++) {
    const o = observed[i]!;
    const e = expected[i]!;
    if (e === 0) return "impossible-level";
    if (o === 0 && power <= -1) return "infinite";
    terms.push(powerTerm(o, e, power));
  }
  const factor = power === 1 ? 1 : power === 0 || power === -1 ? 2 : 2 / (power * (power + 1));
  const statistic = factor * exactSum(terms);
  return Number.isFinite(statistic) ? Math.max(0, statistic) : "overflow";
}

function powerTerm(o: number, e: number, power: number): number {
  if (power === 1) return ((o - e) * (o - e)) / e;
  if (power === -1) return e * Math.log(e / o);
  if (o === 0) return 0;
  return power === 0 ? o * Math.log(o / e) : o * ((o / e) ** power - 1);
}

/** What `powerDivergence` may be told. */
export interface PowerDivergenceOptions {
  /** A name or a power λ; `pearson` by default. */
  readonly lambda?: PowerName | number;
  /** Parameters of the reference that were fitted to the current data: they come off the degrees of freedom. */
  readonly ddof?: number;
  /** Levels that are expected nowhere and observed nowhere: left out (default), or a reason to refuse. */
  readonly emptyLevels?: "drop" | "refuse";
}

/** A goodness-of-fit result, with its degrees of freedom. */
export interface GoodnessOfFitResult extends TestResult {
  readonly dof: number;
  readonly expected: readonly number[];
}

/**
 * Goodness of fit of current counts to expected counts that are a constant, by any member of the power-divergence
 * family; `reference` null expects equal counts. Totals that differ by more than 1e-8 are refused. Effect: Cohen's w.
 *
 * Two samples are `chiSquareHomogeneity`'s business: taking one of them for a constant rejects far too often.
 */
export function powerDivergence(
  reference: Sample | null,
  current: Sample,
  options: PowerDivergenceOptions = {},
): GoodnessOfFitResult {
  return goodnessOfFit("powerDivergence", reference, current, options, false);
}

/**
 * Pearson's goodness of fit of current counts to the proportions of a constant reference, Σ (O − E)² / E with E the
 * reference scaled to the current total. A level that the reference says is impossible, and occurs, is reported as
 * such, not as an infinite statistic.
 *
 * Source: Pearson (1900). For two samples use `chiSquareHomogeneity`.
 */
export function chiSquareGoodnessOfFit(
  reference: Sample,
  current: Sample,
  options: Omit<PowerDivergenceOptions, "lambda"> = {},
): GoodnessOfFitResult {
  return goodnessOfFit("chiSquareGoodnessOfFit", reference, current, options, true);
}

function goodnessOfFit(
  unit: string,
  reference: Sample | null,
  current: Sample,
  options: PowerDivergenceOptions,
  rescale: boolean,
): GoodnessOfFitResult {
  const power = powerOf(unit, options.lambda);
  const ddof = options.ddof ?? 0;
  demand(Number.isInteger(ddof) && ddof >= 0, unit, "ddof", ddof, "a whole number from 0");
  const emptyLevels = choice(unit, "emptyLevels", options.emptyLevels, ["drop", "refuse"], "drop");
  if (reference) demandSameLevels(unit, reference, current);
  const occurs = (i: number): boolean => !reference || reference[i]! + current[i]! > 0;
  const levels = Array.from(current, (_, i) => i).filter((i) => emptyLevels === "refuse" || occurs(i));
  const observed = levels.map((i) => current[i]!);
  const m = totalOf(current);
  const n = reference ? totalOf(reference) : m;
  const dof = observed.length - 1 - ddof;
  const problem = (reference && countFlaw(reference)) ?? countFlaw(current);
  const none = (reason: Reason): GoodnessOfFitResult => ({
    ...undecided("asymptotic", n, m, "cohensW", reason),
    dof: Math.max(0, dof),
    expected: [],
  });
  if (problem) return none(problem);
  const uniform = observed.map(() => m / observed.length);
  const expected = reference
    ? levels.map((i) => (rescale ? (reference[i]! * m) / n : reference[i]!))
    : uniform;
  if (!rescale && Math.abs(n - m) > 1e-8 * Math.min(n, m)) return none("unequal-totals");
  if (!levels.every(occurs)) return { ...none("empty-level"), expected };
  const statistic = powerStatistic(observed, expected, power);
  if (typeof statistic === "string") return { ...none(statistic), expected };
  const effect = { name: "cohensW", value: Math.sqrt(statistic / m) };
  const base = { statistic, method: "asymptotic" as const, n, m, effect, dof: Math.max(0, dof), expected };
  if (dof <= 0) return { ...base, pValue: null, reason: "one-level" };
  return { ...base, pValue: distributions.chi2.sf(statistic, dof) };
}
