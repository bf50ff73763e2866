import { exactSum } from "./exactSum.js";
import { type BinnedResult, type BinningOptions, readProportions } from "./proportions.js";
import type { Sample } from "./result.js";

/**
 * The Hellinger distance √(½ Σ (√p − √q)²), in [0, 1]: the form that does not cancel near 0, where √(1 − Σ √(pq))
 * does. Terms are those of its square. Source: Hellinger (1909).
 */
export function hellinger(reference: Sample, current: Sample, options: BinningOptions = {}): BinnedResult {
  const read = readProportions("hellinger", reference, current, options);
  if (typeof read === "string") return { value: null, reason: read };
  const terms = read.p.map((p, i) => (Math.sqrt(p) - Math.sqrt(read.q[i]!)) ** 2 / 2);
  return { value: Math.sqrt(Math.min(1, exactSum(terms))), terms, ...read.shown };
}
