import { BinsState } from "../../metrics/bins.js";
import { CountState } from "../../metrics/count.js";
import { ExtremesState } from "../../metrics/extremes.js";
import { MomentsState } from "../../metrics/moments.js";
import type { Json } from "../../metrics/state.js";
import type { SampledRow, Step, Tally } from "../../plan/evidence.js";
import type { MetricRequest, States } from "../../plan/request.js";

/** What was found of one rule among some of the rows. */
export interface RuleFindings {
  readonly id: string;
  readonly tally: Tally;
  readonly step: Step;
  /** The failing rows, as `RowSet` has them in pages. */
  readonly pages: readonly (readonly [page: number, bits: Int32Array])[];
  /** The first of them. */
  readonly sample: readonly SampledRow[];
}

/** A state that was gathered from some of the rows, by its request's key. */
export interface StateFindings {
  readonly key: string;
  readonly state: Json;
  readonly step: Step;
}

/** What one thread found among the rows it was given, as plain values. */
export interface Findings {
  readonly rules: readonly RuleFindings[];
  readonly metrics: readonly StateFindings[];
}

type Part = BinsState | CountState | ExtremesState | MomentsState;

// States whose parts merge to the same bits whoever gathered them, and are small to send.
const DIVISIBLE: Partial<Record<keyof States, (json: never, like: Part) => Part>> = {
  bins: (json, { address }) => BinsState.decode(json, address!),
  count: (json, { address }) => CountState.decode(json, address),
  extremes: (json, { address }) => ExtremesState.decode(json, address!),
  moments: (json, { address }) => MomentsState.decode(json, address!),
};

/** True when several threads may gather parts of what is asked for. */
export function isDivisible({ state, by }: MetricRequest): boolean {
  return by === undefined && state in DIVISIBLE;
}

/** A state and an encoded one together. */
export function withPart<S>(request: MetricRequest, state: S, part: Json): S {
  const whole = state as Part;
  return whole.merge(DIVISIBLE[request.state]!(part as never, whole) as never) as S;
}
