import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { notNull, schema, suite, validate } from "../../src/entries/index.js";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "veritable-types-"));
  writeFileSync(join(folder, "a.csv"), "id,code,price,other\n1,007,1.10,x\n2,008,2.25,y\n");
  writeFileSync(
    join(folder, "a.jsonl"),
    '{"id":1,"code":7,"price":1.10,"other":"x"}\n{"id":2,"code":8,"price":2.25,"other":"y"}\n',
  );
  writeFileSync(join(folder, "bad.csv"), "id,code,price\n1,007,1.10\ntwo,008,2.25\n");
});
afterAll(() => rmSync(folder, { recursive: true }));

const declared = suite("declared", [
  schema({ id: "int32", code: "int16", price: "decimal128(6, 2)" }),
  notNull(["other"] as readonly string[]),
]);

describe("a suite's schema types the columns of text", () => {
  test.each(["a.csv", "a.jsonl"])("%s: what is declared is read so, the rest is inferred", async (file) => {
    const run = await validate(join(folder, file), declared);
    expect(run.outcomes.map(({ status, message }) => [status, message])).toEqual([
      ["pass", "as expected"],
      ["pass", "all 2 rows"],
    ]);
    const types = (await run.accepted.table()).schema.fields.map(({ type }) => String(type));
    expect(types).toEqual(["Int32", "Int16", "Decimal[6e+2]", "Utf8"]);
    expect(run.toJSON().source.notes?.[0]).toContain("as they were declared");
    await run.close();
  });

  test("a column that isn't there is the schema's finding, not the reader's", async () => {
    const run = await validate(
      join(folder, "bad.csv"),
      suite("s", [schema({ nothing: "int32", code: "utf8" })]),
    );
    expect(run.outcomes[0]).toMatchObject({ status: "fail", message: 'column "nothing" is missing' });
    await run.close();
  });

  test("a cell that is not of its declared type makes the run an error that names the line", async () => {
    const run = await validate(join(folder, "bad.csv"), suite("s", [schema({ id: "int32" }), notNull("id")]));
    expect([run.status, run.reasons[0]?.kind]).toEqual(["error", "input"]);
    expect(run.reasons[0]?.message).toMatch(/line 3.*"two"/s);
    await run.close();
  });
});
