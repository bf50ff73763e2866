import { laneOf } from "../../columns/view.js";
import { BinsState } from "../../metrics/bins.js";
import { CountState } from "../../metrics/count.js";
import { ExtremesState } from "../../metrics/extremes.js";
import { FrequenciesState } from "../../metrics/frequencies.js";
import { MomentsState } from "../../metrics/moments.js";
import { PairCountsState } from "../../metrics/pairCounts.js";
import { ResidualsState } from "../../metrics/residuals.js";
import type { MetricState } from "../../metrics/state.js";
import { ValuesState } from "../../metrics/values.js";
import type { States } from "../../plan/request.js";
import type { StateSpec } from "./stateLaws.js";

const TOLERANCE = 1e-12;

/** What is wrong with one float moment against another, given how large it may get. */
function apart(what: string, a: number, b: number, size: number): string | undefined {
  // Beyond a double's range there is nothing to compare: the order of summing decides whether it overflows.
  if (!Number.isFinite(size) || Object.is(a, b)) return undefined;
  return Math.abs(a - b) <= TOLERANCE * size
    ? undefined
    : `${what} ${a} is too far from ${b}, of a size of ${size}`;
}

function momentsDiffer(a: MomentsState, b: MomentsState, scale: number): string | undefined {
  const exact = ({ nans, plusInfinities, minusInfinities, integerSum, total: { count } }: MomentsState) =>
    [nans, plusInfinities, minusInfinities, integerSum, count].join();
  if (exact(a) !== exact(b)) return `counts and exact sum ${exact(a)} are not ${exact(b)}`;
  const [x, y] = [a.total, b.total];
  return (
    apart("sum", x.sum, y.sum, x.count * scale) ??
    apart("mean", x.mean, y.mean, x.count * scale === Number.POSITIVE_INFINITY ? x.count * scale : scale) ??
    apart("squared deviations", x.squares, y.squares, x.count * scale * scale)
  );
}

/** Of a column against itself no prediction is off; what is left to differ is the labels' moments. */
function residualsDiffer(a: ResidualsState, b: ResidualsState, scale: number): string | undefined {
  const exact = ({ rows, unlabelled, unpredicted, nanLabels, overflows, errors }: ResidualsState) =>
    [rows, unlabelled, unpredicted, nanLabels, overflows, errors.total.count, errors.total.sum].join();
  if (exact(a) !== exact(b)) return `counts ${exact(a)} are not ${exact(b)}`;
  const [x, y] = [a.labels.total, b.labels.total];
  return (
    apart("sum", x.sum, y.sum, x.count * scale) ??
    apart("squared deviations", x.squares, y.squares, x.count * scale * scale)
  );
}

type Lawful<S> = S extends MetricState<S> ? StateSpec<S> : never;

/** The states that merge; what can't has another type, and is no matter for these laws. */
type Mergeable = {
  readonly [K in keyof States as Lawful<States[K]> extends never ? never : K]: Lawful<States[K]>;
};

/** How the laws see every state that merges. One that is added has to be added here, or nothing compiles. */
export const STATES: Mergeable = {
  count: {
    name: "count",
    fits: () => true,
    fresh: (address) => new CountState(address),
    decode: (json, address) => CountState.decode(json as never, address),
  },
  extremes: {
    name: "extremes",
    fits: () => true,
    fresh: (address) => new ExtremesState(address),
    decode: (json, address) => ExtremesState.decode(json as never, address),
  },
  moments: {
    name: "moments",
    fits: (type) => laneOf(type) === "number" || laneOf(type) === "integer",
    fresh: (address) => new MomentsState(address),
    decode: (json, address) => MomentsState.decode(json, address),
    differ: momentsDiffer,
  },
  frequencies: {
    name: "frequencies",
    fits: (type) => laneOf(type) !== "opaque",
    fresh: (address) => new FrequenciesState(address),
    decode: (json, address) => FrequenciesState.decode(json, address),
  },
  pairCounts: {
    name: "pairCounts",
    fits: (type) => laneOf(type) !== "opaque",
    fresh: (address) => new PairCountsState(address, address),
    decode: (json, address) => PairCountsState.decode(json, address, address),
  },
  residuals: {
    name: "residuals",
    fits: (type) => laneOf(type) === "number" || laneOf(type) === "integer",
    fresh: (address) => new ResidualsState(address, address),
    decode: (json, address) => ResidualsState.decode(json, address, address),
    differ: residualsDiffer,
  },
  bins: {
    name: "bins",
    fits: (type) => laneOf(type) === "number" || laneOf(type) === "integer",
    fresh: (address) => new BinsState(address, [-1000, -1, 0, 0.5, 100]),
    decode: (json, address) => BinsState.decode(json, address),
  },
  values: {
    name: "values",
    fits: (type) => laneOf(type) === "number" || laneOf(type) === "integer",
    fresh: (address) => new ValuesState(address),
    decode: (json, address) => ValuesState.decode(json, address),
  },
};
