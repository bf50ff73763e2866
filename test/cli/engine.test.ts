import { expect, it } from "vitest";
import { runIn } from "./commandLine.js";

const corpus = new URL("../../", import.meta.url).pathname;

it("check takes the engine's name, and says in the report who it was", async () => {
  const line = ["check", "fixtures/orders.parquet", "--suite", "suites/orders.json", "--json", "-"];
  const [ours, theirs] = [await runIn(corpus, line), await runIn(corpus, [...line, "--engine", "duckdb"])];
  const [arrow, duckdb] = [JSON.parse(ours.out), JSON.parse(theirs.out)];
  expect(arrow.engine).toBe("arrow");
  expect(duckdb.engine).toMatch(/^duckdb/);
  expect(theirs.code).toBe(ours.code);
  const counts = (run: { outcomes: { counts?: object }[] }) => run.outcomes.map(({ counts }) => counts);
  expect(counts(duckdb)).toEqual(counts(arrow));
});

it("check refuses an engine there isn't", async () => {
  const { code, err } = await runIn(corpus, [
    "check",
    "fixtures/orders.parquet",
    "--suite",
    "suites/orders.json",
    "--engine",
    "polars",
  ]);
  expect(code).toBe(2);
  expect(err).toContain('--engine takes arrow, duckdb, auto, not "polars"');
});

it("explain says who would run each expectation, and check with auto says why it was that engine", async () => {
  const about = ["fixtures/orders.parquet", "--suite", "suites/orders.json"];
  const explained = await runIn(corpus, ["explain", ...about, "--engine", "duckdb"]);
  expect(explained.code).toBe(0);
  expect(explained.out).toMatch(/^ +runs on duckdb/m);
  expect(explained.out).toMatch(/unique\(id\) +decided by rows; by duckdb; keyed rule/);
  expect((await runIn(corpus, ["explain", ...about])).out).not.toMatch(/runs on|by arrow/);
  const checked = await runIn(corpus, ["check", ...about, "--json", "-", "--engine", "auto"]);
  expect(JSON.parse(checked.out)).toMatchObject({
    engine: "arrow",
    engineReason: expect.stringMatching(/^foreseen for one core/),
  });
});
