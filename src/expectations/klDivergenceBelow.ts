import * as z from "zod";
import { columnLabel } from "../columns/address.js";
import type { ColumnRef } from "../columns/columnUse.js";
import { ConfigError } from "../errors/index.js";
import type { MetricRequest } from "../plan/request.js";
import { klDivergence } from "../stats/klDivergence.js";
import { aggregateUnit, type Measured } from "./unit/aggregateUnit.js";
import { hasNan } from "./unit/distinctValues.js";
import type { Expectation } from "./unit/expectation.js";
import { compareWith, countsBeyond } from "./unit/frequencyReadouts.js";
import type { GxKwargs, GxTools } from "./unit/greatExpectations.js";
import { make } from "./unit/make.js";
import type { AggregateOptions, NanOption } from "./unit/options.js";
import {
  type BinShares,
  binSharesShape,
  expectedBins,
  finiteEdges,
  gxShares,
  sharesProblem,
  type ValueShares,
  valueSharesShape,
} from "./unit/partitions.js";
import { inShares, middleOf } from "./unit/samples.js";
import type { Findings, Stored } from "./unit/unit.js";
import { columnRefSchema } from "./unit/wire.js";

const share = z.number().min(0).max(1).optional();

const params = z.strictObject({
  column: columnRefSchema,
  expected: z.union([valueSharesShape, binSharesShape]),
  max: z.union([z.number().min(0), z.literal("Infinity")]),
  tailHoldout: share,
  internalHoldout: share,
});

type Params = z.output<typeof params>;

/** What is left for rows where none are expected. */
export interface HoldoutsOption {
  /** The share for values that aren't expected, or for both open ends of the bins together; default 0. */
  readonly tailHoldout?: number;
  /** The share for bins in which nothing is expected, together; default 0. */
  readonly internalHoldout?: number;
}

function problem({ expected, tailHoldout = 0, internalHoldout = 0 }: Params): string | undefined {
  const said = sharesProblem(expected);
  if (said !== undefined) return `expected: ${said}`;
  if (tailHoldout + internalHoldout > 1) return "holdouts add up to more than 1";
  if ("values" in expected)
    return internalHoldout > 0 ? "internalHoldout is for bins, not for values" : undefined;
  if (tailHoldout === 0) return undefined;
  if (expected.tailWeights) return "takes tailHoldout or tailWeights, not both";
  const isOpen = [expected.bins[0], expected.bins.at(-1)].every((edge) => !Number.isFinite(Number(edge)));
  return isOpen ? "tailHoldout is for bins that don't reach infinity" : undefined;
}

/**
 * The Kullback-Leibler divergence of the column's values from expected shares, Σ observed ln(observed / expected) in
 * nats, is at most `max`. Shares are expected by value, or by interval for numbers; what is observed is the divergence.
 *
 * A value that isn't expected, or one in an interval where nothing is, makes the divergence infinite (observed null) and
 * fails, unless a holdout leaves it a share. Nulls are left out. NaN is a value that isn't expected, unless `nan` leaves
 * it out.
 *
 * @example klDivergenceBelow("country", { values: ["FR", "US"], weights: [0.3, 0.7] }, 0.1)
 */
export function klDivergenceBelow<const C extends ColumnRef>(
  column: C,
  expected: ValueShares | BinShares,
  max: number,
  options: AggregateOptions & NanOption & HoldoutsOption = {},
): Expectation<{ column: C; kind: "number" | "string" | "bool" | "temporal" | "binary" }> {
  return make(klDivergenceBelow.unit, { column, expected, max }, options);
}

function judged(expected: readonly number[], observed: readonly number[], max: number): Measured {
  const { value, reason } = klDivergence(expected, observed, { direction: "current-reference" });
  // An open threshold is met by whatever comes, infinity included.
  const holds = max === Number.POSITIVE_INFINITY || (value !== null && value <= max);
  const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
  const [all, wanted] = [sum(observed), sum(expected)];
  return {
    observed: value,
    holds,
    details: {
      observedShares: observed.map((count) => count / all),
      expectedShares: expected.map((weight) => weight / wanted),
      ...(reason === undefined ? {} : { reason }),
    },
  };
}

