import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type RecordBatch, Table, tableFromArrays } from "apache-arrow";
import fc from "fast-check";
import {
  between,
  EngineError,
  type Expectation,
  klDivergenceBelow,
  minBetween,
  notNull,
  nullFraction,
  type Run,
  type SourceInput,
  type Suite,
  stdevBetween,
  suite,
  validate,
} from "veritable";
import { afterEach, describe, expect, it, vi } from "vitest";
import { gatherBatch } from "../../../src/columns/gather.js";
import { CrewMember } from "../../../src/engines/arrow/threads/crewMember.js";
import { JudgeThread } from "../../../src/engines/arrow/threads/judgeThread.js";
import { openParquetSink } from "../../../src/io/parquetSink.js";
import { anyTable } from "../../../src/testing/arbitraries.js";
import { anyExpectation } from "../duckdb/anyExpectation.js";

const ROWS = 300_000;

/** A table of many rows: those of some batches again and again, in batches of about so many. */
function repeated(table: Table, batchRows: number, most = ROWS): Table {
  const long = table.batches
    .filter(({ numRows }) => numRows > 0)
    .map((batch) => {
      const times = Math.ceil(batchRows / batch.numRows);
      return gatherBatch(
        batch,
        Int32Array.from({ length: 2 * times }, (_, i) => (i & 1) * batch.numRows),
      );
    });
  const batches: RecordBatch[] = [];
  for (let rows = 0; long.length > 0 && rows < most; ) {
    const next = long[batches.length % long.length]!;
    batches.push(next);
    rows += next.numRows;
  }
  return new Table(table.schema, batches);
}

async function found(source: SourceInput, of: Suite, threads: number) {
  const run = await validate(source, of, { threads, sample: 5 });
  const { startedAt: _, durationMs: __, ...json } = run.toJSON({ level: "full" });
  const moved = (await run.quarantined.table()).getChild("_row")?.toArray();
  await run.close();
  return { json, moved };
}

/** Validates until a thread has come and takes rows of a run; how that run ends. */
async function sharedRun(table: Table, of: Suite): Promise<Run> {
  const give = vi.spyOn(CrewMember.prototype, "giveRows");
  for (;;) {
    try {
      const run = await validate(table, of, { threads: 2 });
      if (give.mock.calls.length > 0) return run;
    } finally {
      if (give.mock.calls.length > 0) give.mockRestore();
    }
  }
}

const numbers = repeated(tableFromArrays({ n: Float64Array.from({ length: 1000 }, (_, i) => i) }), 50_000);
const upTo = (max: number) => suite("numbers", [between("n", { max })]);

afterEach(() => {
  vi.restoreAllMocks();
});

describe("threads that judge a table", () => {
  it("find out the same, to the bit, however many they are", async () => {
    await sharedRun(numbers, upTo(998));
    const give = vi.spyOn(CrewMember.prototype, "giveRows");
    const cases = anyTable({ maxRows: 20, maxBatches: 3 }).chain((table) =>
      fc.tuple(
        fc.constant(table),
        fc.constantFrom(3_000, 10_000, 65_536, 150_000),
        fc.array(anyExpectation(table), { minLength: 1, maxLength: 6 }),
      ),
    );
    await fc.assert(
      fc.asyncProperty(cases, async ([few, batchRows, expectations]) => {
        const table = repeated(few, batchRows);
        const of = suite("any", expectations as Expectation[], { allowEmpty: true });
        const alone = await found(table, of, 1);
        expect(await found(table, of, 2)).toEqual(alone);
        expect(await found(table, of, 3)).toEqual(alone);
      }),
      { numRuns: 25 },
    );
    // Agreement of one thread with itself would prove nothing; how often the others were there in time is the machine's.
    expect(give.mock.calls.length).toBeGreaterThan(10);
  });

  it("gather parts of every state that can be divided", async () => {
    const weights = [0.2, 0.3, 0.5];
    const all = suite("states", [
      nullFraction("n", { max: 0 }),
      minBetween("n", { min: 1 }),
      stdevBetween("n", { max: 1 }),
      klDivergenceBelow("n", { bins: [0, 10, 100, 1000], weights }, 0),
      klDivergenceBelow("n", { bins: [0, 500, 1000], weights: [0.5, 0.5] }, 0, { when: { n: { lt: 600 } } }),
    ]);
    const alone = await found(numbers, all, 1);
    const shared = await sharedRun(numbers, all);
    expect(shared.outcomes).toEqual(alone.json.outcomes);
    expect(alone.json.outcomes.map(({ status }) => status)).toEqual(["pass", "fail", "fail", "fail", "fail"]);
  });

  it("find out the same of row groups that they read by themselves", async () => {
    await sharedRun(numbers, upTo(998));
    const give = vi.spyOn(CrewMember.prototype, "giveRowGroup");
    const path = join(await mkdtemp(join(tmpdir(), "veritable-threads-")), "any.parquet");
    const cases = anyTable({ maxRows: 20, maxBatches: 2 }).chain((table) =>
      fc.tuple(
        fc.constant(table),
        // Whole blocks, or none that is.
        fc.constantFrom(8_192, 10_000),
        fc.array(anyExpectation(table), { minLength: 1, maxLength: 6 }),
      ),
    );
    await fc.assert(
      fc.asyncProperty(cases, async ([few, rowGroupRows, expectations]) => {
        const table = repeated(few, 30_000, 90_000);
        const sink = await openParquetSink(path, table.schema, { rowGroupRows });
        for (const batch of table.batches) await sink.write(batch);
        await sink.commit();
        const of = suite("any", expectations as Expectation[], { allowEmpty: true });
        const alone = await found(path, of, 1);
        expect(await found(path, of, 2)).toEqual(alone);
        expect(await found(path, of, 3)).toEqual(alone);
      }),
      { numRuns: 25 },
    );
    await rm(dirname(path), { recursive: true });
    expect(give.mock.calls.length).toBeGreaterThan(10);
  });

  it("end the run with an error when one of them fails", async () => {
    const { tell } = JudgeThread.prototype;
    vi.spyOn(JudgeThread.prototype, "tell").mockImplementation(function (this: JudgeThread, order) {
      // Rows whose column isn't there can't be judged.
      tell.call(this, order.order === "rows" ? { ...order, columns: [null as never] } : order);
    });
    await expect(sharedRun(numbers, upTo(998))).rejects.toThrow(EngineError);
    vi.restoreAllMocks();
    // The next run begins anew.
    const run = await sharedRun(numbers, upTo(998));
    expect(run.outcomes[0]?.counts?.failed).toBe(300);
  });

  it("aren't called for what takes no look at values", async () => {
    const lend = vi.spyOn(JudgeThread, "lend");
    await validate(numbers, suite("present", [notNull("n")]), { threads: 2 });
    await validate(numbers.slice(0, 1000), upTo(998), { threads: 2 });
    expect(lend).not.toHaveBeenCalled();
  });
});
