import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { runSchemaJson, suiteSchemaJson } from "../scripts/schemaText.js";
import { compileSchema } from "../src/predicates/text/compileSchema.js";
import type { Json } from "../src/results/json.js";
import { LIBRARY_VERSION } from "../src/results/version.js";

const read = (path: string) => readFileSync(fileURLToPath(new URL(path, import.meta.url)), "utf8");

test("the published JSON Schema of suites is fresh (npm run docs writes it)", () => {
  expect(read("../schemas/suite.schema.json")).toBe(suiteSchemaJson());
});

test("the published JSON Schema of suites takes parameters for values, and for nothing else", () => {
  const problemOf = compileSchema(JSON.parse(read("../schemas/suite.schema.json")) as Json);
  const holds = (expectation: object, policy = {}) =>
    problemOf({ name: "s", ...policy, expectations: [expectation] } as Json) === undefined;
  const $param = { $param: "x" };
  const between = { type: "between", column: "qty", min: 1 };
  expect(holds(between)).toBe(true);
  expect(holds({ ...between, max: $param, mostly: $param })).toBe(true);
  expect(
    holds({ ...between, when: { price: { gt: $param } }, tolerate: { fail: { percent: $param } } }),
  ).toBe(true);
  expect(holds({ type: "oneOf", column: "country", values: $param })).toBe(true);
  expect(holds({ type: "oneOf", column: "country", values: ["FR", $param] })).toBe(true);
  expect(holds({ ...between, column: $param })).toBe(false);
  expect(holds({ ...between, id: $param })).toBe(false);
  expect(holds({ ...between, max: { $param: 3 } })).toBe(false);
  expect(holds(between, { quarantine: { failAbove: { percent: 5 } } })).toBe(true);
  expect(holds(between, { quarantine: { failAbove: { percent: $param } } })).toBe(false);
});

test("the published JSON Schema of results is fresh (npm run docs writes it)", () => {
  expect(read("../schemas/run.schema.json")).toBe(runSchemaJson());
});

test("results carry the package's version", () => {
  expect(LIBRARY_VERSION).toBe(JSON.parse(read("../package.json")).version);
});
