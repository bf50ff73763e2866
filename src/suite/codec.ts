import { ConfigError, didYouMean, VeritableError } from "../errors/index.js";
import type { Expectation } from "../expectations/unit/expectation.js";
import { make } from "../expectations/unit/make.js";
import { unitOf } from "../expectations/unit/registry.js";
import type { Json } from "../results/json.js";
import { policySchema } from "./policy.js";
import { makeSuite, type Suite } from "./suite.js";

/** A suite as it is stored. */
export interface SuiteJson {
  readonly format: "veritable/suite";
  readonly version: 1;
  readonly name: string;
  readonly expectations: readonly { readonly type: string; readonly [key: string]: unknown }[];
  readonly [policy: string]: unknown;
}

const MOST_EXPECTATIONS = 10_000;
const DEEPEST = 64;
const KEYS = ["$schema", "format", "version", "name", "expectations", ...Object.keys(policySchema.shape)];

/** A suite as plain JSON. */
export function suiteToJson(of: Suite): SuiteJson {
  const { name, expectations, ...policy } = of;
  return {
    format: "veritable/suite",
    version: 1,
    name,
    ...policy,
    expectations: expectations as SuiteJson["expectations"],
  };
}

function refuse(message: string, value: unknown, cause?: unknown): ConfigError {
  return new ConfigError("config/bad-value", message, { value, cause });
}

/** Refuses what no suite needs: keys that could reach a prototype, and nesting without end. */
function checkPlain(value: unknown, path: string, depth: number): void {
  if (depth > DEEPEST) throw refuse(`${path} is nested more than ${DEEPEST} deep`, undefined);
  if (value === null || typeof value !== "object") return;
  for (const key of Object.keys(value)) {
    if (key === "__proto__") throw refuse(`${path} has the key "__proto__", which no suite may have`, key);
    checkPlain((value as Record<string, unknown>)[key], `${path}.${key}`, depth + 1);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function expectationFrom(raw: unknown, at: string): Expectation {
  if (!isObject(raw)) throw refuse(`${at} is not an expectation`, raw);
  const { type, ...rest } = raw;
  if (typeof type !== "string") throw refuse(`${at} has no type`, raw);
  try {
    return make(unitOf(type), rest);
  } catch (error) {
    if (!(error instanceof VeritableError)) throw error;
    throw new ConfigError(error.code, `${at}: ${error.message}`, error.details);
  }
}

/**
 * Reads a suite from plain JSON. Throws ConfigError that names the path inside the suite and the nearest name; nothing
 * of what is read reaches a prototype.
 */
export function suiteFromJson(value: unknown): Suite {
  if (!isObject(value)) throw refuse("a suite is an object with a name and a list of expectations", value);
  checkPlain(value, "suite", 0);
  const { $schema: _, format, version, name, expectations, ...policy } = value;
  if (format !== undefined && format !== "veritable/suite") {
    throw refuse(`format ${JSON.stringify(format)} is not "veritable/suite"`, format);
  }
  if (version !== undefined && version !== 1) {
    throw refuse(`suite version ${JSON.stringify(version)}; this library reads version 1`, version);
  }
  for (const key of Object.keys(value)) {
    if (!KEYS.includes(key))
      throw refuse(`a suite has no ${JSON.stringify(key)}${didYouMean(key, KEYS)}`, key);
  }
  if (!Array.isArray(expectations)) throw refuse("expectations is not a list", expectations);
  if (expectations.length > MOST_EXPECTATIONS) {
    throw refuse(`${expectations.length} expectations; at most ${MOST_EXPECTATIONS} are taken`, undefined);
  }
  const made = expectations.map((raw, i) => expectationFrom(raw, `expectations[${i}]`));
  return makeSuite(name as string, made, policy);
}

const LONGEST_TEXT = 16 * 1024 * 1024;

/** Reads a suite from text: JSON, or YAML (1.2, no custom tags, few aliases). Throws ConfigError. */
export async function suiteFromText(text: string, format: "json" | "yaml"): Promise<Suite> {
  if (text.length > LONGEST_TEXT) throw refuse("a suite of more than 16 MB of text", undefined);
  let value: unknown;
  try {
    if (format === "json") value = JSON.parse(text);
    else {
      const { parse } = await import("yaml");
      value = parse(text, { maxAliasCount: 100, uniqueKeys: true }) as Json;
    }
  } catch (error) {
    throw refuse(
      `not ${format.toUpperCase()}: ${error instanceof Error ? error.message.split("\n")[0] : error}`,
      undefined,
      error,
    );
  }
  return suiteFromJson(value);
}
