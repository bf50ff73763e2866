import type { Step } from "../plan/evidence.js";
import type { MetricRequest } from "../plan/request.js";

/** The step of the evidence ladder that some states come from: counts are metadata, a condition reads each row. */
export function metricsStep(metrics: readonly MetricRequest[]): Step {
  if (metrics.some(({ where }) => where !== undefined)) return "rows";
  return metrics.every(({ state }) => state === "count") ? "metadata" : "summary";
}
