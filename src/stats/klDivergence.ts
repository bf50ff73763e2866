import { exactSum } from "./exactSum.js";
import { choice } from "./options.js";
import {
  type BinnedResult,
  type BinningOptions,
  readProportions,
  type SmoothingOptions,
} from "./proportions.js";
import type { Sample } from "./result.js";

/** What `klDivergence` may be told. */
export interface KlOptions extends BinningOptions, SmoothingOptions {
  /** KL(reference‖current), the default, or KL(current‖reference), which Great Expectations means. */
  readonly direction?: "reference-current" | "current-reference";
  /** `e` for nats (default), `2` for bits. */
  readonly base?: "e" | "2";
}

/**
 * The Kullback-Leibler divergence Σ a ln(a / b), with 0 ln 0 = 0. Where b is 0 and a is not it is infinite: value
 * null, reason `infinite`, unless a floor or smoothing is given.
 *
 * Without them it is summed as Σ a ln(a / b) + b − a, whose terms can't cancel. Source: Kullback and Leibler (1951).
 */
export function klDivergence(reference: Sample, current: Sample, options: KlOptions = {}): BinnedResult {
  const unit = "klDivergence";
  const directions = ["reference-current", "current-reference"] as const;
  const direction = choice(unit, "direction", options.direction, directions, "reference-current");
  const unitOfLog = choice(unit, "base", options.base, ["e", "2"], "e") === "2" ? Math.LN2 : 1;
  const read = readProportions(unit, reference, current, options);
  if (typeof read === "string") return { value: null, reason: read };
  const [a, b] = direction === "reference-current" ? [read.p, read.q] : [read.q, read.p];
  if (a.some((share, i) => share > 0 && b[i] === 0))
    return { value: null, reason: "infinite", ...read.shown };
  const terms = a.map((share, i) => (share === 0 ? 0 : share * Math.log(share / b[i]!)) / unitOfLog);
  const gains = a.map((share, i) => (b[i]! - share) / unitOfLog);
  // Floored proportions need not sum to one, and the correction holds only when they do.
  const summed = options.floor ? terms : terms.map((term, i) => Math.max(0, term + gains[i]!));
  return { value: Math.max(0, exactSum(summed)), terms, ...read.shown };
}
