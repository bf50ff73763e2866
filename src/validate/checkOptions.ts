import * as z from "zod";
import { parseMoment } from "../columns/moment.js";
import type { Engine } from "../engines/engine.js";
import { ConfigError, didYouMean } from "../errors/index.js";
import { issueText } from "../expectations/unit/check.js";
import { columnRefSchema } from "../expectations/unit/wire.js";
import { FORMATS } from "../io/format.js";
import { bytesOfLimit } from "./memoryLimit.js";
import { quarantineColumnsOf, type ValidateOptions } from "./options.js";

const isFunction = z.custom<(...values: never[]) => unknown>(
  (value) => typeof value === "function",
  "is not a function",
);
const isEngine = z.custom<Engine>(
  (value) => typeof value === "object" && typeof (value as Engine | null)?.run === "function",
  "is no engine",
);
const sink = z.union([
  z.string().min(1),
  z.strictObject({
    file: z.string().min(1),
    publish: z.literal("always").optional(),
    redact: z.literal(true).optional(),
  }),
]);

const optionsSchema = z.strictObject({
  sample: z.int().min(0).max(10_000).optional(),
  keys: z.array(columnRefSchema).optional(),
  redact: z.record(z.string(), z.enum(["hash", "mask", "drop"])).optional(),
  redactKey: z.union([z.string(), z.instanceof(Uint8Array)]).optional(),
  functions: z.record(z.string(), isFunction).optional(),
  baselines: z.looseObject({}).optional(),
  tables: z.record(z.string(), z.unknown()).optional(),
  scalars: z.record(z.string(), z.unknown()).optional(),
  params: z.record(z.string(), z.unknown()).optional(),
  now: z
    .union([z.date(), z.string().refine((text) => parseMoment(text) !== undefined, "is no ISO 8601 moment")])
    .optional(),
  baselineKey: z.union([z.string(), z.instanceof(Uint8Array)]).optional(),
  onDrift: isFunction.optional(),
  sinks: z.strictObject({ accepted: sink.optional(), quarantined: sink.optional() }).optional(),
  keep: z.literal("memory").optional(),
  memoryLimit: z.union([z.number(), z.string()]).optional(),
  spillFolder: z.string().min(1).optional(),
  quarantineColumns: z.strictObject({ row: z.string().optional(), rules: z.string().optional() }).optional(),
  allowUrls: z.boolean().optional(),
  format: z.enum(FORMATS).optional(),
  delimiter: z.string().optional(),
  nullValues: z.array(z.string()).optional(),
  sha256: z.boolean().optional(),
  threads: z.int().min(1).max(64).optional(),
  engine: z.union([z.enum(["arrow", "duckdb", "auto"]), isEngine]).optional(),
  onProgress: isFunction.optional(),
});

/** Refuses an option that isn't one, or a value it can't have. Throws ConfigError with the nearest name. */
export function checkOptions(options: ValidateOptions): void {
  const parsed = optionsSchema.safeParse(options);
  if (parsed.success) {
    checkNames(options);
    checkMemory(options);
    return;
  }
  const choices = Object.keys(optionsSchema.shape);
  const said = parsed.error.issues.map((issue) =>
    issue.code === "unrecognized_keys" && issue.path.length === 0
      ? issue.keys.map((key) => `no option ${JSON.stringify(key)}${didYouMean(key, choices)}`).join("; ")
      : issueText(issue),
  );
  throw new ConfigError("config/bad-value", `validate: ${said.join("; ")}`, { choices });
}

function checkMemory({ memoryLimit, spillFolder }: ValidateOptions): void {
  if (memoryLimit !== undefined) bytesOfLimit(memoryLimit);
  else if (spillFolder !== undefined) {
    throw new ConfigError(
      "config/unsupported-option",
      "validate: spillFolder is for a run with a memoryLimit",
      {
        parameter: "spillFolder",
      },
    );
  }
}

function checkNames(options: ValidateOptions): void {
  const { row, rules } = quarantineColumnsOf(options);
  if (row !== rules) return;
  throw new ConfigError(
    "config/bad-value",
    `validate: quarantineColumns: row and rules are both called ${JSON.stringify(row)}`,
    { parameter: "quarantineColumns", value: row },
  );
}
