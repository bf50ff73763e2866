import * as z from "zod";
import type { GxKwargs } from "./greatExpectations.js";
import { literalSchema } from "./wire.js";

/** Shares of rows that are expected, by value; they add up to 1. */
export interface ValueShares {
  readonly values: readonly (number | string | boolean)[];
  readonly weights: readonly number[];
}

/**
 * Shares of rows that are expected, by interval: one weight for each pair of edges, the last interval closed on both
 * sides. The outer edges may be infinite; else `tailWeights` may say what lies below and above. All add up to 1.
 */
export interface BinShares {
  readonly bins: readonly (number | "-Infinity" | "Infinity")[];
  readonly weights: readonly number[];
  readonly tailWeights?: readonly [number, number];
}

const weight = z.number().min(0);
const edge = z.union([z.number(), z.enum(["-Infinity", "Infinity"])]);

/** The stored form of expected shares by value. */
export const valueSharesShape = z.strictObject({
  values: z.array(literalSchema).min(1).max(10_000),
  weights: z.array(weight).min(1),
});

/** The stored form of expected shares by interval. */
export const binSharesShape = z.strictObject({
  bins: z.array(edge).min(2).max(10_001),
  weights: z.array(weight).min(1),
  tailWeights: z.tuple([weight, weight]).optional(),
});

type Shares = z.output<typeof valueSharesShape> | z.output<typeof binSharesShape>;

// Weights are written with few digits, and rounding them must not make them wrong.
const NEAR = 1e-5;

/** What is wrong with expected shares, or undefined. */
export function sharesProblem(shares: Shares): string | undefined {
  const tails = "tailWeights" in shares ? (shares.tailWeights ?? []) : [];
  const total = [...shares.weights, ...tails].reduce((a, b) => a + b, 0);
  if (Math.abs(total - 1) > NEAR) return `weights add up to ${total}, not to 1`;
  if ("values" in shares) {
    if (shares.values.length !== shares.weights.length) return "needs one weight for each value";
    return new Set(shares.values).size < shares.values.length ? "names a value twice" : undefined;
  }
  const edges = shares.bins.map(Number);
  if (edges.length !== shares.weights.length + 1)
    return "needs one weight for each interval between two bins";
  if (edges.some((at, i) => i > 0 && !(at > edges[i - 1]!))) return "bins are not in ascending order";
  const isOpen = !Number.isFinite(edges[0]) || !Number.isFinite(edges.at(-1));
  return isOpen && tails.length > 0 ? "takes infinite bins or tailWeights, not both" : undefined;
}

/** GX's partition object as expected shares; what isn't one is left to the check. */
export function gxShares(kwargs: GxKwargs): { readonly [name: string]: never } {
  const { tail_weights: tailWeights, ...rest } = (kwargs.partition_object ?? {}) as Record<string, never>;
  return { ...rest, ...(tailWeights === undefined ? {} : { tailWeights }) };
}

type Bins = z.output<typeof binSharesShape>;

/**
 * The expected weights of the intervals with what lies below the first in front and what lies above the last behind,
 * after holdouts have taken their share: the internal one is spread over intervals where nothing is expected, the tail
 * one over the ends that aren't infinite themselves.
 */
export function expectedBins(
  { bins, weights, tailWeights }: Bins,
  tailHoldout: number,
  internalHoldout: number,
): number[] {
  const scaled = weights.map((one) => one * (1 - tailHoldout - internalHoldout));
  const empty = scaled.filter((one) => one === 0).length;
  const inner = scaled.map((one) => (one === 0 && empty > 0 ? internalHoldout / empty : one));
  if (tailWeights) return [tailWeights[0], ...inner, tailWeights[1]];
  const opensLow = !Number.isFinite(Number(bins[0]));
  const opensHigh = !Number.isFinite(Number(bins.at(-1)));
  const half = opensLow || opensHigh ? tailHoldout : tailHoldout / 2;
  return [...(opensLow ? [] : [half]), ...inner, ...(opensHigh ? [] : [half])];
}

/** The edges that values lie below and above. */
export const finiteEdges = ({ bins }: Bins): number[] => bins.map(Number).filter(Number.isFinite);
