import * as z from "zod";
import type { Expectation } from "./unit/expectation.js";
import { make } from "./unit/make.js";
import { boundsProblem, boundsShape, type ScoreBounds, thresholdText } from "./unit/model/threshold.js";
import { within } from "./unit/model/verdict.js";
import type { TableOptions } from "./unit/options.js";
import { tableUnit } from "./unit/tableUnit.js";

const params = z.strictObject({ name: z.string().min(1), ...boundsShape });

/**
 * A number that is measured elsewhere and given at run time, as `scalars: { modelSizeMb: 12 }`, is within bounds, which are
 * inclusive: the size of a model, a latency, the age of a build. No data is read for it.
 *
 * @example scalar("modelSizeMb", { atMost: 20 })
 */
export function scalar(
  name: string,
  bounds: ScoreBounds,
  options: TableOptions = {},
): Expectation<{ column: never; kind: never }> {
  return make(scalar.unit, { name, ...bounds }, options);
}

scalar.unit = tableUnit({
  type: "scalar",
  params,
  refine: ({ atLeast, atMost }) =>
    atLeast === undefined && atMost === undefined
      ? "needs atLeast or atMost"
      : boundsProblem({ atLeast, atMost }),
  claim: ({ name, ...bounds }) => `${name} ${thresholdText(bounds)}`,
  scalars: ({ name }) => [name],
  inspect(_schema, { name, atLeast, atMost }, findings) {
    const value = findings.scalar(name);
    return {
      faults: within(value, { atLeast, atMost }) ? [] : ["out of bounds"],
      observed: {
        value,
        ...(atLeast === undefined ? {} : { atLeast }),
        ...(atMost === undefined ? {} : { atMost }),
      },
    };
  },
  about: {
    fits: [],
    example: {
      params: { name: "modelSizeMb", atMost: 20 },
      table: { id: { type: "int64", values: [1, 2] } },
    },
    scalars: { modelSizeMb: 20 },
    violation: { table: { id: { type: "int64", values: [1, 2] } }, scalars: { modelSizeMb: 20.5 } },
  },
});
