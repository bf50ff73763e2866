import type { z } from "zod";
import { columnLabel } from "../../../columns/address.js";
import type { ColumnRef } from "../../../columns/columnUse.js";
import { shownStored } from "../../../columns/shown.js";
import type { Kind } from "../../../columns/typeName.js";
import { ConfigError } from "../../../errors/index.js";
import type { PairKey } from "../../../metrics/pairKey.js";
import { MOST_SLICES } from "../../../metrics/sliced.js";
import type { Json } from "../../../metrics/state.js";
import { requireColumn } from "../../../predicates/bind.js";
import type { About, Findings, Stored, Unit } from "../unit.js";
import { type Reading, type Requests, type StatesOf, slicesOf, statesOf, type Where } from "./reading.js";
import { type ScoredRows, type ScoredSlice, scoredUnit } from "./scoredUnit.js";
import type { Better, Score } from "./verdict.js";

/** The kinds of column that rows can be sliced by. */
export const SLICE_KINDS = ["number", "string", "bool", "temporal"] as const;
export type SliceKind = (typeof SLICE_KINDS)[number];

/** What the author of a score of labels and predictions writes. */
export interface ModelUnitParts<
  Shape extends z.ZodRawShape,
  R extends Requests,
  D,
  P = z.output<z.ZodObject<Shape>>,
> {
  readonly type: string;
  readonly params: z.ZodObject<Shape>;
  readonly refine?: (params: P) => string | undefined;
  readonly reading: Reading<P, R, D>;
  /** The score's name as the claim says it. */
  called(params: P): string;
  readonly better: Better;
  /** The score of some rows, of which there is one at least. */
  score(data: D, params: P): Score;
  readonly about: About;
}

/** A slice's value as results show it. */
function shownSlice(key: PairKey, by: ColumnRef, { schema }: Findings): Json {
  return key === null || typeof key === "string" ? key : shownStored(requireColumn(schema, by).type, key);
}

/** The rows of a reading, scored. */
export function scoreOf<P, R extends Requests, D>(
  { reading, score }: { readonly reading: Reading<P, R, D>; score(data: D, params: P): Score },
  states: StatesOf<R>,
  stored: Stored<P>,
): ScoredRows {
  const { counts, data, spoilt } = reading.read(states, stored, stored.nan);
  if (spoilt) return { counts, score: { value: Number.NaN } };
  if (counts.rows === 0) return { counts, score: { none: "no row to score" } };
  return { counts, score: score(data, stored) };
}

/** The slices of a reading, scored. Throws ConfigError when there are too many. */
export function sliceScores<P, R extends Requests, D>(
  parts: { readonly reading: Reading<P, R, D>; score(data: D, params: P): Score },
  by: ColumnRef,
  findings: Findings,
  stored: Stored<P>,
  where: Where,
): ScoredSlice[] {
  const slices = slicesOf(parts.reading.requests(stored, where), by, findings);
  if (slices) {
    return slices.map(({ key, states }) => ({
      slice: shownSlice(key, by, findings),
      ...scoreOf(parts, states, stored),
    }));
  }
  throw new ConfigError(
    "config/bad-value",
    `by: ${JSON.stringify(columnLabel(by))} has more than ${MOST_SLICES.toLocaleString("en-US")} values: its slices are too many to judge`,
    { parameter: "by", value: by },
  );
}

/** The columns of a reading and the one that slices it, with the kinds each may be of. */
export function columnsWith(
  columns: readonly (readonly [ColumnRef, readonly Kind[]])[],
  by: ColumnRef | undefined,
): readonly (readonly [ColumnRef, readonly Kind[]])[] {
  if (by === undefined || columns.some(([column]) => columnLabel(column) === columnLabel(by))) return columns;
  return [...columns, [by, SLICE_KINDS]];
}

/** An expectation about a score of labels and predictions, of all rows and of each slice. */
export function modelUnit<Shape extends z.ZodRawShape, R extends Requests, D>(
  parts: ModelUnitParts<Shape, R, D>,
): Unit<z.output<z.ZodObject<Shape>>> {
  type P = z.output<z.ZodObject<Shape>>;
  const { type, params, refine, reading, better, about } = parts;
  const byOf = (stored: P) => (stored as { readonly by?: ColumnRef }).by;
  return scoredUnit<Shape>({
    type,
    params,
    refine,
    better,
    about,
    columns: (stored) => columnsWith(reading.columns(stored), byOf(stored)),
    subject(stored) {
      const [truth, said] = reading.columns(stored).map(([column]) => columnLabel(column));
      return `${parts.called(stored)} of ${said} against ${truth}`;
    },
    requests(stored, where) {
      const by = byOf(stored);
      const requests = Object.values(reading.requests(stored, where));
      return by === undefined ? requests : [...requests, ...requests.map((request) => ({ ...request, by }))];
    },
    score(findings, stored, where) {
      const by = byOf(stored);
      const whole = scoreOf(parts, statesOf(reading.requests(stored, where), findings), stored);
      return { ...whole, slices: by === undefined ? [] : sliceScores(parts, by, findings, stored, where) };
    },
  });
}
