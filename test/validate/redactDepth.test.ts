import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Field, Struct, Table, Utf8, vectorFromArray } from "apache-arrow";
import { afterAll, beforeAll, expect, test } from "vitest";
import { notNull, oneOf } from "../../src/expectations/index.js";
import { suite } from "../../src/suite/suite.js";
import { validate } from "../../src/validate/validate.js";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "veritable-redact-"));
});
afterAll(() => rm(folder, { recursive: true }));

const field = (name: string, type: Utf8 | Struct) => new Field(name, type as never, true);
const person = new Struct([
  field("name", new Struct([field("last", new Utf8()), field("first", new Utf8())])),
]);
const table = new Table({
  person: vectorFromArray(
    [{ name: { last: "SECRET", first: "Ada" } }, null, { name: null }, { name: { last: null, first: "Di" } }],
    person,
  ),
});

test("a redaction of a struct covers its fields, however deep the struct lies", async () => {
  const rule = oneOf("person.name.last", ["x"]);
  const run = await validate(table, suite("s", [rule]), { redact: { "person.name": "mask" } });
  expect(run.outcomes[0]!.sample!.items[0]!.values).toEqual({ "person.name.last": "***" });
});

test("a redacted field of a struct is redacted in the quarantine file too, and its neighbours are not", async () => {
  const file = join(folder, "bad.jsonl");
  const rule = oneOf("person.name.first", ["x"], { onFail: "quarantine" });
  const run = await validate(table, suite("s", [rule]), {
    redact: { "person.name.last": "mask" },
    sinks: { quarantined: { file, redact: true } },
  });
  await run.close();
  const lines = (await readFile(file, "utf8")).trim().split("\n");
  expect(lines.map((line) => JSON.parse(line).person)).toEqual([
    { name: { last: "***", first: "Ada" } },
    { name: { last: null, first: "Di" } },
  ]);
});

test("a struct of which every field is dropped is dropped", async () => {
  const file = join(folder, "dropped.jsonl");
  const run = await validate(table, suite("s", [notNull("person.name", { onFail: "quarantine" })]), {
    redact: { "person.name": "drop" },
    sinks: { quarantined: { file, redact: true } },
  });
  await run.close();
  const lines = (await readFile(file, "utf8")).trim().split("\n");
  expect(lines.map((line) => Object.keys(JSON.parse(line)))).toEqual([
    ["_row", "_rules"],
    ["_row", "_rules"],
  ]);
});

test("what a reader can't make sense of is not quoted when its column is redacted", async () => {
  const csv = join(folder, "late.csv");
  const good = "id,pin\n".concat("1,1234\n".repeat(60_000));
  await writeFile(csv, `${good}1,SECRET\n`);
  const rules = suite("s", [notNull("pin")]);
  const quoting = await validate(csv, rules, { redact: { id: "mask" } });
  expect(JSON.stringify(quoting)).toContain("SECRET");
  const run = await validate(csv, rules, { redact: { pin: "mask" } });
  expect(run.reasons).toMatchObject([{ kind: "input", status: "error" }]);
  expect(run.reasons[0]!.message).toContain('column "pin"');
  expect(JSON.stringify(run.toJSON({ level: "full" }))).not.toContain("SECRET");
  expect(() => run.orThrow()).toThrow(/^(?!.*SECRET)/s);
});

test("a line that is not JSON is not quoted", async () => {
  const jsonl = join(folder, "late.jsonl");
  await writeFile(jsonl, `${'{"pin":"1"}\n'.repeat(60_000)}{"pin":SECRET}\n`);
  const run = await validate(jsonl, suite("s", [notNull("pin")]), { redact: { pin: "mask" } });
  expect(run.reasons[0]!.message).toContain("is not JSON");
  expect(run.reasons[0]!.message).not.toContain("ECRET");
});
