import type { ColumnRef } from "../../../columns/columnUse.js";
import type { Literal } from "../../../columns/literal.js";
import type { ValuesState } from "../../../metrics/values.js";
import type { Predicate } from "../../../predicates/predicate.js";
import { scaleOf } from "../momentReadouts.js";
import { CLASS_KINDS } from "./classes.js";
import { type Reading, readCounts, type Where } from "./reading.js";

/** A column of labels, and one of scores that are the higher the surer the positive class is. */
export interface LabelAndScore<L extends ColumnRef = ColumnRef, S extends ColumnRef = ColumnRef> {
  readonly label: L;
  readonly score: S;
}

/** Which label is the positive class; all others are negative. */
export interface PositiveOption {
  readonly positive: number | string | boolean;
}

/** The scores of positive and of negative rows, each in ascending order. */
export interface Scores {
  readonly positives: Float64Array;
  readonly negatives: Float64Array;
}

function all(...of: readonly (Predicate | undefined)[]): { readonly where: Predicate } {
  const parts = of.filter((part) => part !== undefined);
  return { where: parts.length === 1 ? parts[0]! : { op: "and", of: parts } };
}

function not(of: Predicate): Predicate {
  return { op: "not", of };
}

function requests(
  { label, score, positive }: LabelAndScore & { readonly positive: Literal },
  { where }: Where,
) {
  const isPositive: Predicate = { op: "in", column: label, values: [positive], nan: "false" };
  const holdsNaN = (column: ColumnRef): Predicate => ({ op: "isNaN", column });
  const isLabelled = [where, not({ op: "isNull", column: label }), not(holdsNaN(label))];
  const count = "count" as const;
  const values = { state: "values" as const, column: score };
  return {
    labels: { state: count, column: label, ...(where ? { where } : {}) },
    nanLabels: { state: count, ...all(where, holdsNaN(label)) },
    scores: { state: count, column: score, ...all(...isLabelled) },
    nanScores: { state: count, ...all(...isLabelled, holdsNaN(score)) },
    positives: { ...values, ...all(where, isPositive) },
    negatives: { ...values, ...all(...isLabelled, not(isPositive)) },
  };
}

function inUnits(state: ValuesState): Float64Array {
  const scale = scaleOf(state.address.type);
  return scale === 0 ? state.sorted() : state.sorted().map((value) => value / 10 ** scale);
}

/** Labels of two classes and scores: all scores are kept, 8 bytes each. */
export const scores: Reading<
  LabelAndScore & { readonly positive: Literal },
  ReturnType<typeof requests>,
  Scores
> = {
  columns: ({ label, score }) => [
    [label, CLASS_KINDS],
    [score, ["number"]],
  ],
  requests,
  read(states, _params, nan) {
    const { labels, nanLabels, scores: scored, nanScores, positives, negatives } = states;
    const raw = {
      rows: labels.rows,
      unlabelled: labels.nulls,
      unpredicted: scored.nulls,
      nanLabels: nanLabels.rows,
      nanPredictions: nanScores.rows,
    };
    return {
      ...readCounts(raw, nan),
      data: { positives: inUnits(positives), negatives: inUnits(negatives) },
    };
  },
};
