import { isMasked } from "../columns/columnUse.js";
import type { Step } from "../plan/evidence.js";
import type { MetricRequest } from "../plan/request.js";

/** The step of the evidence ladder that some states come from: counts are metadata (where no value counts as null),
 * a condition reads each row. */
export function metricsStep(metrics: readonly MetricRequest[]): Step {
  if (metrics.some(({ where }) => where !== undefined)) return "rows";
  const isCounted = ({ state, column }: MetricRequest) =>
    state === "count" && (column === undefined || !isMasked(column));
  return metrics.every(isCounted) ? "metadata" : "summary";
}