function byValue(findings: Findings, stored: Stored<Params>, request: MetricRequest): Measured {
  const state = findings.metric({ ...request, state: "frequencies" });
  const nans = hasNan(state, stored.nan as never) ? state.nans : 0;
  if (state.total + nans === 0) return { empty: `no value of ${columnLabel(stored.column)}` };
  const { values, weights } = stored.expected as z.output<typeof valueSharesShape>;
  const { counts } = compareWith(state, values);
  const others = [...countsBeyond(state, values), ...(nans > 0 ? [nans] : [])];
  const holdout = others.length > 0 ? (stored.tailHoldout ?? 0) : 0;
  const expected = [...weights.map((weight) => weight * (1 - holdout)), ...others.map(() => holdout)];
  return judged(expected, [...counts, ...others], Number(stored.max));
}

function byBin(findings: Findings, stored: Stored<Params>, request: MetricRequest): Measured {
  const state = findings.metric({ ...request, state: "bins" });
  const { kind, name } = state.address;
  if (kind !== "number" && kind !== "null") {
    const message = `column ${JSON.stringify(name)} is ${kind}, and bins are for numbers; give values`;
    throw new ConfigError("config/bad-value", message, { parameter: "expected" });
  }
  if (state.nans > 0 && (stored.nan ?? "fail") === "fail") return { observed: null, holds: false };
  if (state.size === 0) return { empty: `no value of ${columnLabel(stored.column)}` };
  const shares = stored.expected as z.output<typeof binSharesShape>;
  const expected = expectedBins(shares, stored.tailHoldout ?? 0, stored.internalHoldout ?? 0);
  return judged(expected, state.counts, Number(stored.max));
}

function gxRead(kwargs: GxKwargs, { note }: GxTools) {
  if (kwargs.partition_object === undefined) return undefined;
  if (kwargs.bucketize_data === false && "bins" in (kwargs.partition_object as object)) {
    throw new ConfigError("config/bad-value", "bucketize_data is false, and a partition of bins needs them", {
      parameter: "bucketize_data",
    });
  }
  if (kwargs.threshold === undefined) note("without a threshold every divergence will do; it is reported");
  return {
    column: kwargs.column,
    expected: gxShares(kwargs),
    max: kwargs.threshold ?? "Infinity",
    tailHoldout: kwargs.tail_weight_holdout,
    internalHoldout: kwargs.internal_weight_holdout,
  };
}

klDivergenceBelow.unit = aggregateUnit({
  type: "klDivergenceBelow",
  params,
  refine: problem,
  honours: ["nan"],
  columns: ({ column }) => [column],
  claim: ({ column, max }) =>
    `the divergence of ${columnLabel(column)} from its expected shares is at most ${max}`,
  metrics: ({ column, expected }, where) => [
    "values" in expected
      ? { state: "frequencies", column, ...where }
      : { state: "bins", column, edges: finiteEdges(expected), ...where },
  ],
  measure: (findings, stored, [request]) =>
    ("values" in stored.expected ? byValue : byBin)(findings, stored, request!),
  sample: ({ column, expected }) => ({
    [columnLabel(column)]:
      "values" in expected
        ? inShares(expected.values, expected.weights)
        : inShares(
            expected.weights.map((_, i) =>
              middleOf({ minExclusive: expected.bins[i], maxExclusive: expected.bins[i + 1] }),
            ),
            expected.weights,
          ),
  }),
  about: {
    fits: ["number", "string", "bool", "temporal", "binary"],
    example: {
      params: { column: "size", expected: { values: [1, 2], weights: [0.5, 0.5] }, max: 0.1 },
      table: { size: { type: "int32", values: [1, 2, 1, 2, null] } },
    },
    violation: { table: { size: { type: "int32", values: [1, 2, 3] } } },
    greatExpectations: [
      {
        type: "expect_column_kl_divergence_to_be_less_than",
        kwargs: {
          column: "column",
          partition_object: null,
          threshold: "max",
          tail_weight_holdout: "tailHoldout",
          internal_weight_holdout: "internalHoldout",
          bucketize_data: null,
          min_value: null,
          max_value: null,
        },
        read: gxRead,
      },
    ],
  },
});
