import { makeTable } from "apache-arrow";
import fc from "fast-check";
import { between, notOneOf, suite, unique, validate } from "veritable";
import { toGreatExpectations } from "veritable/interop";
import { describe, expect, it } from "vitest";

const rules = suite("size", [
  between("qty", { max: 0 }),
  unique("qty", { onFail: "quarantine" }),
  notOneOf("id", [-1], { when: { qty: { lt: 0 } } }),
  between("id", { max: -1 }, { tolerate: { warn: { rows: 1 } }, onFail: "quarantine" }),
]);

/** A run over `rows` rows of which `failing` break the rules, and its length as JSON. */
async function sized(rows: number, failing: number, sample: number) {
  const qty = Int32Array.from({ length: rows }, (_, row) => (row < failing ? 1 : -row));
  const id = Int32Array.from({ length: rows }, (_, row) => (row < failing ? row : -1 - row));
  const run = await validate(makeTable({ qty, id }), rules, { sample, keys: ["id"] });
  const { durationMs: _, startedAt: __, ...json } = run.toJSON({ level: "full" });
  const gx = toGreatExpectations(run, { resultFormat: "COMPLETE" });
  return { run, bytes: JSON.stringify(json).length, gxBytes: JSON.stringify(gx.results).length };
}

// Digits of counts and of row numbers, and the values of a few rows more.
const SLACK = 400;

describe("a result's size is bounded by sample", () => {
  it("whatever the failure rate, and totals stay exact", async () => {
    const sizes = fc.record({ failing: fc.integer({ min: 100, max: 20_000 }), sample: fc.nat({ max: 60 }) });
    await fc.assert(
      fc.asyncProperty(sizes, async ({ failing, sample }) => {
        const [few, many] = [await sized(20_000, 99, sample), await sized(20_000, failing, sample)];
        expect(many.bytes).toBeLessThan(few.bytes + SLACK + 20 * sample);
        expect(many.gxBytes).toBeLessThan(few.gxBytes + SLACK + 40 * sample);
        for (const { sample: shown, counts } of many.run.outcomes.filter(({ counts }) => counts?.failed)) {
          expect(shown).toMatchObject({ total: counts!.failed, truncated: failing > sample });
          expect(shown!.items).toHaveLength(Math.min(sample, failing));
        }
        expect(many.run.outcomes.map(({ counts }) => counts!.failed)).toEqual([failing, failing, 0, failing]);
        expect(many.run.quarantined.rows).toBe(failing);
      }),
      { numRuns: 12 },
    );
  });
});
