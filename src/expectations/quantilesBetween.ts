import * as z from "zod";
import { columnLabel } from "../columns/address.js";
import type { ColumnRef } from "../columns/columnUse.js";
import { shownNumber } from "../columns/shown.js";
import { ConfigError } from "../errors/index.js";
import type { Json } from "../metrics/state.js";
import { type QuantileMethod, quantileMethods } from "../stats/quantile.js";
import { aggregateUnit } from "./unit/aggregateUnit.js";
import {
  type Bounds,
  boundsText,
  type NumberBound,
  numberBoundsProblem,
  numberBoundsShape,
  numberWithin,
  type StoredBounds,
} from "./unit/bounds.js";
import type { Expectation } from "./unit/expectation.js";
import { type GxKwargs, gxList } from "./unit/greatExpectations.js";
import { make } from "./unit/make.js";
import type { AggregateOptions, NanOption } from "./unit/options.js";
import { spreadOver } from "./unit/samples.js";
import { quantilesOf } from "./unit/valueReadouts.js";
import { columnRefSchema } from "./unit/wire.js";

const params = z.strictObject({
  column: columnRefSchema,
  quantiles: z.union([
    z.array(z.strictObject({ q: z.number().min(0).max(1), ...numberBoundsShape })),
    z.record(z.string(), z.strictObject(numberBoundsShape)),
  ]),
  method: z.enum(quantileMethods).optional(),
});

/** Bounds by quantile: an object keyed by q in 0 to 1, or a list. */
export type QuantileBounds =
  | { readonly [q: `${number}`]: Bounds<NumberBound> }
  | readonly ({ readonly q: number } & Bounds<NumberBound>)[];

/** How a quantile between two values is read. */
export interface MethodOption {
  /** One of numpy's thirteen names; default `"linear"`. */
  readonly method?: QuantileMethod;
}

/**
 * Quantiles of the values lie each within bounds, compared exactly. What is observed is their list: in the order given,
 * or ascending when they were given as an object.
 *
 * Nulls are left out. A NaN makes every quantile NaN, which fails, unless `nan` is `"skip"` or `"null"`.
 *
 * @example quantilesBetween("price", { "0.5": { min: 9, max: 12 }, "0.99": { max: 100 } })
 */
export function quantilesBetween<const C extends ColumnRef>(
  column: C,
  quantiles: QuantileBounds,
  options: AggregateOptions & NanOption & MethodOption = {},
): Expectation<{ column: C; kind: "number" }> {
  return make(quantilesBetween.unit, { column, quantiles }, options);
}

type Wanted = { readonly q: number } & StoredBounds;

/** The quantiles as a list; as an object has no order of its own, ascending. */
function listed(quantiles: z.output<typeof params>["quantiles"]): readonly Wanted[] {
  if (Array.isArray(quantiles)) return quantiles;
  const entries = Object.entries(quantiles).map(([q, bounds]) => ({
    ...bounds,
    q: q.trim() === "" ? Number.NaN : Number(q),
  }));
  return entries.sort((a, b) => a.q - b.q);
}

function problem({ quantiles }: z.output<typeof params>): string | undefined {
  const wanted = listed(quantiles);
  if (wanted.length === 0) return "quantiles: needs one at least";
  for (const { q, ...bounds } of wanted) {
    if (!(q >= 0 && q <= 1)) return "quantiles: every key is a number from 0 to 1";
    const said = numberBoundsProblem(bounds);
    if (said !== undefined) return `quantiles: ${q}: ${said}`;
  }
  return undefined;
}

/** GX's two lists as one; null is an open bound. */
function gxQuantiles(kwargs: GxKwargs): Json[] {
  const ranges = (kwargs.quantile_ranges ?? {}) as GxKwargs;
  const bounds = gxList(ranges, "value_ranges");
  const shares = gxList(ranges, "quantiles");
  const problem =
    shares.length !== bounds.length || bounds.some((range) => !Array.isArray(range) || range.length !== 2);
  if (problem) {
    throw new ConfigError("config/bad-value", "quantile_ranges: needs a pair of bounds for each quantile", {
      parameter: "quantile_ranges",
      value: ranges,
    });
  }
  return shares.map((q, i) => {
    const [min, max] = bounds[i] as [Json, Json];
    const open = min === null && max === null;
    return {
      q,
      ...(min === null ? {} : { min }),
      ...(max === null ? {} : { max }),
      ...(open ? { min: "-Infinity" } : {}),
    };
  });
}

quantilesBetween.unit = aggregateUnit({
  type: "quantilesBetween",
  params,
  refine: problem,
  honours: ["nan"],
  columns: ({ column }) => [column],
  claim: ({ column, quantiles }) => {
    const parts = listed(quantiles).map((wanted) => `${wanted.q} is ${boundsText(wanted)}`);
    return `of the quantiles of ${columnLabel(column)}, ${parts.join("; ")}`;
  },
  metrics: ({ column }, where) => [{ state: "values", column, ...where }],
  measure(findings, stored, [request]) {
    const wanted = listed(stored.quantiles);
    const shares = wanted.map(({ q }) => q);
    const state = findings.metric({ ...request!, state: "values" });
    const found = quantilesOf(state, shares, stored.method ?? "linear", stored.nan);
    if (!found) return { empty: `no value of ${columnLabel(stored.column)} to take quantiles of` };
    const holds = wanted.map((bounds, i) => numberWithin(found[i]!, bounds));
    return {
      observed: found.map(shownNumber),
      holds: holds.every(Boolean),
      details: wanted.map(({ q }, i) => ({ q, holds: holds[i]! })),
    };
  },
  sample: ({ column, quantiles }) => ({ [columnLabel(column)]: spreadOver(listed(quantiles)) }),
  about: {
    fits: ["number"],
    example: {
      params: { column: "price", quantiles: { 0.5: { min: 9, max: 12 }, 1: { max: 20 } } },
      table: { price: { type: "float64", values: [8, 10, null, 11, 19.5] } },
    },
    violation: { table: { price: { type: "float64", values: [8, 10, 11, 20.5] } } },
    greatExpectations: [
      {
        type: "expect_column_quantile_values_to_be_between",
        kwargs: { column: "column", quantile_ranges: "quantiles", allow_relative_error: null },
        read: (kwargs) => ({ column: kwargs.column, method: "nearest", quantiles: gxQuantiles(kwargs) }),
        result: (observed, details) => ({
          observed_value: {
            quantiles: (details as { q: number }[]).map(({ q }) => q),
            values: observed,
          },
          details: { success_details: (details as { holds: boolean }[]).map(({ holds }) => holds) },
        }),
      },
    ],
  },
});
