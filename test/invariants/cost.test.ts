import { makeTable, Table } from "apache-arrow";
import fc from "fast-check";
import {
  between,
  type Expectation,
  increasing,
  oneOf,
  satisfies,
  suite,
  unique,
  uniqueTogether,
  zScoreBelow,
} from "veritable";
import { describe, expect, it } from "vitest";
import { fromTable } from "../../src/io/memorySource.js";
import type { Source } from "../../src/io/source.js";
import { pass } from "../../src/validate/pass.js";
import { setUp } from "../../src/validate/setUp.js";

/** What a run asks of its source and of its functions: its cost, told without a clock. */
interface Cost {
  rows: number;
  calls: number;
}

async function costOf(table: Table, rule: Expectation): Promise<Cost & { readonly failed: number }> {
  const cost: Cost = { rows: 0, calls: 0 };
  const inner = fromTable(table);
  const source: Source = {
    ...inner,
    async *batches(read) {
      for await (const batch of inner.batches(read)) {
        cost.rows += batch.numRows;
        yield batch;
      }
    },
  };
  const isSmall = (qty: unknown) => {
    cost.calls++;
    return Number(qty) < 10;
  };
  const options = { functions: { isSmall } };
  const setup = await setUp(source, suite("cost", [rule]), options);
  const { evidence } = await pass(source, setup, options);
  return { ...cost, failed: evidence!.rule(setup.prepared[0]!.id).tally.failed };
}

const onFail = "quarantine";
const RULES: readonly (readonly [name: string, rule: Expectation, looks: number])[] = [
  ["a range", between("qty", { max: 9 }, { onFail }), 1],
  ["a range behind a condition", between("qty", { max: 9 }, { onFail, when: { key: { gte: 0 } } }), 1],
  ["a set", oneOf("qty", [1, 2, 3], { onFail }), 1],
  ["a function", satisfies(["qty"], { function: "isSmall", onFail }), 1],
  ["the order of rows", increasing("order", { strict: true }), 1],
  ["a key", unique("key", { onFail }), 2],
  ["a key, the first spared", unique("key", { keep: "first", onFail }), 2],
  ["a key of two columns", uniqueTogether(["key", "order"], { onFail }), 2],
  ["the distance from all others", zScoreBelow("qty", 2), 2],
];

/** Rows that break every rule, or none. */
function rowsOf(count: number, isBroken: boolean, batches: number): Table {
  const column = (good: (row: number) => number, bad: (row: number) => number) =>
    Int32Array.from({ length: count }, (_, row) => (isBroken ? bad(row) : good(row)));
  const whole = makeTable({
    qty: column(
      (row) => (row % 3) + 1,
      (row) => 100 + row,
    ),
    key: column(
      (row) => row,
      () => 7,
    ),
    order: column(
      (row) => row,
      () => 7,
    ),
  });
  const [batch] = whole.batches;
  const ends = Array.from({ length: batches }, (_, i) => Math.ceil(((i + 1) * count) / batches));
  return new Table(
    whole.schema,
    ends.map((end, i) => batch!.slice(ends[i - 1] ?? 0, end)),
  );
}

describe("failing every row costs at most a small constant factor over failing none", () => {
  it.each(RULES)("in rows read and functions called: %s", async (_, rule, looks) => {
    const sizes = fc.record({
      count: fc.integer({ min: 40, max: 20_000 }),
      batches: fc.integer({ min: 1, max: 9 }),
    });
    await fc.assert(
      fc.asyncProperty(sizes, async ({ count, batches }) => {
        const none = await costOf(rowsOf(count, false, batches), rule);
        const all = await costOf(rowsOf(count, true, batches), rule);
        expect(none.failed).toBe(0);
        // The first of equal keys is spared, nothing precedes the first row, and few lie far from a mean.
        expect(all.failed).toBeGreaterThan(rule.type === "zScoreBelow" ? -1 : count - 2);
        expect(all.rows).toBeGreaterThanOrEqual(count);
        expect(all.rows).toBeLessThanOrEqual(looks * count);
        expect(all.calls).toBe(none.calls);
      }),
      { numRuns: 6 },
    );
  });
});
