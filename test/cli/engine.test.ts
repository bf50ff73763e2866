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
