import { ConfigError, didYouMean } from "../errors/index.js";
import { type Adjustment, adjustments, distributions } from "../stats/index.js";

/** The statistics that may decide about a column's shape. */
export const DECIDING = ["ks", "wasserstein", "mean", "tvd", "lInfinity", "psi", "js", "hellinger"] as const;
export type Deciding = (typeof DECIDING)[number];

/** What may be set for one column. */
export interface ColumnSettings {
  /** The statistic that decides about the shape: `ks` for numbers and lengths, `tvd` for levels and clocks by default. */
  readonly statistic?: Deciding;
  /** The effect that matters, in that statistic's own unit; derived from `shift` by default. */
  readonly threshold?: number;
}

/** How drift is judged. */
export interface DriftSettings extends ColumnSettings {
  /** The smallest change that matters, in standard deviations; every threshold is what it comes to. Default 0.25. */
  readonly shift?: number;
  /** The level that adjusted p-values are held against; default 0.01. */
  readonly alpha?: number;
  /** How p-values are adjusted for the number of columns; default `"bh"`. */
  readonly correction?: Adjustment;
}

/** Settings with nothing left open. */
export interface Settled {
  readonly shift: number;
  readonly alpha: number;
  readonly correction: Adjustment;
}

/** The confidence of the upper bound of an effect. */
export const CONFIDENCE = 0.95;
/** Proportions below this become this in the index of population stability. */
export const PSI_FLOOR = 1e-4;

function refuse(unit: string, parameter: string, value: unknown, must: string): ConfigError {
  return new ConfigError(
    "config/bad-value",
    `${unit}: ${parameter} is ${JSON.stringify(value)}; it must be ${must}`,
    { unit, parameter, value },
  );
}

/** Checks the settings of a column. Throws ConfigError. */
export function checkColumnSettings(unit: string, { statistic, threshold }: ColumnSettings): void {
  if (statistic !== undefined && !DECIDING.includes(statistic)) {
    const choices = DECIDING.join(", ");
    throw refuse(unit, "statistic", statistic, `one of ${choices}${didYouMean(String(statistic), DECIDING)}`);
  }
  if (threshold === undefined) return;
  if (!(threshold > 0 && Number.isFinite(threshold)))
    throw refuse(unit, "threshold", threshold, "a positive number");
  if (statistic === undefined)
    throw refuse(unit, "threshold", threshold, "given with the statistic it is meant for");
}

/** Fills in the defaults. Throws ConfigError on a setting that can't be meant. */
export function settle(unit: string, settings: DriftSettings): Settled {
  const { shift = 0.25, alpha = 0.01, correction = "bh" } = settings;
  checkColumnSettings(unit, settings);
  if (!(shift > 0 && shift <= 3)) throw refuse(unit, "shift", shift, "above 0 and at most 3");
  if (!(alpha > 0 && alpha < 0.5)) throw refuse(unit, "alpha", alpha, "above 0 and below 0.5");
  if (!adjustments.includes(correction))
    throw refuse(unit, "correction", correction, `one of ${adjustments.join(", ")}`);
  return { shift, alpha, correction };
}

/** The shares of the tenths of a normal column once it has moved by `shift` standard deviations. */
function movedTenths(shift: number): number[] {
  const { norm } = distributions;
  const ranks = Array.from({ length: 11 }, (_, k) =>
    k === 0 ? 0 : k === 10 ? 1 : norm.cdf(norm.ppf(k / 10) - shift),
  );
  return ranks.slice(1).map((rank, k) => rank - ranks[k]!);
}

const sumOver = (shares: readonly number[], term: (q: number) => number): number =>
  shares.reduce((sum, q) => sum + term(q), 0);

/** What a shift of a normal column comes to on each scale: the gap of the CDFs, and divergences over the tenths. */
export function thresholdOf(statistic: Deciding, shift: number): number {
  const p = 0.1;
  const tenths = movedTenths(shift);
  switch (statistic) {
    case "ks":
    case "tvd":
    case "lInfinity":
      return 2 * distributions.norm.cdf(shift / 2) - 1;
    case "wasserstein":
    case "mean":
      return shift;
    case "psi":
      return sumOver(tenths, (q) => (q - p) * Math.log(q / p));
    case "hellinger":
      return Math.sqrt(sumOver(tenths, (q) => (Math.sqrt(q) - Math.sqrt(p)) ** 2) / 2);
    case "js":
      return Math.sqrt(
        sumOver(tenths, (q) => p * Math.log2((2 * p) / (p + q)) + q * Math.log2((2 * q) / (p + q))) / 2,
      );
  }
}
