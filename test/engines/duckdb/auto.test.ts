import { join } from "node:path";
import {
  between,
  type Expectation,
  explain,
  lengthBetween,
  meanBetween,
  notNull,
  suite,
  unique,
  type ValidateOptions,
  validate,
} from "veritable";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import * as database from "../../../src/engines/duckdb/database.js";
import { tableOf } from "../../../src/testing/plainTable.js";
import { inFolder, written } from "./agreement.js";

const flights = "node_modules/vega-datasets/data/flights-3m.parquet";
const SMALL = tableOf({ id: { type: "float64", values: [1, 2, 3] } });

async function engineOf(file: string, expectations: Expectation[], options: ValidateOptions = {}) {
  const run = await validate(file, suite("auto", expectations), { engine: "auto", ...options });
  await run.close();
  const { engine, engineReason } = run.toJSON();
  return { engine, engineReason };
}

describe('engine: "auto"', () => {
  beforeAll(() => database.loadDuckdb());
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it("is DuckDB where much is to be decoded, and says what was foreseen", async () => {
    const columns = [meanBetween("delay", { min: 0 }), meanBetween("distance", { min: 0 })];
    const { engine, engineReason } = await engineOf(flights, columns);
    expect(engine).toBe("duckdb");
    expect(engineReason).toMatch(/^foreseen for one core: \d+ ms with DuckDB, \d+ ms with our own engine$/);
  });

  it("is our own engine where the footer says enough, or little is to be decoded", async () => {
    expect(await engineOf(flights, [notNull("delay")])).toEqual({
      engine: "arrow",
      engineReason: "the footer settles all of it",
    });
    await inFolder(async (folder) => {
      const file = await written(SMALL, join(folder, "small.parquet"));
      const open = vi.spyOn(database, "openDatabase");
      const { engine, engineReason } = await engineOf(file, [between("id", { max: 3 })]);
      expect(engine).toBe("arrow");
      expect(engineReason).toMatch(/^foreseen/);
      expect(open).not.toHaveBeenCalled();
    });
  });

  it("is our own engine where it reads the rows anyway, or most of what is asked is kept from DuckDB", async () => {
    await inFolder(async (folder) => {
      const sinks = { accepted: join(folder, "accepted.parquet") };
      const file = await written(SMALL, join(folder, "small.parquet"));
      expect(await engineOf(file, [between("id", { max: 3 })], { sinks })).toEqual({
        engine: "arrow",
        engineReason: "our own reader reads all rows, which are written",
      });
    });
    const missing = { missing: ["N/A"] };
    const kept = await engineOf(flights, [
      meanBetween("delay", { min: 0 }),
      lengthBetween("origin", { min: 3 }, missing),
      lengthBetween("destination", { min: 3 }, missing),
    ]);
    expect(kept.engine).toBe("arrow");
    expect(kept.engineReason).toMatch(/^foreseen/);
  });

  it("is our own engine where the package is missing, and says so", async () => {
    const { ConfigError } = await import("veritable");
    vi.spyOn(database, "loadDuckdb").mockRejectedValue(
      new ConfigError("config/missing-runtime-input", "npm install it"),
    );
    const columns = [meanBetween("delay", { min: 0 }), meanBetween("distance", { min: 0 })];
    expect(await engineOf(flights, columns)).toEqual({ engine: "arrow", engineReason: "npm install it" });
  });

  it("takes no source but those that DuckDB reads", async () => {
    const run = await validate(SMALL, suite("auto", [notNull("id")]), { engine: "auto" });
    expect(run.toJSON()).toMatchObject({ status: "pass", engine: "arrow" });
    expect(run.toJSON().engineReason).toBeDefined();
  });
});

describe("explain", () => {
  const some = () =>
    suite("explained", [
      notNull("id"),
      between("id", { max: 2 }),
      unique("id"),
      lengthBetween("name", { min: 1 }, { missing: ["N/A"] }),
    ]);
  const table = tableOf({
    id: { type: "float64", values: [1, 2, 3] },
    name: { type: "utf8", values: ["a", "N/A", "b"] },
  });

  it("says who runs each expectation, and why one is kept from DuckDB", async () => {
    await inFolder(async (folder) => {
      const file = await written(table, join(folder, "explained.parquet"));
      const said = await explain(file, some(), { engine: "duckdb" });
      expect(said.engine).toEqual({ name: "duckdb+arrow" });
      expect(said.expectations.map(({ engine, kept, evidence }) => [engine, kept, evidence?.atBest])).toEqual(
        [
          [undefined, undefined, "metadata"],
          ["duckdb", undefined, "rows"],
          ["duckdb", undefined, "rows"],
          ["arrow", ['some values of "name" count as null'], "dictionary"],
        ],
      );
      const run = await validate(file, some(), { engine: "duckdb" });
      expect(run.toJSON().engine).toBe("duckdb+arrow");
      await run.close();
    });
  });

  it("says which engine would be chosen, and why", async () => {
    await inFolder(async (folder) => {
      const file = await written(table, join(folder, "explained.parquet"));
      const { engine } = await explain(file, some(), { engine: "auto" });
      expect(engine).toEqual({ name: "arrow", why: expect.stringMatching(/^foreseen/) });
      expect((await explain(file, some())).engine).toEqual({ name: "arrow" });
    });
  });
});
