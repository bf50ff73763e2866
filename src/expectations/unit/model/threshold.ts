import * as z from "zod";
import { columnLabel } from "../../../columns/address.js";
import type { ColumnRef } from "../../../columns/columnUse.js";
import { columnRefSchema } from "../wire.js";

/** Bounds of a score, inclusive. */
export interface ScoreBounds {
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** How much worse than a baseline's a score may be. */
export interface NotWorseThan {
  /** The name the baseline is given under at run time. */
  readonly baseline: string;
  /** By how much, in the score's own unit; default 0. */
  readonly by?: number;
  /** Or by which share of the baseline's score: 0.1 is 10 %. */
  readonly relative?: number;
}

/** Bounds of one slice, in place of those of all. */
export interface SliceBounds extends ScoreBounds {
  readonly minRows?: number;
}

/** What a score is held against. */
export interface Threshold<B extends ColumnRef = ColumnRef> extends ScoreBounds {
  /** The score of a baseline that `profile(source, { measures })` made. */
  readonly notWorseThan?: NotWorseThan;
  /** Scored rows below which nobody can tell; default 1. */
  readonly minRows?: number;
  /** What it means when nobody can tell; default `"warn"`. */
  readonly inconclusive?: "pass" | "warn" | "fail";
  /** A column of at most 1,000 values: each slice of the rows is held against the bounds too. */
  readonly by?: B;
  /** Bounds of single slices, by value; a slice that isn't there is inconclusive. */
  readonly slices?: Readonly<Record<string, SliceBounds>>;
}

/** What a score takes besides whose bounds are known. */
export interface ConfidenceOption {
  /**
   * Judges by confidence bounds, each of them one-sided: met when the bound on the bad side meets the threshold, broken when
   * the other one doesn't either, else inconclusive. Without it the score itself is judged.
   */
  readonly confidence?: number;
}

/** The stored form of bounds of a score. */
export const boundsShape = { atLeast: z.number().optional(), atMost: z.number().optional() };
const minRows = z.int().positive().optional();

/** The stored form of a threshold. */
export const thresholdShape = {
  ...boundsShape,
  notWorseThan: z
    .strictObject({
      baseline: z.string().min(1),
      by: z.number().min(0).optional(),
      relative: z.number().min(0).optional(),
    })
    .optional(),
  minRows,
  inconclusive: z.enum(["pass", "warn", "fail"]).optional(),
  by: columnRefSchema.optional(),
  slices: z.record(z.string(), z.strictObject({ ...boundsShape, minRows })).optional(),
};

/** The stored form of a confidence. */
export const confidenceShape = { confidence: z.number().gt(0.5).lt(1).optional() };

/** A threshold as it is stored. */
export type StoredThreshold = z.output<z.ZodObject<typeof thresholdShape>> & {
  readonly confidence?: number | undefined;
};

type StoredBounds = { readonly atLeast?: number | undefined; readonly atMost?: number | undefined };

/** What is wrong with bounds: that nothing lies between them. */
export function boundsProblem({ atLeast, atMost }: StoredBounds): string | undefined {
  const isEmpty = atLeast !== undefined && atMost !== undefined && atLeast > atMost;
  return isEmpty ? `atLeast ${atLeast} is above atMost ${atMost}` : undefined;
}

/** What is wrong with a threshold: that it bounds nothing, or says two things. */
export function thresholdProblem(params: StoredThreshold): string | undefined {
  const { atLeast, atMost, notWorseThan, by, slices } = params;
  if (atLeast === undefined && atMost === undefined && notWorseThan === undefined)
    return "needs atLeast, atMost or notWorseThan";
  if (notWorseThan?.by !== undefined && notWorseThan.relative !== undefined)
    return "notWorseThan: takes by or relative, not both";
  if (slices !== undefined && by === undefined)
    return "takes slices only with by, the column they are values of";
  for (const [slice, bounds] of Object.entries(slices ?? {})) {
    const problem = boundsProblem({ atLeast, atMost, ...bounds });
    if (problem !== undefined) return `slices: ${JSON.stringify(slice)}: ${problem}`;
  }
  return boundsProblem(params);
}

/** `at least 0.9 and not worse than in baseline v1 by more than 0.02`. */
function boundsText({ atLeast, atMost, notWorseThan }: StoredThreshold): string {
  const reach =
    notWorseThan?.relative === undefined
      ? notWorseThan?.by
      : `${Number((notWorseThan.relative * 100).toPrecision(6))} %`;
  const parts = [
    atLeast === undefined ? "" : `at least ${atLeast}`,
    atMost === undefined ? "" : `at most ${atMost}`,
    notWorseThan === undefined
      ? ""
      : `not worse than in baseline ${notWorseThan.baseline}${reach ? ` by more than ${reach}` : ""}`,
  ];
  return parts.filter((part) => part !== "").join(" and ");
}

const SAID = 5;

/** What a threshold says of a score: `is at least 0.9, in each slice of country too (FR: at least 0.85)`. */
export function thresholdText(params: StoredThreshold): string {
  const { by, confidence, slices = {} } = params;
  const own = Object.entries(slices).map(([slice, bounds]) => {
    const rows = bounds.minRows === undefined ? "" : `from ${bounds.minRows} rows on`;
    return `${slice}: ${[boundsText(bounds as StoredThreshold), rows].filter((part) => part !== "").join(" ")}`;
  });
  const more = own.length > SAID ? `; ${own.length - SAID} more` : "";
  const apart = own.length === 0 ? "" : ` (${own.slice(0, SAID).join("; ")}${more})`;
  const sure = confidence === undefined ? "" : `, with a confidence of ${confidence}`;
  return `is ${boundsText(params)}${sure}${by === undefined ? "" : `, in each slice of ${columnLabel(by)} too${apart}`}`;
}
