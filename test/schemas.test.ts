import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { runSchemaJson, suiteSchemaJson } from "../scripts/schemaText.js";
import { LIBRARY_VERSION } from "../src/results/version.js";

const read = (path: string) => readFileSync(fileURLToPath(new URL(path, import.meta.url)), "utf8");

test("the published JSON Schema of suites is fresh (npm run docs writes it)", () => {
  expect(read("../schemas/suite.schema.json")).toBe(suiteSchemaJson());
});

test("the published JSON Schema of results is fresh (npm run docs writes it)", () => {
  expect(read("../schemas/run.schema.json")).toBe(runSchemaJson());
});

test("results carry the package's version", () => {
  expect(LIBRARY_VERSION).toBe(JSON.parse(read("../package.json")).version);
});
