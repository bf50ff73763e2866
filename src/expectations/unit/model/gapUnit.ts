import * as z from "zod";
import { columnLabel } from "../../../columns/address.js";
import type { ColumnRef } from "../../../columns/columnUse.js";
import type { About, Unit } from "../unit.js";
import { columnRefSchema } from "../wire.js";
import { columnsWith, sliceScores } from "./modelUnit.js";
import type { Reading, Requests } from "./reading.js";
import { type ScoredSlice, scoredUnit } from "./scoredUnit.js";
import { thresholdShape } from "./threshold.js";
import type { Score } from "./verdict.js";

/** What a gap between slices is held against. */
export interface GapThreshold<B extends ColumnRef = ColumnRef> {
  /** A column of at most 1,000 values: the groups that are compared. */
  readonly by: B;
  /** The largest gap. */
  readonly atMost: number;
  /** Scored rows below which a group is left out, and the outcome is no pass; default 1. */
  readonly minRows?: number;
  /** What it means when nobody can tell of some group; default `"warn"`. */
  readonly inconclusive?: "pass" | "warn" | "fail";
}

const { minRows, inconclusive } = thresholdShape;

/** The stored form of what a gap is held against. */
export const gapShape = { by: columnRefSchema, atMost: z.number().min(0).max(1), minRows, inconclusive };

/** What the author of a gap between groups writes. */
export interface GapUnitParts<
  Shape extends z.ZodRawShape,
  R extends Requests,
  D,
  P = z.output<z.ZodObject<Shape>>,
> {
  readonly type: string;
  readonly params: z.ZodObject<Shape>;
  readonly reading: Reading<P, R, D>;
  /** The rate whose gap it is, as the claim says it. */
  called(params: P): string;
  /** The rate of a group. */
  score(data: D, params: P): Score;
  readonly about: About;
}

interface Bounds {
  readonly by: ColumnRef;
  readonly minRows?: number | undefined;
}

const MOST_SHOWN = 20;

/** The groups whose rate is known from enough rows, by falling rate. */
function rated(
  slices: readonly ScoredSlice[],
  least: number,
): { slice: ScoredSlice["slice"]; value: number; rows: number }[] {
  const known = slices.flatMap(({ slice, score, counts }) =>
    "value" in score && counts.rows >= least ? [{ slice, value: score.value, rows: counts.rows }] : [],
  );
  return known.sort((a, b) => b.value - a.value);
}

/** An expectation about how far a rate lies apart between groups of rows: the highest less the lowest. */
export function gapUnit<Shape extends z.ZodRawShape, R extends Requests, D>(
  parts: GapUnitParts<Shape, R, D>,
): Unit<z.output<z.ZodObject<Shape>>> {
  type P = z.output<z.ZodObject<Shape>>;
  const { type, params, reading, about } = parts;
  const bounds = (stored: P) => stored as unknown as Bounds;
  return scoredUnit<Shape>({
    type,
    params,
    better: "lower",
    about,
    columns: (stored) => columnsWith(reading.columns(stored), bounds(stored).by),
    subject: (stored) => `gap of ${parts.called(stored)} between groups of ${columnLabel(bounds(stored).by)}`,
    requests(stored, where) {
      const { by } = bounds(stored);
      return Object.values(reading.requests(stored, where)).map((request) => ({ ...request, by }));
    },
    score(findings, stored, where) {
      const { by, minRows: least = 1 } = bounds(stored);
      const slices = sliceScores(parts, by, findings, stored, where);
      const groups = rated(slices, least);
      const left = slices.length - groups.length;
      const sum = (of: (one: ScoredSlice) => number): number =>
        slices.reduce((total, one) => total + of(one), 0);
      const hasLabels = slices.some(({ counts }) => counts.unlabelled !== undefined);
      const isSpoilt = groups.some(({ value }) => Number.isNaN(value));
      const apart = isSpoilt ? Number.NaN : (groups[0]?.value ?? 0) - (groups.at(-1)?.value ?? 0);
      const shown =
        groups.length > MOST_SHOWN
          ? [...groups.slice(0, MOST_SHOWN / 2), ...groups.slice(-MOST_SHOWN / 2)]
          : groups;
      return {
        counts: {
          rows: sum(({ counts }) => counts.rows),
          ...(hasLabels ? { unlabelled: sum(({ counts }) => counts.unlabelled ?? 0) } : {}),
          unpredicted: sum(({ counts }) => counts.unpredicted),
          nan: sum(({ counts }) => counts.nan),
        },
        score: groups.length === 0 ? { none: "no group has enough rows" } : { value: apart },
        slices: [],
        told: { groups: shown, groupsTotal: slices.length, groupsLeftOut: left },
        undecided: left > 0 ? `${left} of ${slices.length} groups have too few rows` : undefined,
      };
    },
  });
}
