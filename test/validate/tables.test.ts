import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RecordBatch } from "apache-arrow";
import { anyOf, explain, inTable, isNull, lint, revalidate, suite, validate } from "veritable";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import "veritable/vitest";
import { tableOf } from "../../src/testing/plainTable.js";

const orders = tableOf({
  country: { type: "utf8", values: ["FR", "XX", null, "US"] },
  region: { type: "utf8", values: ["75", "75", "1", "1"] },
});
const countries = tableOf({
  code: { type: "utf8", values: ["FR", "US"] },
  region: { type: "utf8", values: ["75", "1"] },
});
const known = suite("known", [
  inTable("country", { table: "countries", column: "code" }, { onFail: "quarantine" }),
  inTable(["country", "region"], { table: "countries", columns: ["code", "region"] }),
]);

/** Batches that may be taken once, and how many were. */
function once({ batches: [batch] }: typeof countries): {
  batches: AsyncIterable<RecordBatch>;
  taken: () => number;
} {
  let taken = 0;
  async function* read() {
    for (; taken < 2; taken++) yield batch!.slice(taken, taken + 1);
  }
  return { batches: read(), taken: () => taken };
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "veritable-tables-"));
});
afterAll(() => rm(folder, { recursive: true }));

describe("tables given at run time", () => {
  it("are read once, whoever asks of them", async () => {
    const { batches, taken } = once(countries);
    const run = await validate(orders, known, { tables: { countries: batches } });
    expect(run.outcomes.map(({ status, counts }) => [status, counts?.failed])).toEqual([
      ["warn", 1],
      ["fail", 1],
    ]);
    expect(taken()).toBe(2);
  });

  it("are read only in the columns that are looked at", async () => {
    // The types of a text file are told by its first 10,000 rows, and the cell after them is no number.
    const lines = Array.from({ length: 10_001 }, (_, i) => `${i},${i === 10_000 ? "none" : i}`);
    const path = join(folder, "keys.csv");
    await writeFile(path, `id,other\n${lines.join("\n")}\n`);
    const table = tableOf({ id: { type: "int32", values: [10_000, 10_001] } });
    const by = (column: string) => suite("s", [inTable("id", { table: "keys", column })]);
    const run = await validate(table, by("id"), { tables: { keys: path } });
    expect(run.outcomes[0]!.counts).toMatchObject({ judged: 2, failed: 1 });
    expect((await validate(table, by("other"), { tables: { keys: path } })).status).toBe("error");
  });

  it("are missed before any data is read, with the nearest name", async () => {
    const { batches, taken } = once(orders);
    await expect(validate(batches, known, { tables: { countrys: countries } })).rejects.toMatchObject({
      name: "ConfigError",
      code: "config/missing-runtime-input",
      message: expect.stringContaining(
        'inTable names the table "countries", which wasn\'t given; did you mean "countrys"?',
      ),
    });
    await expect(explain(orders, known)).rejects.toThrow('"countries", which wasn\'t given');
    expect(taken()).toBe(0);
  });

  it("are missed inside other rules too", async () => {
    const either = suite("s", [
      anyOf([inTable("country", { table: "countries", column: "code" }), isNull("country")]),
    ]);
    await expect(validate(orders, either)).rejects.toThrow('anyOf names the table "countries"');
    await expect(orders).not.toMeet(either, { tables: { countries } });
  });

  it("without the column are the outcome's error, and others are judged", async () => {
    const tables = { countries: countries.select(["region"]) };
    const both = suite("s", [
      inTable("country", { table: "countries", column: "code" }),
      inTable("region", { table: "countries", column: "region" }),
    ]);
    const run = await validate(orders, both, { tables });
    expect(run.outcomes.map(({ status }) => status)).toEqual(["error", "pass"]);
    expect(run.outcomes[0]).toMatchObject({
      error: {
        code: "config/unknown-name",
        message: expect.stringContaining('table "countries": no column "code"'),
      },
    });
  });

  it("that fail while they are read make the run an error that names them", async () => {
    const path = join(folder, "broken.jsonl");
    const rows = Array.from({ length: 30_001 }, (_, i) => (i === 30_000 ? '{"code": 1' : '{"code": "FR"}'));
    await writeFile(path, `${rows.join("\n")}\n`);
    const one = suite("s", [inTable("country", { table: "countries", column: "code" })]);
    const run = await validate(orders, one, { tables: { countries: path } });
    expect(run.reasons).toMatchObject([
      {
        kind: "input",
        status: "error",
        message: expect.stringMatching(/^table "countries": .*broken\.jsonl/),
      },
    ]);
    expect(run.outcomes[0]!.status).toBe("error");
    const missing = { countries: join(folder, "none.parquet") };
    await expect(validate(orders, one, { tables: missing })).rejects.toMatchObject({
      name: "InputError",
      message: expect.stringContaining('table "countries": '),
    });
  });

  it("may be the source itself", async () => {
    const staff = tableOf({
      id: { type: "int32", values: [1, 2, 3] },
      manager: { type: "int64", values: [null, 1, 4] },
    });
    const managed = suite("s", [inTable("manager", { table: "staff", column: "id" })]);
    const run = await validate(staff, managed, { tables: { staff } });
    expect(run.outcomes[0]!.sample?.items.map(({ row }) => row)).toEqual([2]);
  });

  it("are asked again of rows that were mended", async () => {
    const tables = { countries };
    const first = await validate(orders, known, { tables });
    const again = await revalidate(await first.quarantined.table(), known, { tables });
    expect(again.outcomes.map(({ status }) => status)).toEqual(["warn", "fail"]);
    const mended = tableOf({
      country: { type: "utf8", values: ["FR"] },
      region: { type: "utf8", values: ["75"] },
    });
    expect((await revalidate(mended, known, { tables })).status).toBe("pass");
  });

  it("stand in an explanation, and are not read for one", async () => {
    const { batches, taken } = once(countries);
    const explained = await explain(orders, known, { tables: { countries: batches } });
    expect(explained.tables).toEqual([{ name: "countries", columns: ["code", "region"] }]);
    expect(explained.expectations.map(({ evidence }) => evidence)).toEqual([
      { atBest: "dictionary", atWorst: "rows" },
      { atBest: "rows", atWorst: "rows" },
    ]);
    expect(await lint(known, orders, { tables: { countries } })).toEqual([]);
    // The first batch has the schema.
    expect(taken()).toBeLessThan(2);
  });

  it("tell nothing of a redacted column", async () => {
    const run = await validate(orders, known, { tables: { countries }, redact: { country: "drop" } });
    expect(JSON.stringify(run.toJSON({ level: "full" }))).not.toContain("XX");
  });
});
