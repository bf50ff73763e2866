import { ConfigError } from "../errors/index.js";
import { countFlaw, demandSameLevels, totalOf } from "./counts.js";
import { choice, demand } from "./options.js";
import type { DistanceResult, Reason, Sample } from "./result.js";
import { sortWeighted, type Weighted, weightedQuantiles } from "./weighted.js";

/**
 * How a divergence reads its two arguments: as counts (or proportions) over the same levels by default, or as two
 * samples of numbers to be binned when `bins` or `edges` is given.
 */
export interface BinningOptions {
  /** Bins of equal share in the reference: the inner edges are its distinct k/bins quantiles, the outer bins are open. */
  readonly bins?: number;
  /** Inner edges of one's own, increasing; the outer bins are open. */
  readonly edges?: readonly number[];
  /** Which side of a bin is closed: `right` is (a, b], the default; `left` is [a, b). */
  readonly side?: "right" | "left";
  /** Weights of the values of the two samples. */
  readonly referenceWeights?: Sample;
  readonly currentWeights?: Sample;
  /** Missing rows of the reference and of the current data: a further bin, proportions being over all rows. */
  readonly nullCounts?: readonly [number, number];
}

/** What is done about empty bins. */
export interface SmoothingOptions {
  /** A proportion below this becomes this, on both sides. */
  readonly floor?: number;
  /** Added to every count: (c + a) / (n + aB). */
  readonly smoothing?: number;
  /** Whether floored proportions are divided by their sum; not by default. */
  readonly renormalise?: boolean;
}

/** A divergence over bins, with what it was computed from. */
export interface BinnedResult extends DistanceResult {
  /** Inner edges, where samples were binned. */
  readonly edges?: readonly number[];
  readonly referenceCounts?: readonly number[];
  readonly currentCounts?: readonly number[];
  /** The proportions as they entered the formula. */
  readonly referenceProportions?: readonly number[];
  readonly currentProportions?: readonly number[];
}

/** Two vectors of proportions over the same bins. */
export interface Proportions {
  readonly p: readonly number[];
  readonly q: readonly number[];
  /** All but the value and the terms of a result. */
  readonly shown: Omit<BinnedResult, "value" | "terms" | "reason">;
}

/** Reads the arguments of a divergence, or says why they can't be used. */
export function readProportions(
  unit: string,
  reference: Sample,
  current: Sample,
  options: BinningOptions & SmoothingOptions,
): Proportions | Reason {
  const binned = readCounts(unit, reference, current, options);
  if (typeof binned === "string") return binned;
  const [p, q] = [binned.reference, binned.current].map((counts) => smooth(unit, counts, options));
  const shown = {
    ...(binned.edges ? { edges: binned.edges } : {}),
    referenceCounts: binned.reference,
    currentCounts: binned.current,
    referenceProportions: p!,
    currentProportions: q!,
  };
  return { p: p!, q: q!, shown };
}

interface Counts {
  readonly reference: number[];
  readonly current: number[];
  readonly edges?: number[];
}

function readCounts(
  unit: string,
  reference: Sample,
  current: Sample,
  options: BinningOptions,
): Counts | Reason {
  const { bins, edges, side, referenceWeights, currentWeights, nullCounts } = options;
  const closed = choice(unit, "side", side, ["right", "left"], "right");
  const sampled = bins !== undefined || edges !== undefined;
  if (bins !== undefined && edges !== undefined) conflict(unit, "edges", "bins says how to find them");
  if (!sampled && (side || referenceWeights || currentWeights)) {
    conflict(unit, side ? "side" : "weights", "counts are not binned; give bins or edges");
  }
  let counts: Counts;
  if (sampled) {
    const x = sortWeighted(unit, "referenceWeights", reference, referenceWeights, "kept");
    if (typeof x === "string") return x;
    const y = sortWeighted(unit, "currentWeights", current, currentWeights, "kept");
    if (typeof y === "string") return y;
    const inner = edges ? checkedEdges(unit, edges) : quantileEdges(unit, x, bins!);
    counts = { reference: fill(x, inner, closed), current: fill(y, inner, closed), edges: inner };
  } else {
    demandSameLevels(unit, reference, current);
    counts = { reference: Array.from(reference), current: Array.from(current) };
  }
  if (nullCounts) {
    counts.reference.push(nullCounts[0]);
    counts.current.push(nullCounts[1]);
  }
  return countFlaw(counts.reference) ?? countFlaw(counts.current) ?? counts;
}

function conflict(unit: string, parameter: string, why: string): never {
  throw new ConfigError("config/unsupported-option", `${unit}: ${parameter} can't be used here: ${why}`, {
    unit,
    parameter,
  });
}

function checkedEdges(unit: string, edges: readonly number[]): number[] {
  const increasing = edges.every((edge, i) => i === 0 || edges[i - 1]! < edge);
  demand(increasing && edges.every(Number.isFinite), unit, "edges", edges, "finite and strictly increasing");
  return [...edges];
}

function quantileEdges(unit: string, reference: Weighted, bins: number): number[] {
  demand(Number.isInteger(bins) && bins >= 2, unit, "bins", bins, "a whole number from 2");
  const shares = Array.from({ length: bins - 1 }, (_, k) => (k + 1) / bins);
  return [...new Set(weightedQuantiles(reference, shares))].filter(Number.isFinite);
}

function fill(sample: Weighted, edges: readonly number[], closed: "right" | "left"): number[] {
  const counts = new Array<number>(edges.length + 1).fill(0);
  let bin = 0;
  for (let i = 0; i < sample.values.length; i++) {
    const x = sample.values[i]!;
    while (bin < edges.length && (closed === "right" ? edges[bin]! < x : edges[bin]! <= x)) bin++;
    counts[bin]! += sample.weights?.[i] ?? 1;
  }
  return counts;
}

function smooth(unit: string, counts: readonly number[], options: SmoothingOptions): number[] {
  const { floor = 0, smoothing = 0, renormalise = false } = options;
  demand(floor >= 0 && floor < 1, unit, "floor", floor, "in [0, 1)");
  demand(
    smoothing >= 0 && Number.isFinite(smoothing),
    unit,
    "smoothing",
    smoothing,
    "a finite number from 0",
  );
  const total = totalOf(counts) + smoothing * counts.length;
  const floored = counts.map((count) => Math.max(floor, (count + smoothing) / total));
  if (!renormalise) return floored;
  const sum = totalOf(floored);
  return floored.map((share) => share / sum);
}
