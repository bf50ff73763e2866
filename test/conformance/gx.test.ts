import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { disagreements, type GxCase } from "./gxAgreement.js";
import { KNOWN_DIFFERENCES } from "./gxDifferences.js";

// The data lie beside the repository, not in it: where they are missing, the tests say so.
const file = new URL("../../../shared/conformance/gx.json", import.meta.url);
const present = existsSync(file);
const cases: GxCase[] = present ? JSON.parse(readFileSync(file, "utf8")) : [];

if (!present) {
  test.skip(`no cases of Great Expectations: ${file.pathname} is not there`, () => undefined);
} else {
  test("there are cases to agree with, and few differences", () => {
    expect(cases.length).toBeGreaterThan(0);
    expect(KNOWN_DIFFERENCES.size).toBeLessThanOrEqual(15);
  });
}

for (const [nth, one] of cases.entries()) {
  const reason = KNOWN_DIFFERENCES.get(one.id);
  test(`${nth}: ${one.id}${reason === undefined ? "" : ` differs: ${reason}`}`, async () => {
    const found = await disagreements(one);
    // A difference that is gone has to leave the list.
    if (reason !== undefined) expect(found).not.toEqual([]);
    else expect(found).toEqual([]);
  });
}
