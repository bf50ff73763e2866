import type { ColumnRef } from "../../../columns/columnUse.js";
import type { Literal } from "../../../columns/literal.js";
import type { Predicate } from "../../../predicates/predicate.js";
import { CLASS_KINDS } from "./classes.js";
import { type Reading, readCounts, type Where } from "./reading.js";

/** A column of predictions, and which of them is the positive one. */
export interface Selection<P extends ColumnRef = ColumnRef> {
  readonly prediction: P;
  readonly positive: Literal;
}

/** How many rows are predicted as the positive class, of how many. */
export interface Selected {
  readonly selected: number;
  readonly rows: number;
}

function requests({ prediction, positive }: Selection, { where }: Where) {
  const narrowed = (of: Predicate) => ({ where: where ? { op: "and" as const, of: [where, of] } : of });
  const count = "count" as const;
  return {
    all: { state: count, column: prediction, ...(where ? { where } : {}) },
    nans: { state: count, ...narrowed({ op: "isNaN", column: prediction }) },
    selected: {
      state: count,
      ...narrowed({ op: "in", column: prediction, values: [positive], nan: "false" }),
    },
  };
}

/** Predictions of a class, without labels. */
export const selections: Reading<Selection, ReturnType<typeof requests>, Selected> = {
  columns: ({ prediction }) => [[prediction, CLASS_KINDS]],
  requests,
  read({ all, nans, selected }, _params, nan) {
    const raw = { rows: all.rows, unpredicted: all.nulls, nanLabels: 0, nanPredictions: nans.rows };
    const read = readCounts(raw, nan);
    return { ...read, data: { selected: selected.rows, rows: read.counts.rows } };
  },
};
