import type { ColumnRef } from "../../../columns/columnUse.js";
import type { Kind } from "../../../columns/typeName.js";
import { compareKeys, type PairKey } from "../../../metrics/pairKey.js";
import type { SlicedState } from "../../../metrics/sliced.js";
import type { MetricRequest, States } from "../../../plan/request.js";
import type { Predicate } from "../../../predicates/predicate.js";
import type { StoredOptions } from "../options.js";
import type { Findings } from "../unit.js";

/** The condition of an expectation, to be put into each state it asks for. */
export interface Where {
  readonly where?: Predicate;
}

/** The states a reading needs, by names of its own. */
export type Requests = Readonly<Record<string, MetricRequest>>;
export type StatesOf<R extends Requests> = { readonly [K in keyof R]: States[R[K]["state"]] };

/** What became of the rows: rows = scored + unlabelled + unpredicted + NaN. */
export interface RowCounts {
  /** Rows that are scored. */
  readonly rows: number;
  /** Rows without a label; absent where no label is read. */
  readonly unlabelled?: number;
  /** Rows with a label and without a prediction (or score). */
  readonly unpredicted: number;
  /** Rows left out for holding NaN. */
  readonly nan: number;
}

/** What is read of the columns of some rows; `spoilt` when a NaN among them makes every score NaN. */
export interface Read<D> {
  readonly counts: RowCounts;
  readonly data: D;
  readonly spoilt: boolean;
}

/** How columns of labels and predictions are read: once for all scores that are made from them. */
export interface Reading<P, R extends Requests, D> {
  /** The columns it reads, and the kinds each may be of. */
  columns(params: P): readonly (readonly [column: ColumnRef, kinds: readonly Kind[]])[];
  requests(params: P, where: Where): R;
  /** Reads the states. Throws ConfigError where columns or parameters don't fit each other. */
  read(states: StatesOf<R>, params: P, nan: StoredOptions["nan"]): Read<D>;
}

/** Rows as they were counted, before `nan` says what NaN is. */
export interface RawCounts {
  readonly rows: number;
  readonly unlabelled?: number;
  readonly unpredicted: number;
  readonly nanLabels: number;
  readonly nanPredictions: number;
}

/** What `nan` makes of rows that hold NaN: they spoil the score, are left out, or lack a label or a prediction. */
export function readCounts(
  raw: RawCounts,
  nan: StoredOptions["nan"],
): Pick<Read<never>, "counts" | "spoilt"> {
  const { rows, unlabelled, unpredicted, nanLabels, nanPredictions } = raw;
  const nans = nanLabels + nanPredictions;
  const isNull = nan === "null";
  const labels = unlabelled === undefined ? {} : { unlabelled: unlabelled + (isNull ? nanLabels : 0) };
  return {
    counts: {
      rows: rows - (unlabelled ?? 0) - unpredicted - nans,
      ...labels,
      unpredicted: unpredicted + (isNull ? nanPredictions : 0),
      nan: isNull ? 0 : nans,
    },
    spoilt: nans > 0 && (nan ?? "fail") === "fail",
  };
}

/** The states behind some requests. */
export function statesOf<R extends Requests>(requests: R, findings: Findings): StatesOf<R> {
  const entries = Object.entries(requests).map(([name, request]) => [name, findings.metric(request)]);
  return Object.fromEntries(entries) as StatesOf<R>;
}

/** The states of each slice, in the order of the slices' values; undefined when there are too many slices. */
export function slicesOf<R extends Requests>(
  requests: R,
  by: ColumnRef,
  findings: Findings,
): { readonly key: PairKey; readonly states: StatesOf<R> }[] | undefined {
  const sliced = Object.entries(requests).map(
    ([name, request]) =>
      [name, findings.metric({ ...request, by })] as [string, SlicedState<States[keyof States]>],
  );
  if (sliced.some(([, state]) => state.overflowed)) return undefined;
  const keys = [...new Set(sliced.flatMap(([, state]) => state.keys))].sort(compareKeys);
  return keys.map((key) => {
    const states = sliced.map(([name, state]) => [name, state.of(key)]);
    return { key, states: Object.fromEntries(states) as StatesOf<R> };
  });
}
