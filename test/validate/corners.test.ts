import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tableFromArrays } from "apache-arrow";
import { expect, test } from "vitest";
import { ConfigError } from "../../src/errors/index.js";
import { between, unique, zScoreBelow } from "../../src/expectations/index.js";
import type { Condition } from "../../src/expectations/unit/condition.js";
import { percent } from "../../src/expectations/unit/options.js";
import { fromTable } from "../../src/io/memorySource.js";
import type { Source } from "../../src/io/source.js";
import { suiteFromJson, suiteToJson } from "../../src/suite/codec.js";
import { suite } from "../../src/suite/suite.js";
import { lint } from "../../src/validate/lint.js";
import { pass } from "../../src/validate/pass.js";
import { revalidate } from "../../src/validate/revalidate.js";
import { setUp } from "../../src/validate/setUp.js";
import { validate } from "../../src/validate/validate.js";

test("ids with line ends in them stay apart in _rules", async () => {
  const moves = (id: string, row: number) =>
    between("a", { max: 0 }, { id, onFail: "quarantine", when: { a: { eq: row } } });
  const rules = [moves("x", 1), moves("y", 1), moves("x\ny", 2)];
  const run = await validate(tableFromArrays({ a: Int32Array.of(1, 2) }), suite("s", rules));
  const moved = await run.quarantined.table();
  expect([...moved].map((row) => [...row._rules])).toEqual([["x", "y"], ["x\ny"]]);
});

test("a quarantine of exactly its budget is within it", async () => {
  const table = tableFromArrays({ a: Int32Array.from({ length: 10_000 }, (_, i) => i) });
  const status = async (moved: number) => {
    const rule = between("a", { min: moved }, { onFail: "quarantine" });
    return (await validate(table, suite("s", [rule], { quarantine: { failAbove: percent(0.57) } }))).status;
  };
  expect(await status(57)).toBe("warn");
  expect(await status(58)).toBe("fail");
});

test("a run has no level but the four there are", async () => {
  const run = await validate(tableFromArrays({ a: Int32Array.of(1) }), suite("s", [unique("a")]));
  expect(() => run.toJSON({ level: "everything" as "full" })).toThrow(/no level "everything"/);
  expect(JSON.parse(JSON.stringify({ everything: run })).everything.level).toBe("sample");
});

test("a source that breaks while the rows are written leaves no file behind", async () => {
  const folder = await mkdtemp(join(tmpdir(), "veritable-corners-"));
  try {
    const inner = fromTable(tableFromArrays({ a: Int32Array.of(1, 1, 2) }));
    let reads = 0;
    const source: Source = {
      ...inner,
      batches(options) {
        if (++reads === 3) throw new TypeError("gone");
        return inner.batches(options);
      },
    };
    const options = { sinks: { accepted: join(folder, "ok.csv"), quarantined: join(folder, "bad.csv") } };
    const setup = await setUp(source, suite("s", [unique("a", { onFail: "quarantine" })]), options);
    await expect(pass(source, setup, options)).rejects.toThrow("gone");
    expect(reads).toBe(3);
    expect(await readdir(folder)).toEqual([]);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("both sides of a split can't be one file", async () => {
  const rule = between("a", { max: 1 }, { onFail: "quarantine" });
  const table = tableFromArrays({ a: Int32Array.of(1, 2) });
  const folder = await mkdtemp(join(tmpdir(), "veritable-corners-"));
  try {
    const file = join(folder, "rows.csv");
    const sinks = { accepted: file, quarantined: join(folder, "x", "..", "rows.csv") };
    await expect(validate(table, suite("s", [rule]), { sinks })).rejects.toThrow("both sides");
    expect(await readdir(folder)).toEqual([]);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("what only looks like a suite is refused, since nobody has checked it", async () => {
  const table = tableFromArrays({ a: Int32Array.of(1, 2) });
  const json = JSON.parse('{"name":"s","expectations":[{"type":"between","column":"a","mim":5}]}');
  for (const none of [json, undefined, {}]) {
    await expect(validate(table, none)).rejects.toMatchObject({ code: "config/bad-value" });
    await expect(lint(none)).rejects.toMatchObject({ code: "config/bad-value" });
  }
  const relaxed = { ...suite("s", [unique("a")]), allowEmpty: true };
  expect((await validate(table, relaxed)).status).toBe("pass");
});

test("what is nested without end is refused when it is made, at the depth at which it could not be read back", () => {
  const nested = (depth: number): Condition => (depth === 0 ? { a: { gt: 0 } } : { not: nested(depth - 1) });
  const made = suite("s", [unique("a", { when: nested(59) })]);
  expect(suiteFromJson(JSON.parse(JSON.stringify(suiteToJson(made))))).toEqual(made);
  expect(() => unique("a", { when: nested(70) })).toThrow(ConfigError);
  const cyclic: Record<string, unknown> = {};
  cyclic.self = cyclic;
  expect(() => unique("a", { meta: cyclic })).toThrow(ConfigError);
});

test("a distance from the mean is judged among the accepted rows when rows are validated again", async () => {
  const accepted = tableFromArrays({ a: Float64Array.from({ length: 100 }, (_, i) => i % 10) });
  const rules = suite("s", [zScoreBelow("a", 3)]);
  const rows = tableFromArrays({ a: Float64Array.of(5, 1000, 1000) });
  const run = await revalidate(rows, rules, { accepted });
  expect(run.outcomes[0]).toMatchObject({ status: "fail", counts: { rows: 3, failed: 2 } });
});
