import { rm } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { suite } from "veritable";
import { describe, expect, it } from "vitest";
import * as catalogue from "../../../src/expectations/index.js";
import { anyTable } from "../../../src/testing/arbitraries.js";
import { fittingTables, givenTo, suiteOf } from "../../../src/testing/laws/unitTables.js";
import { agrees, both, inFolder, scaleOf, written } from "./agreement.js";
import { anyExpectation } from "./anyExpectation.js";

describe("DuckDB and our own engine find out the same", () => {
  it("of any expectations about any Parquet file", async () => {
    const engines = new Map<string, number>();
    await inFolder(async (folder) => {
      const file = join(folder, "any.parquet");
      const cases = anyTable({ maxRows: 20, maxBatches: 2 }).chain((table) =>
        fc.tuple(fc.constant(table), fc.array(anyExpectation(table), { minLength: 1, maxLength: 6 })),
      );
      await fc.assert(
        fc.asyncProperty(cases, async ([table, expectations]) => {
          await written(table, file);
          const of = suite("any", expectations, { allowEmpty: true });
          const { arrow, duckdb, engine } = await both(file, of, { sample: 3 });
          engines.set(engine, (engines.get(engine) ?? 0) + 1);
          if (!agrees(arrow, duckdb, scaleOf(table))) expect(duckdb).toEqual(arrow);
          await rm(file);
        }),
        { numRuns: Number(process.env.DUCKDB_CASES ?? 80) },
      );
    });
    // Agreement by handing everything over would prove nothing.
    expect(engines.get("duckdb")).toBeGreaterThan(20);
  });

  it.each(Object.values(catalogue).map(({ unit }) => [unit.type, unit] as const))(
    "of %s",
    async (_, unit) => {
      await inFolder(async (folder) => {
        const file = join(folder, "fitting.parquet");
        await fc.assert(
          fc.asyncProperty(fittingTables(unit, { maxRows: 20 }), async (table) => {
            await written(table, file);
            const { arrow, duckdb } = await both(file, suiteOf(unit), givenTo(unit));
            if (!agrees(arrow, duckdb, scaleOf(table))) expect(duckdb).toEqual(arrow);
          }),
          { numRuns: 3 },
        );
      });
    },
  );
});
