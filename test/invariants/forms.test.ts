import fc from "fast-check";
import { type Run, type Suite, suiteFromJson, suiteFromText, suiteToJson, validate } from "veritable";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { anyCase, GIVEN } from "./anyCase.js";

/** A run's record as bytes, without its clock. */
function bytesOf(run: Run): string {
  const { startedAt: _, durationMs: __, ...json } = run.toJSON({ level: "full" });
  return JSON.stringify(json);
}

describe("one suite gives the same bytes", () => {
  it("from code, JSON and YAML", async () => {
    await fc.assert(
      fc.asyncProperty(anyCase, async ({ table, suite }) => {
        const wanted = bytesOf(await validate(table, suite, GIVEN));
        const json = suiteToJson(suite);
        const forms: readonly Suite[] = [
          suiteFromJson(JSON.parse(JSON.stringify(json))),
          await suiteFromText(JSON.stringify(json), "json"),
          await suiteFromText(stringify(json), "yaml"),
        ];
        for (const form of forms) expect(bytesOf(await validate(table, form, GIVEN))).toBe(wanted);
      }),
      { numRuns: 60 },
    );
  });
});
