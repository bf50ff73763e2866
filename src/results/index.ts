export { parseRun } from "./codec.js";
export type { Json } from "./json.js";
export type { Counts, Outcome, OutcomeRow, OutcomeStatus } from "./outcome.js";
export type { Cooccurrence, Reason, ResultLevel, RunJson, RunStatus, SourceRecord } from "./run.js";
