import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { runSchemaJson, suiteSchemaJson } from "./schemaText.js";

/** Writes the published JSON Schemas of suites and of results; a test fails while they are stale. */
const into = (name: string) => fileURLToPath(new URL(`../schemas/${name}`, import.meta.url));
writeFileSync(into("suite.schema.json"), suiteSchemaJson());
writeFileSync(into("run.schema.json"), runSchemaJson());
