import { dereference, type Schema, type SchemaDraft, Validator } from "@cfworker/json-schema";
import { ConfigError } from "../../errors/index.js";
import type { Json } from "../../results/json.js";
import type { SchemaTest } from "./jsonTest.js";

const DRAFTS: readonly (readonly [name: RegExp, draft: SchemaDraft])[] = [
  [/draft-04\//, "4"],
  [/draft-0[67]\//, "7"],
  [/2019-09\//, "2019-09"],
];

function draftOf(schema: Json): SchemaDraft {
  const named = String((schema as { $schema?: Json } | null)?.$schema ?? "");
  return DRAFTS.find(([name]) => name.test(named))?.[1] ?? "2020-12";
}

function problem(message: string): ConfigError {
  return new ConfigError("config/bad-value", `JSON Schema: ${message}`, { parameter: "schema" });
}

/** The validator finds a reference that leads nowhere only when a value gets there, which is too late. */
function checkReferences(schema: Schema | boolean): ReturnType<typeof dereference> {
  const known = dereference(schema);
  for (const part of Object.values(known)) {
    const { $ref, __absolute_ref__: target } = typeof part === "object" ? part : {};
    if (
      target !== undefined &&
      known[target] === undefined &&
      known[target.replace(/#$/, "")] === undefined
    ) {
      throw problem(`$ref ${JSON.stringify($ref)} leads nowhere inside it, and nothing is fetched`);
    }
  }
  return known;
}

function checkPatterns(known: ReturnType<typeof dereference>): void {
  for (const part of Object.values(known)) {
    if (typeof part !== "object") continue;
    const patterns = [part.pattern, ...Object.keys(part.patternProperties ?? {})];
    for (const pattern of patterns.filter((text) => text !== undefined)) new RegExp(pattern, "u");
  }
}

/**
 * Makes a JSON Schema ready to test values: the draft that `$schema` names (4, 6 and 7, 2019-09), else 2020-12. Throws
 * ConfigError for a reference that leads nowhere, a pattern that is none, and a schema that contradicts itself.
 */
export function compileSchema(schema: Json): SchemaTest {
  // The validator writes into the schema, and a suite's is frozen.
  const own = structuredClone(schema) as Schema | boolean;
  let validator: Validator;
  try {
    checkPatterns(checkReferences(own));
    validator = new Validator(own, draftOf(schema), true);
  } catch (error) {
    throw error instanceof ConfigError
      ? error
      : problem(error instanceof Error ? error.message : String(error));
  }
  return (value) => {
    const { valid, errors } = validator.validate(value);
    if (valid) return undefined;
    // The last error is the innermost: the others say that something inside is wrong.
    const deepest = errors.at(-1);
    return deepest ? `${deepest.instanceLocation} breaks "${deepest.keyword}"` : "breaks the schema";
  };
}
