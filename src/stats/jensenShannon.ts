import { exactSum } from "./exactSum.js";
import { choice } from "./options.js";
import { type BinnedResult, type BinningOptions, readProportions } from "./proportions.js";
import type { Sample } from "./result.js";

/** What `jensenShannonDistance` may be told. */
export interface JensenShannonOptions extends BinningOptions {
  /** `2` (default): the distance is in [0, 1]; `e`: in [0, √ln 2]. */
  readonly base?: "e" | "2";
}

/**
 * The Jensen-Shannon distance √((KL(p‖M) + KL(q‖M)) / 2), M = (p + q) / 2: a metric, in [0, 1] with base 2. `terms`
 * are the parts of its square, the divergence, which is good to about 1e-16: distances below 1e-8 are rounding.
 *
 * Source: Lin (1991); Endres and Schindelin (2003).
 */
export function jensenShannonDistance(
  reference: Sample,
  current: Sample,
  options: JensenShannonOptions = {},
): BinnedResult {
  const unit = "jensenShannonDistance";
  const unitOfLog = choice(unit, "base", options.base, ["e", "2"], "2") === "2" ? Math.LN2 : 1;
  const read = readProportions(unit, reference, current, options);
  if (typeof read === "string") return { value: null, reason: read };
  const terms = read.p.map((p, i) => {
    const q = read.q[i]!;
    const middle = (p + q) / 2;
    return (surprise(p, middle) + surprise(q, middle)) / 2 / unitOfLog;
  });
  const most = unitOfLog === 1 ? Math.LN2 : 1;
  return { value: Math.sqrt(Math.min(most, Math.max(0, exactSum(terms)))), terms, ...read.shown };
}

/** p ln(p / m), 0 for p = 0. */
function surprise(p: number, m: number): number {
  return p === 0 ? 0 : p * Math.log(p / m);
}
