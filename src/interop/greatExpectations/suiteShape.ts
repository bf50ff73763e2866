import * as z from "zod";
import { ConfigError } from "../../errors/index.js";
import { issueText } from "../../expectations/unit/check.js";
import { type Json, jsonSchema } from "../../results/json.js";

const record = z.record(z.string(), jsonSchema);

const configShape = z
  .object({
    type: z.string().optional(),
    expectation_type: z.string().optional(),
    kwargs: record.nullish(),
    meta: record.nullish(),
    id: z.string().nullish(),
    severity: z.enum(["critical", "warning", "info"]).nullish(),
    description: z.string().nullish(),
    notes: z.union([z.string(), z.array(z.string())]).nullish(),
  })
  .loose();

const suiteShape = z
  .object({
    name: z.string().optional(),
    expectation_suite_name: z.string().optional(),
    expectations: z.array(configShape).max(10_000),
  })
  .loose();

/** One expectation of a suite of Great Expectations, whichever version wrote it. */
export interface GxConfig {
  readonly type: string;
  readonly kwargs: Readonly<Record<string, Json>>;
  readonly meta: Readonly<Record<string, Json>>;
  readonly id: string | undefined;
  readonly severity: "critical" | "warning" | "info" | undefined;
  readonly description: string | undefined;
}

/** A suite of Great Expectations. */
export interface GxSuite {
  readonly name: string;
  readonly expectations: readonly GxConfig[];
}

function problem(message: string, value?: unknown): ConfigError {
  return new ConfigError("config/bad-value", `no suite of Great Expectations: ${message}`, { value });
}

/** Reads the outer form of a suite of GX 1.x or 0.18. Throws ConfigError that names the path. */
export function readGxSuite(json: unknown): GxSuite {
  const parsed = suiteShape.safeParse(json);
  if (!parsed.success) throw problem(issueText(parsed.error.issues[0]!));
  const { name, expectation_suite_name: oldName, expectations } = parsed.data;
  return {
    name: name ?? oldName ?? "",
    expectations: expectations.map((config, i): GxConfig => {
      const type = config.type ?? config.expectation_type;
      if (type === undefined)
        throw problem(`expectations[${i}] has neither type nor expectation_type`, config);
      return {
        type,
        kwargs: config.kwargs ?? {},
        meta: config.meta ?? {},
        id: config.id ?? undefined,
        severity: config.severity ?? undefined,
        description: config.description ?? undefined,
      };
    }),
  };
}

/** A name that a suite may have here: what it can't hold becomes an underscore. */
export function suiteNameOf(name: string): string {
  const plain = name.replace(/[^A-Za-z0-9._-]/g, "_").replace(/^[^A-Za-z0-9]+/, "");
  return plain.slice(0, 100) || "greatExpectations";
}
