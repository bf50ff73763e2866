import fc from "fast-check";
import { validate } from "veritable";
import { checkSplit } from "veritable/testing";
import { describe, expect, it } from "vitest";
import { anyCase, GIVEN } from "./anyCase.js";

describe("accepted and quarantined rows are the input", () => {
  it("for every mix of filters, groups, keys and functions, empty and all-null columns", async () => {
    await fc.assert(
      fc.asyncProperty(anyCase, ({ table, suite }) => checkSplit(table, suite, GIVEN)),
      { numRuns: 200 },
    );
  });

  it("by number: every row stands on one side, once", async () => {
    await fc.assert(
      fc.asyncProperty(anyCase, async ({ table, suite }) => {
        const run = await validate(table, suite, GIVEN);
        const moved = [...(await run.quarantined.table())].map(({ _row }) => Number(_row));
        expect(moved).toEqual([...new Set(moved)].sort((a, b) => a - b));
        expect((await run.accepted.table()).numRows + moved.length).toBe(table.numRows);
        expect([run.accepted.rows, run.quarantined.rows]).toEqual([
          table.numRows - moved.length,
          moved.length,
        ]);
        const { accepted, quarantined, rows } = run.toJSON();
        expect(accepted!.rows! + quarantined!.rows!).toBe(rows);
      }),
      { numRuns: 100 },
    );
  });
});
