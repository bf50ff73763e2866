import { ConfigError } from "../errors/index.js";
import type { Reason, Sample } from "./result.js";

/** Throws a ConfigError unless the two vectors have one entry per level each. */
export function demandSameLevels(unit: string, reference: Sample, current: Sample): void {
  if (reference.length === current.length) return;
  throw new ConfigError(
    "config/bad-value",
    `${unit}: reference has ${reference.length} levels and current ${current.length}; both must list the same levels, in one order`,
    { unit, parameter: "current", value: current.length },
  );
}

/** Why a vector of counts, weights or probabilities can't be used, if it can't. */
export function countFlaw(counts: Sample): Reason | undefined {
  if (counts.length === 0) return "empty";
  let total = 0;
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i]!;
    if (Number.isNaN(count)) return "not-a-number";
    if (!Number.isFinite(count)) return "not-finite";
    if (count < 0) return "negative-weight";
    total += count;
  }
  if (!Number.isFinite(total)) return "overflow";
  return total > 0 ? undefined : "zero-total";
}

/** The sum of a vector of counts. */
export function totalOf(counts: Sample): number {
  let total = 0;
  for (let i = 0; i < counts.length; i++) total += counts[i]!;
  return total;
}
