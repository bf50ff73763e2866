import type { Source } from "../../io/source.js";
import { makePlan, type Plan } from "../../plan/plan.js";
import { type Foreseen, foresee, type RunOptions } from "../arrow/run.js";

/** What of a plan takes rows, given what the source's footer settles. */
export interface OpenParts {
  readonly plan: Plan;
  readonly foreseen: Foreseen;
}

/** Leaves out of a plan what the footer of its source settles: nobody has to decode anything for it. */
export function openParts(plan: Plan, source: Source, options: RunOptions): OpenParts {
  const foreseen = foresee(plan, source, options);
  const metrics = plan.metrics.filter((request) => foreseen.isGathered(request));
  const rules = plan.rules.filter(({ id }) => foreseen.isOpen(id));
  return { plan: makePlan(source.schema, metrics, rules, options.keys), foreseen };
}
