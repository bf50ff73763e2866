import { join } from "node:path";
import { suite, unique, validate } from "veritable";
import { duckdb } from "veritable/duckdb";
import { describe, expect, it } from "vitest";
import { tableOf } from "../../../src/testing/plainTable.js";
import { inFolder, written } from "./agreement.js";

const MIB = 2 ** 20;

describe("the limits of a call", () => {
  it("hold for an engine with options of its own, which come first", async () => {
    await inFolder(async (folder) => {
      const file = await written(
        tableOf({ id: { type: "int32", values: [1, 2] } }),
        join(folder, "ids.parquet"),
      );
      const of = suite("ids", [unique("id")]);
      // Less than DuckDB can do with, so it is refused where it arrives.
      const memoryLimit = 16 * MIB;
      for (const engine of ["duckdb", duckdb(), duckdb({ threads: 1 })] as const) {
        await expect(validate(file, of, { engine, memoryLimit })).rejects.toThrow(
          `duckdb: memoryLimit must be a whole number of bytes from ${32 * MIB}, not ${memoryLimit}`,
        );
      }
      const run = await validate(file, of, { engine: duckdb({ memoryLimit: 64 * MIB }), memoryLimit });
      expect([run.status, run.toJSON().engine]).toEqual(["pass", "duckdb"]);
      await run.close();
    });
  });

  it("are threads, memory and the folder", () => {
    const wrong = { threads: 2000, memoryLimit: 1, tempDirectory: "" };
    for (const [name, value] of Object.entries(wrong)) {
      const own = { threads: 1, memoryLimit: 64 * MIB, tempDirectory: "spill" };
      expect(() => duckdb().within!({ [name]: value })).toThrow(`duckdb: ${name} must be`);
      expect(() => duckdb(own).within!({ [name]: value })).not.toThrow();
    }
  });
});
