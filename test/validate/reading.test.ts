import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { between, explain, lint, notNull, suite, type ValidateOptions, validate } from "veritable";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tableOf } from "../../src/testing/plainTable.js";

let folder = "";
const at = (name: string) => join(folder, name);
const quantities = suite("quantities", [notNull("qty"), between("qty", { max: 9 })]);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "veritable-reading-"));
  await writeFile(at("export.dat"), "id;qty\n1;3\n2;N/A\n3;-\n4;\n5;12\n");
  await writeFile(at("rows.jsonl"), '{"qty":1}\n');
});
afterAll(() => rm(folder, { recursive: true }));

const codes = { format: "csv", delimiter: ";", nullValues: ["", "N/A", "-"] } as const;

describe("a file that doesn't say how it is read", () => {
  it("is read as the options say", async () => {
    const run = await validate(at("export.dat"), quantities, codes);
    expect(run.outcomes.map(({ counts }) => [counts!.judged, counts!.failed])).toEqual([
      [5, 3],
      [2, 1],
    ]);
    expect((await explain(at("export.dat"), quantities, codes)).columnsRead).toEqual([
      { name: "qty", type: "int64" },
    ]);
    expect(await lint(quantities, at("export.dat"), codes)).toEqual([
      { level: "warning", message: 'no expectation looks at "id"' },
    ]);
  });

  it("is split and read again in the same way", async () => {
    const moving = suite("moving", [notNull("qty", { onFail: "quarantine" })]);
    const run = await validate(at("export.dat"), moving, codes);
    expect([...(await run.accepted.table()).getChild("qty")!]).toEqual([3n, 12n]);
    expect([...(await run.quarantined.table()).getChild("id")!]).toEqual([2n, 3n, 4n]);
  });

  it("can't be told without them", async () => {
    await expect(validate(at("export.dat"), quantities)).rejects.toThrow(/give format/);
  });
});

describe("options that can't be honoured", () => {
  it.each<[string, ValidateOptions, string]>([
    ["a delimiter of JSON lines", { delimiter: ";" }, "delimiter is for CSV"],
    ["null values of JSON lines", { nullValues: ["N/A"] }, "nullValues is for CSV"],
  ])("refuse %s", async (_, options, said) => {
    await expect(validate(at("rows.jsonl"), quantities, options)).rejects.toMatchObject({
      code: "config/unsupported-option",
      message: expect.stringContaining(said),
    });
  });

  it.each<[keyof ValidateOptions, ValidateOptions]>([
    ["format", { format: "csv" }],
    ["delimiter", { delimiter: ";" }],
    ["nullValues", { nullValues: [] }],
  ])("refuse %s of a table in memory", async (name, options) => {
    const table = tableOf({ qty: { type: "int32", values: [1] } });
    await expect(validate(table, quantities, options)).rejects.toMatchObject({
      code: "config/unsupported-option",
      message: expect.stringContaining(name),
    });
  });

  it("refuse a format that is none, and a delimiter of two characters", async () => {
    const xml = { format: "xml" } as unknown as ValidateOptions;
    await expect(validate(at("rows.jsonl"), quantities, xml)).rejects.toMatchObject({
      code: "config/bad-value",
    });
    const long = { ...codes, delimiter: "||" };
    await expect(validate(at("export.dat"), quantities, long)).rejects.toMatchObject({
      code: "config/bad-value",
    });
  });
});
