import type { Source } from "../../io/source.js";
import { makePlan, type Plan } from "../../plan/plan.js";
import { foresee, type RunOptions } from "../arrow/run.js";

/** The plan without what the footer of its source settles: nobody has to decode anything for that. */
export function openParts(plan: Plan, source: Source, options: RunOptions): Plan {
  const foreseen = foresee(plan, source, options);
  const metrics = plan.metrics.filter((request) => foreseen.isGathered(request));
  const rules = plan.rules.filter(({ id }) => foreseen.isOpen(id));
  return makePlan(source.schema, metrics, rules, options.keys);
}
