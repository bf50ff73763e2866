import { exactSum } from "./exactSum.js";
import {
  type BinnedResult,
  type BinningOptions,
  readProportions,
  type SmoothingOptions,
} from "./proportions.js";
import type { Sample } from "./result.js";

/** A population stability index, with the floor that it depends on. */
export interface PsiResult extends BinnedResult {
  readonly floor: number;
}

/**
 * The population stability index Σ (q − p) ln(q / p), in nats: Jeffreys' divergence KL(p‖q) + KL(q‖p), symmetric.
 * Proportions below `floor` (1e-4 unless `smoothing` is used) become the floor on both sides, so that an emptied bin
 * costs no less than a nearly empty one.
 *
 * Arguments are counts over the same levels, or samples with `bins` or `edges`: bins come from the reference only.
 * Source: Jeffreys (1946); Siddiqi (2006) under this name; for its law, Yurdakul (2018).
 */
export function psi(
  reference: Sample,
  current: Sample,
  options: BinningOptions & SmoothingOptions = {},
): PsiResult {
  const floor = options.floor ?? (options.smoothing ? 0 : 1e-4);
  const read = readProportions("psi", reference, current, { ...options, floor });
  if (typeof read === "string") return { value: null, reason: read, floor };
  const terms = read.p.map((p, i) => symmetricTerm(p, read.q[i]!));
  const value = terms.includes(Number.POSITIVE_INFINITY) ? Number.POSITIVE_INFINITY : exactSum(terms);
  if (!Number.isFinite(value)) return { value: null, reason: "infinite", floor, ...read.shown };
  return { value, terms, floor, ...read.shown };
}

function symmetricTerm(p: number, q: number): number {
  if (p === q) return 0;
  if (p === 0 || q === 0) return Number.POSITIVE_INFINITY;
  return (q - p) * Math.log(q / p);
}
