import * as z from "zod";
import { jsonSchema } from "./json.js";

/** Where an outcome stands. `error`: it could not be evaluated. `skipped`: it was not asked, for a reason. */
export const outcomeStatus = z.enum(["pass", "warn", "fail", "error", "skipped"]);
export type OutcomeStatus = z.infer<typeof outcomeStatus>;

/** Rows of one expectation: rows = excluded + ignored + nan + nulls + judged. */
export const counts = z.strictObject({
  rows: z.int().nonnegative(),
  excluded: z.int().nonnegative().describe("rows for which `when` isn't true"),
  ignored: z.int().nonnegative().describe("rows left out by `ignoreRowIf`"),
  nan: z.int().nonnegative().describe("rows left out for holding NaN"),
  nulls: z.int().nonnegative().describe("rows left out for holding no value"),
  judged: z.int().nonnegative(),
  failed: z.int().nonnegative(),
});
export type Counts = z.infer<typeof counts>;

/** One failing row; `row` counts from 0 in the source. */
export const sampledRow = z.strictObject({
  row: z.int().nonnegative(),
  values: z.record(z.string(), jsonSchema),
  keys: z.record(z.string(), jsonSchema).optional(),
  reason: z.string().optional(),
});
export type OutcomeRow = z.infer<typeof sampledRow>;

/** The first failing rows, how many there are in all, and whether these are fewer. */
export const sample = z.strictObject({
  items: z.array(sampledRow),
  total: z.int().nonnegative(),
  truncated: z.boolean(),
});

/** The steps of the evidence ladder, cheapest first. */
export const evidenceStep = z.enum(["metadata", "summary", "dictionary", "rows"]);

/** What came of one expectation. */
export const outcome = z.strictObject({
  id: z.string(),
  type: z.string(),
  status: outcomeStatus,
  columns: z.array(z.string()),
  expected: z.string().describe("what must hold, as a sentence"),
  message: z.string().describe("what was found, as a sentence"),
  description: z.string().optional(),
  tags: z.array(z.string()).optional(),
  meta: z.record(z.string(), jsonSchema).optional(),
  onFail: z.enum(["fail", "warn", "quarantine"]),
  counts: counts.optional(),
  failedFraction: z.number().nullable().optional().describe("failed / judged"),
  crossed: z
    .array(z.enum(["warn", "fail"]))
    .optional()
    .describe("thresholds of `tolerate` that were crossed"),
  policy: z
    .strictObject({
      nulls: z.enum(["skip", "fail", "count"]).optional(),
      nan: z.enum(["fail", "skip", "null"]).optional(),
      onEmpty: z.enum(["pass", "fail", "skip"]).optional(),
    })
    .optional(),
  missing: z
    .int()
    .nonnegative()
    .optional()
    .describe("values (of a row rule: rows) that counted as null because the option `missing` lists them"),
  observed: jsonSchema.optional(),
  details: jsonSchema.optional(),
  sample: sample.optional(),
  evidence: evidenceStep.optional().describe("the costliest step of the ladder that was needed"),
  error: z.strictObject({ code: z.string(), message: z.string() }).optional(),
  expectation: z.record(z.string(), jsonSchema).optional().describe("the expectation in stored form"),
});
export type Outcome = z.infer<typeof outcome>;
