import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { disagreements } from "./driftAgreement.js";
import type { DriftVector } from "./driftCalls.js";

export { disagreements } from "./driftAgreement.js";
export { driftCalls } from "./driftCalls.js";

// The data lie beside the repository, not in it: where they are missing, the tests say so.
const file = new URL("../../../shared/conformance/drift_vectors.json", import.meta.url);
const present = existsSync(file);
const vectors: DriftVector[] = present ? JSON.parse(readFileSync(file, "utf8")) : [];

if (!present) {
  test.skip(`no reference vectors: ${file.pathname} is not there`, () => undefined);
} else {
  test("there are vectors to agree with", () => {
    expect(vectors.length).toBeGreaterThan(0);
  });
}

for (const vector of vectors) {
  test(vector.name, () => {
    expect(disagreements(vector)).toEqual([]);
  });
}
