import * as z from "zod";
import { jsonSchema } from "./json.js";
import { outcome, type outcomeStatus } from "./outcome.js";

/** Where a run stands. */
export const runStatus = z.enum(["pass", "warn", "fail", "error"]);
export type RunStatus = z.infer<typeof runStatus>;

/** What beyond an outcome set the status. */
export const reason = z.strictObject({
  kind: z.enum(["emptyInput", "quarantineBudget", "input", "sink", "nothingEvaluated"]),
  status: z.enum(["warn", "fail", "error"]),
  message: z.string(),
});
export type Reason = z.infer<typeof reason>;

/** Where the rows came from, as far as it can be told later. */
export const sourceRecord = z.strictObject({
  kind: z.enum(["memory", "stream", "arrow", "parquet", "csv", "jsonl", "duckdb"]),
  path: z.string().optional(),
  bytes: z.int().nonnegative().optional(),
  modified: z.string().optional(),
  footerHash: z.string().optional(),
  sha256: z.string().optional(),
  notes: z.array(z.string()).optional(),
});
export type SourceRecord = z.infer<typeof sourceRecord>;

/** How many rows broke exactly this set of rules. */
export const cooccurrence = z.strictObject({ rules: z.array(z.string()), rows: z.int().positive() });
export type Cooccurrence = z.infer<typeof cooccurrence>;

/** How much of a source in row groups was read to judge it, second looks aside; bytes are as they are stored. */
export const readRecord = z.strictObject({
  rowGroups: z.int().nonnegative(),
  rowGroupsTotal: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
  bytesTotal: z.int().nonnegative(),
});

/** How much of a run a JSON holds. */
export const resultLevel = z.enum(["status", "counts", "sample", "full"]);
export type ResultLevel = z.infer<typeof resultLevel>;

const split = z.strictObject({ rows: z.int().nonnegative(), file: z.string().optional() });

/** A saved run: format, version, and what came of it. */
export const runJson = z.strictObject({
  format: z.literal("veritable/run"),
  version: z.literal(1),
  level: resultLevel,
  library: z.string(),
  status: runStatus,
  suite: z.strictObject({ name: z.string(), hash: z.string(), description: z.string().optional() }),
  reasons: z.array(reason),
  summary: z.strictObject({
    expectations: z.int().nonnegative(),
    pass: z.int().nonnegative(),
    warn: z.int().nonnegative(),
    fail: z.int().nonnegative(),
    error: z.int().nonnegative(),
    skipped: z.int().nonnegative(),
  }),
  rows: z.int().nonnegative().nullable().describe("rows of the source; null when they could not be counted"),
  accepted: split.optional(),
  quarantined: split.optional(),
  outcomes: z.array(outcome.partial().required({ id: true, type: true, status: true })),
  cooccurrence: z
    .strictObject({ sets: z.array(cooccurrence), total: z.int().nonnegative(), truncated: z.boolean() })
    .optional(),
  startedAt: z.string(),
  durationMs: z.number().nonnegative(),
  engine: z.string().describe("arrow, duckdb, or both as duckdb+arrow"),
  engineReason: z.string().optional().describe("why it was this engine, where somebody had to choose"),
  source: sourceRecord,
  read: readRecord
    .optional()
    .describe("row groups and stored bytes read to judge a Parquet file; its footer told the rest"),
  metrics: z.record(z.string(), z.array(z.string())).optional().describe("states gathered, by column"),
  drift: z
    .array(z.strictObject({ id: z.string(), baseline: z.string(), report: jsonSchema }))
    .optional()
    .describe("whole reports of the comparisons with baselines that expectations asked for"),
  sampleLimit: z.int().nonnegative().optional(),
  parameters: jsonSchema.optional(),
});
export type RunJson = z.infer<typeof runJson>;

/** Statuses from best to worst; `skipped` doesn't count. */
const RANK = { skipped: -1, pass: 0, warn: 1, fail: 2, error: 3 } as const;

/** The worst of some statuses, or undefined when none of them counts. */
export function worst(statuses: Iterable<z.infer<typeof outcomeStatus>>): RunStatus | undefined {
  let found: RunStatus | undefined;
  for (const status of statuses) {
    if (status !== "skipped" && (found === undefined || RANK[status] > RANK[found])) found = status;
  }
  return found;
}
