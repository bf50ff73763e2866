import { exactSum } from "./exactSum.js";
import { choice } from "./options.js";
import type { DistanceResult, Reason, Sample } from "./result.js";
import { type Scale, scaleOf } from "./scale.js";
import { sortWeighted, type Weighted, walkSpans, weightedQuantiles } from "./weighted.js";

/** What the distances between samples may be told. */
export interface SampleDistanceOptions {
  /** Weights of the values of the two samples; one each by default. */
  readonly referenceWeights?: Sample;
  readonly currentWeights?: Sample;
  /**
   * A length of the reference to divide by, so that the unit of measure drops out: its standard deviation (divided by
   * n), or its interquartile range over 1.349, which is the same for a normal law and robust. `none` by default.
   */
  readonly normaliseBy?: "none" | "std" | "iqr";
}

/**
 * The first Wasserstein distance ∫ |F − G| dx, in the unit of the values. A constant reference has no length to
 * normalise by: the distance is then 0, or null with the reason `zero-scale`.
 *
 * Source: Vallender (1974), as the area between two step functions; on values scaled by a power of two.
 */
export function wasserstein(
  reference: Sample,
  current: Sample,
  options: SampleDistanceOptions = {},
): DistanceResult {
  return areaBetween("wasserstein", reference, current, options, 1);
}

/**
 * The energy distance √(2 ∫ (F − G)² dx), in the root of the unit of the values (normalised by the root of a length).
 *
 * Source: Székely and Rizzo (2013), in the form of Cramér's distance.
 */
export function energyDistance(
  reference: Sample,
  current: Sample,
  options: SampleDistanceOptions = {},
): DistanceResult {
  return areaBetween("energyDistance", reference, current, options, 2);
}

function areaBetween(
  unit: string,
  reference: Sample,
  current: Sample,
  options: SampleDistanceOptions,
  power: 1 | 2,
): DistanceResult {
  const normaliseBy = choice(unit, "normaliseBy", options.normaliseBy, ["none", "std", "iqr"], "none");
  const x = sortWeighted(unit, "referenceWeights", reference, options.referenceWeights, "refused");
  if (typeof x === "string") return { value: null, reason: x };
  const y = sortWeighted(unit, "currentWeights", current, options.currentWeights, "refused");
  if (typeof y === "string") return { value: null, reason: y };
  const scale = scaleOf(x.values, y.values);
  const spans: number[] = [];
  walkSpans(x, y, (from, to, f, g) => {
    if (f !== g) spans.push(Math.abs(f - g) ** power * (scale.down(to) - scale.down(from)));
  });
  const area = exactSum(spans);
  if (area === 0) return { value: 0 };
  if (normaliseBy !== "none") {
    const length = lengthOf(x, scale, normaliseBy);
    if (length === 0) return { value: null, reason: "zero-scale" };
    return finite(power === 1 ? area / length : Math.sqrt((2 * area) / length));
  }
  return finite(power === 1 ? scale.up(area) : Math.sqrt(2 * area) * scale.root);
}

function finite(value: number): DistanceResult {
  return Number.isFinite(value) ? { value } : { value: null, reason: "overflow" satisfies Reason };
}

/** A length of the reference in scaled units. */
function lengthOf(sample: Weighted, scale: Scale, kind: "std" | "iqr"): number {
  if (kind === "iqr") {
    const [low, high] = weightedQuantiles(sample, [0.25, 0.75]);
    return (scale.down(high!) - scale.down(low!)) / 1.349;
  }
  const weighted = (f: (x: number) => number): number =>
    exactSum(sample.values.map((x, i) => (sample.weights?.[i] ?? 1) * f(scale.down(x)))) / sample.total;
  const anchor = scale.down(sample.values[sample.values.length >> 1]!);
  const offset = weighted((x) => x - anchor);
  return Math.sqrt(weighted((x) => (x - anchor - offset) ** 2));
}
