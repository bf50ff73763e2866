import type { ColumnUse } from "../columns/columnUse.js";
import type { BinsState } from "../metrics/bins.js";
import type { CountState } from "../metrics/count.js";
import type { DistinctState } from "../metrics/distinct.js";
import type { ExtremesState } from "../metrics/extremes.js";
import type { FrequenciesState } from "../metrics/frequencies.js";
import type { MomentsState } from "../metrics/moments.js";
import type { PairCountsState } from "../metrics/pairCounts.js";
import type { ProfileState } from "../metrics/profile.js";
import type { ResidualsState } from "../metrics/residuals.js";
import type { SlicedState } from "../metrics/sliced.js";
import type { ValuesState } from "../metrics/values.js";
import { mapColumns, type Predicate } from "../predicates/predicate.js";

/** The states an engine can gather, by name. */
export interface States {
  readonly count: CountState;
  readonly extremes: ExtremesState;
  readonly moments: MomentsState;
  readonly distinct: DistinctState;
  readonly values: ValuesState;
  readonly profile: ProfileState;
  readonly frequencies: FrequenciesState;
  readonly pairCounts: PairCountsState;
  readonly residuals: ResidualsState;
  readonly bins: BinsState;
}

/** One state wanted of one column, over the rows for which `where` is true. `count` may do without a column. */
export interface MetricRequest {
  readonly state: keyof States;
  readonly column?: ColumnUse;
  /** The other column of a state of two. */
  readonly beside?: ColumnUse;
  readonly where?: Predicate;
  /** For a profile that is only compared: where ranks are read, under the hash of the baseline that says so. */
  readonly against?: { readonly hash: string; readonly places: readonly number[] };
  /** A column by whose values the rows are sliced: a state is gathered for each. */
  readonly by?: ColumnUse;
  /** What `bins` are counted between: finite, strictly increasing. */
  readonly edges?: readonly number[];
  /** Distinct pairs that `pairCounts` tells apart at most; no limit by default. */
  readonly most?: number;
  /** A column that isn't there is no error: nothing is gathered. */
  readonly optional?: boolean;
}

/** The request with each column it reads replaced, its condition's too. */
export function mapRequestColumns<R extends MetricRequest>(request: R, to: (use: ColumnUse) => ColumnUse): R {
  const { column, beside, by, where } = request;
  return {
    ...request,
    ...(column === undefined ? {} : { column: to(column) }),
    ...(beside === undefined ? {} : { beside: to(beside) }),
    ...(by === undefined ? {} : { by: to(by) }),
    ...(where ? { where: mapColumns(where, to) } : {}),
  };
}

/** What is gathered for a request: its state, or one for each slice. */
export type Gathered<R extends MetricRequest> = R extends { readonly by: ColumnUse }
  ? SlicedState<States[R["state"]]>
  : States[R["state"]];

/** A text that is equal for equal requests, whatever the order of their keys. */
export function requestKey(request: MetricRequest): string {
  return canonicalJson({ ...request, optional: undefined, against: request.against?.hash });
}

/** JSON with sorted keys; bigint, Date and NaN keep apart from text. */
export function canonicalJson(value: unknown): string {
  if (typeof value === "bigint") return `${value}n`;
  if (value instanceof Date) return `D${value.toISOString()}`;
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "undefined";
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, part]) => `${JSON.stringify(key)}:${canonicalJson(part)}`).join(",")}}`;
}
