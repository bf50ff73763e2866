import type { Schema } from "apache-arrow";
import type { Block } from "../../columns/block.js";
import { BinsState } from "../../metrics/bins.js";
import { CountState } from "../../metrics/count.js";
import { DistinctState } from "../../metrics/distinct.js";
import { ExtremesState } from "../../metrics/extremes.js";
import { FrequenciesState } from "../../metrics/frequencies.js";
import { MomentsState } from "../../metrics/moments.js";
import { PairCountsState } from "../../metrics/pairCounts.js";
import { ProfileState } from "../../metrics/profile.js";
import { ResidualsState } from "../../metrics/residuals.js";
import { SlicedState } from "../../metrics/sliced.js";
import type { MetricState } from "../../metrics/state.js";
import { ValuesState } from "../../metrics/values.js";
import type { Step } from "../../plan/evidence.js";
import { type MetricRequest, requestKey, type States } from "../../plan/request.js";
import { bind, requireColumn } from "../../predicates/bind.js";
import { type BoundPredicate, CAN_BE_TRUE, type CheapEvidence, TRUE } from "../../predicates/truth.js";
import { type StateFindings, withPart } from "./findings.js";
import { contextFor, costlier, type Runtime } from "./ruleRunner.js";

type AnyState = States[keyof States];

/** A state that is being gathered. */
export interface Gathering {
  readonly request: MetricRequest;
  state: AnyState | SlicedState<AnyState>;
  readonly where: BoundPredicate | undefined;
  /** The costliest step that some rows needed. */
  step: Step;
}

function freshState(request: MetricRequest, schema: Schema, { memory }: Runtime): AnyState {
  const address = request.column === undefined ? undefined : requireColumn(schema, request.column);
  if (request.state === "count") return new CountState(address);
  if (!address) throw new TypeError(`a ${request.state} state needs a column`);
  switch (request.state) {
    case "extremes":
      return new ExtremesState(address);
    case "moments":
      return new MomentsState(address);
    case "distinct":
      return new DistinctState(address, memory);
    case "values":
      return new ValuesState(address, memory);
    case "profile":
      return new ProfileState(address, request.against?.places);
    case "frequencies":
      return new FrequenciesState(address, memory);
    case "pairCounts":
      return new PairCountsState(address, requireColumn(schema, request.beside!), request.most, memory);
    case "residuals":
      return new ResidualsState(address, requireColumn(schema, request.beside!));
    case "bins":
      return new BinsState(address, request.edges!);
  }
}

function gathered(
  request: MetricRequest,
  schema: Schema,
  runtime: Runtime,
): AnyState | SlicedState<AnyState> {
  if (request.by === undefined) return freshState(request, schema, runtime);
  return new SlicedState(requireColumn(schema, request.by), () => freshState(request, schema, runtime));
}

/** The step that gathering from a block takes: its rows are counted by its batch, nulls by Arrow where there are none. */
function stepOf({ state, where }: Gathering, block: Block): Step {
  if (where) return "rows";
  if (!(state instanceof CountState)) return "summary";
  return !state.address || block.view(state.address).hasNoNulls ? "metadata" : "summary";
}

/** The states of a plan, fed block by block; a `where` is tested for each state that has one. */
export class MetricGatherer {
  readonly #gatherings = new Map<string, Gathering>();
  readonly #selected = new Uint8Array(8192);

  constructor(requests: readonly MetricRequest[], schema: Schema, runtime: Runtime) {
    const thrown = { count: 0, first: undefined };
    for (const request of requests) {
      this.#gatherings.set(requestKey(request), {
        request,
        state: gathered(request, schema, runtime),
        where: request.where && bind(request.where, contextFor(schema, runtime, thrown)),
        step: "metadata",
      });
    }
  }

  /** Takes in what is known of `rows` rows without a look at each; returns the states that need the rows. */
  settle(rows: number, evidence: CheapEvidence): Gathering[] {
    return [...this.#gatherings.values()].filter(({ state, where }) => {
      const can = where ? where.decide(evidence).can : CAN_BE_TRUE;
      if ((can & CAN_BE_TRUE) === 0) return false;
      return can !== CAN_BE_TRUE || !("settle" in state && state.settle(rows, evidence));
    });
  }

  /** What was gathered so far. Only for states that are divisible. */
  get findings(): StateFindings[] {
    return [...this.#gatherings].map(([key, { state, step }]) => ({
      key,
      state: (state as MetricState<unknown>).encode(),
      step,
    }));
  }

  /** Takes in what was gathered elsewhere, from other rows. */
  absorb({ key, state, step }: StateFindings): void {
    const gathering = this.#gatherings.get(key)!;
    gathering.state = withPart(gathering.request, gathering.state, state);
    gathering.step = costlier(gathering.step, step);
  }

  /** All states that are gathered. */
  get all(): readonly Gathering[] {
    return [...this.#gatherings.values()];
  }

  observe(block: Block, gatherings: readonly Gathering[]): void {
    for (const gathering of gatherings) {
      const { state, where } = gathering;
      gathering.step = costlier(gathering.step, stepOf(gathering, block));
      if (!where) {
        state.observe(block, undefined);
        continue;
      }
      const selected = this.#selected;
      where.test(block, selected);
      for (let i = 0; i < block.count; i++) selected[i] = selected[i] === TRUE ? 1 : 0;
      state.observe(block, selected);
    }
  }

  /** The gathering of a request; undefined when it is of an optional column that isn't there. */
  find(request: MetricRequest): Gathering | undefined {
    return this.#gatherings.get(requestKey(request));
  }

  get(request: MetricRequest): Gathering {
    const found = this.find(request);
    if (!found) throw new TypeError(`the plan didn't ask for ${requestKey(request)}`);
    return found;
  }
}
