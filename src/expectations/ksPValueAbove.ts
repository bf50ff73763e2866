import * as z from "zod";
import { columnLabel } from "../columns/address.js";
import type { ColumnRef } from "../columns/columnUse.js";
import { ConfigError } from "../errors/index.js";
import type { Json } from "../metrics/state.js";
import { type DistributionName, distributions } from "../stats/distributions/index.js";
import { ksOneSample } from "../stats/ksOneSample.js";
import { aggregateUnit } from "./unit/aggregateUnit.js";
import type { Expectation } from "./unit/expectation.js";
import type { GxKwargs } from "./unit/greatExpectations.js";
import { make } from "./unit/make.js";
import { scaleOf } from "./unit/momentReadouts.js";
import type { AggregateOptions, NanOption } from "./unit/options.js";
import { quantileSample } from "./unit/samples.js";
import { columnRefSchema } from "./unit/wire.js";

const params = z.strictObject({
  column: columnRefSchema,
  distribution: z.enum(Object.keys(distributions) as [DistributionName, ...DistributionName[]]),
  parameters: z.array(z.number()),
  p: z.number().min(0).max(1),
});

/** The law a column is compared with, by scipy's names. */
export interface LawOption {
  /** Shape parameters, then location and scale, in scipy's order; default none. */
  readonly parameters?: readonly number[];
}

/** What is wrong with the parameters of a law, or undefined. */
function lawProblem({ distribution, parameters }: z.output<typeof params>): string | undefined {
  try {
    distributions[distribution].cdf(0, ...parameters);
    return undefined;
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
}

/**
 * The p-value of the one-sample Kolmogorov-Smirnov test that the column's values come from a law is `p` at least. The law
 * is given, not fitted: with parameters estimated from the same values the p-value is far too large. What is observed is
 * the p-value, which is exact.
 *
 * Nulls are left out. NaN has no place in a law and fails, unless `nan` leaves it out.
 *
 * @example ksPValueAbove("error", "norm", 0.01, { parameters: [0, 1] })
 */
export function ksPValueAbove<const C extends ColumnRef>(
  column: C,
  distribution: DistributionName,
  p: number,
  options: AggregateOptions & NanOption & LawOption = {},
): Expectation<{ column: C; kind: "number" }> {
  return make(ksPValueAbove.unit, { column, distribution, parameters: [], p }, options);
}

/** The names GX gives the parameters of the laws it knows, in scipy's order, with their defaults. */
const GX_LAWS: Readonly<Record<string, readonly (readonly [name: string, byDefault?: number])[]>> = {
  norm: [
    ["mean", 0],
    ["std_dev", 1],
  ],
  beta: [["alpha"], ["beta"], ["loc", 0], ["scale", 1]],
  gamma: [["alpha"], ["loc", 0], ["scale", 1]],
  uniform: [
    ["min", 0],
    ["max", 1],
  ],
  chi2: [["df"], ["loc", 0], ["scale", 1]],
  expon: [
    ["loc", 0],
    ["scale", 1],
  ],
};

function gxParameters({ distribution, params: given }: GxKwargs): Json {
  if (given === undefined || Array.isArray(given)) return given ?? [];
  const named = given as GxKwargs;
  const names = GX_LAWS[String(distribution)] ?? [];
  return names.map(([name, byDefault]) => named[name] ?? byDefault ?? null);
}

ksPValueAbove.unit = aggregateUnit({
  type: "ksPValueAbove",
  params,
  refine: lawProblem,
  honours: ["nan"],
  columns: ({ column }) => [column],
  claim: ({ column, distribution, parameters, p }) =>
    `the Kolmogorov-Smirnov p-value of ${columnLabel(column)} against ${distribution}(${parameters.join(", ")}) is at least ${p}`,
  metrics: ({ column }, where) => [{ state: "values", column, ...where }],
  measure(findings, stored, [request]) {
    const state = findings.metric({ ...request!, state: "values" });
    if (state.nans > 0 && (stored.nan ?? "fail") === "fail") return { observed: null, holds: false };
    if (state.size === 0) return { empty: `no value of ${columnLabel(stored.column)}` };
    const one = 10 ** scaleOf(state.address.type);
    const sample = one === 1 ? state.sorted() : state.sorted().map((value) => value / one);
    const law = { name: stored.distribution, parameters: stored.parameters };
    const { pValue, statistic } = ksOneSample(sample, law);
    return {
      observed: pValue,
      holds: pValue !== null && pValue >= stored.p,
      details: { statistic, rows: state.size },
    };
  },
  sample: ({ column, distribution, parameters }) => ({
    [columnLabel(column)]: quantileSample((share) => distributions[distribution].ppf(share, ...parameters)),
  }),
  about: {
    fits: ["number"],
    example: {
      params: { column: "share", distribution: "uniform", parameters: [], p: 0.05 },
      table: { share: { type: "float64", values: [0.1, 0.4, 0.6, null, 0.9] } },
    },
    violation: { table: { share: { type: "float64", values: [2, 3, 4, 5] } } },
    greatExpectations: [
      {
        type: "expect_column_parameterized_distribution_ks_test_p_value_to_be_greater_than",
        kwargs: { column: "column", distribution: "distribution", p_value: "p", params: "parameters" },
        read: (kwargs) => ({
          column: kwargs.column,
          distribution: kwargs.distribution,
          p: kwargs.p_value ?? 0.05,
          parameters: gxParameters(kwargs),
        }),
      },
    ],
  },
});
