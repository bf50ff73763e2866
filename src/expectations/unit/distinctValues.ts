import * as z from "zod";
import { columnLabel } from "../../columns/address.js";
import type { FrequenciesState } from "../../metrics/frequencies.js";
import type { Json } from "../../metrics/state.js";
import type { MetricRequest } from "../../plan/request.js";
import type { Measured } from "./aggregateUnit.js";
import { compareWith, MOST_SHOWN, shownValue } from "./frequencyReadouts.js";
import type { Findings, Stored } from "./unit.js";
import { columnRefSchema, literalSchema } from "./wire.js";

/** The stored form of a column and a set of values. */
export const valueSetParams = z.strictObject({
  column: columnRefSchema,
  values: z.array(literalSchema).max(100_000),
});

type ValueSet = z.output<typeof valueSetParams>;

/** Whether NaN is one of the distinct values: it is, unless `nan` leaves it out. */
export function hasNan(state: FrequenciesState, nan: Stored<ValueSet>["nan"]): boolean {
  return state.nans > 0 && (nan ?? "fail") === "fail";
}

/**
 * Holds the distinct values of a column against a set; `demands` says what makes it fail. What is observed are the first
 * of them in ascending order, and the details say how many there are.
 */
export function measureDistinct(
  findings: Findings,
  stored: Stored<ValueSet>,
  request: MetricRequest,
  demands: { readonly nothingBeyond: boolean; readonly nothingMissing: boolean },
): Measured {
  const state = findings.metric({ ...request, state: "frequencies" });
  const nan = hasNan(state, stored.nan);
  if (state.total === 0 && !nan) return { empty: `no value of ${columnLabel(stored.column)}` };
  const { least, beyond, distinct, distinctBeyond, missing } = compareWith(state, stored.values);
  const unexpected = beyond.map((value) => shownValue(state, value));
  const details: Record<string, Json> = {
    distinct: distinct + (nan ? 1 : 0),
    ...(distinct > MOST_SHOWN ? { truncated: true } : {}),
    ...(demands.nothingBeyond ? { unexpected: nan ? [...unexpected, "NaN"] : unexpected } : {}),
    ...(demands.nothingMissing ? { missing: missing.slice(0, MOST_SHOWN) as Json[] } : {}),
  };
  const isBeyond = demands.nothingBeyond && (distinctBeyond > 0 || nan);
  return {
    observed: [...least.map((value) => shownValue(state, value)), ...(nan ? ["NaN"] : [])],
    holds: !isBeyond && !(demands.nothingMissing && missing.length > 0),
    details,
  };
}
