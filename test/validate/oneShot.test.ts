import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RecordBatch } from "apache-arrow";
import {
  between,
  ConfigError,
  InputError,
  meanBetween,
  notNull,
  suite,
  unique,
  validate,
  zScoreBelow,
} from "veritable";
import { afterAll, describe, expect, it } from "vitest";
import { tableOf } from "../../src/testing/plainTable.js";

const folder = mkdtempSync(join(tmpdir(), "veritable-one-shot-"));
afterAll(() => rmSync(folder, { recursive: true }));

const table = tableOf({
  id: { type: "int64", values: [1, 2, 2, 3, 3, 3] },
  qty: { type: "int32", values: [1, 2, 3, 400, null, 6] },
});

/** Batches that can be had once, and how far that has come. */
class Counted implements AsyncIterable<RecordBatch> {
  pulled = 0;
  ended = false;

  async *[Symbol.asyncIterator](): AsyncGenerator<RecordBatch> {
    try {
      for (let row = 0; row < table.numRows; row += 2) {
        this.pulled++;
        yield table.batches[0]!.slice(row, row + 2);
      }
    } finally {
      this.ended = true;
    }
  }
}

const quarantine = { onFail: "quarantine" } as const;
const moves = suite("moves", [between("qty", { max: 100 }, quarantine)]);
const looksTwice = suite("twice", [unique("id", quarantine)]);
const looksOnce = suite("once", [unique("id", { ...quarantine, keep: "first" })]);
const counts = suite("counts", [
  notNull("qty", { onFail: "warn" }),
  meanBetween("id", { max: 3 }),
  unique("id", { onFail: "warn" }),
]);

async function rowsIn(side: { table(): Promise<{ getChild(name: string): unknown }> }): Promise<number[]> {
  return Array.from((await side.table()).getChild("id") as Iterable<bigint>, Number);
}

describe("a source that can be read once", () => {
  it("is refused before it is read where rows would be lost", async () => {
    const source = new Counted();
    await expect(validate(source, moves)).rejects.toMatchObject({
      code: "config/needs-second-read",
      message: expect.stringMatching(/quarantined rows would be lost; give sinks, or keep: "memory"/),
    });
    // The first batch tells what the columns are.
    expect([source.pulled, source.ended]).toEqual([1, true]);
  });

  it("is refused before it is read where a second look is needed, sinks or not", async () => {
    const sinks = { accepted: join(folder, "a.arrow"), quarantined: join(folder, "q.arrow") };
    for (const options of [{}, { sinks }]) {
      const source = new Counted();
      const refused = validate(source, looksTwice, options);
      await expect(refused).rejects.toThrow(ConfigError);
      await expect(refused).rejects.toThrow(/unique\(id\) can tell its failing rows only by a second look/);
      expect([source.pulled, source.ended]).toEqual([1, true]);
    }
    expect(readdirSync(folder)).toEqual([]);
  });

  it("is refused before it is read where rows are measured by all others", async () => {
    const source = new Counted();
    const scaled = suite("scaled", [zScoreBelow("qty", 3, { onFail: "warn" })]);
    await expect(validate(source, scaled)).rejects.toMatchObject({ code: "config/needs-second-read" });
    expect([source.pulled, source.ended]).toEqual([1, true]);
    const kept = await validate(new Counted(), scaled, { keep: "memory" });
    expect(kept.outcomes).toEqual((await validate(table, scaled)).outcomes);
  });

  it("is refused where only the accepted rows have a place to go", async () => {
    const source = new Counted();
    const sinks = { accepted: join(folder, "a.arrow") };
    await expect(validate(source, moves, { sinks })).rejects.toThrow(/quarantined rows would be lost/);
    expect([source.pulled, source.ended, readdirSync(folder)]).toEqual([1, true, []]);
  });

  it("is read once, and told from its files, when sinks are given", async () => {
    const source = new Counted();
    const sinks = { accepted: join(folder, "ok.arrow"), quarantined: join(folder, "bad.arrow") };
    const run = await validate(source, moves, { sinks });
    expect([run.status, source.pulled, source.ended]).toEqual(["warn", 3, true]);
    expect(await rowsIn(run.accepted)).toEqual([1, 2, 2, 3, 3]);
    expect(await rowsIn(run.quarantined)).toEqual([3]);
    expect(run.accepted.file).toBe(sinks.accepted);
  });

  it("is read once where the first of equal keys is spared", async () => {
    const source = new Counted();
    const sinks = { accepted: join(folder, "first.arrow"), quarantined: join(folder, "others.arrow") };
    const run = await validate(source, looksOnce, { sinks });
    expect([await rowsIn(run.accepted), await rowsIn(run.quarantined), source.pulled]).toEqual([
      [1, 2, 3],
      [2, 3, 3],
      3,
    ]);
  });

  it("is pulled once and looked at twice when it is kept", async () => {
    const source = new Counted();
    const run = await validate(source, looksTwice, { keep: "memory" });
    expect([run.status, source.pulled]).toEqual(["warn", 3]);
    expect([await rowsIn(run.accepted), await rowsIn(run.quarantined)]).toEqual([[1], [2, 2, 3, 3, 3]]);
    expect([await rowsIn(run.accepted), await rowsIn(run.quarantined)]).toEqual([[1], [2, 2, 3, 3, 3]]);
    expect(source.pulled).toBe(3);
  });

  it("is judged like any other where no row is moved, and its rows are gone afterwards", async () => {
    const source = new Counted();
    const run = await validate(source, counts);
    const whole = await validate(table, counts);
    expect(run.outcomes.map(({ counts, status }) => [counts, status])).toEqual(
      whole.outcomes.map(({ counts, status }) => [counts, status]),
    );
    expect([run.rows, run.accepted.rows, source.pulled]).toEqual([6, 6, 3]);
    await expect(run.accepted.table()).rejects.toThrow(/can't be read again, so its accepted rows are gone/);
  });

  it("is let go of when the run is closed", async () => {
    const source = new Counted();
    const run = await validate(source, looksTwice, { keep: "memory" });
    await run.close();
    await run.close();
    await expect(run.accepted.table()).rejects.toThrow(InputError);
  });

  it("can't be given twice", async () => {
    const source = new Counted()[Symbol.asyncIterator]();
    await validate(source, counts);
    await expect(validate(source, counts)).rejects.toThrow(InputError);
  });

  it("is let go of when the suite can't be run on it", async () => {
    const source = new Counted();
    await expect(validate(source, counts, { keys: ["idd"] })).rejects.toThrow(/did you mean "id"/);
    expect([source.pulled, source.ended]).toEqual([1, true]);
  });
});
