import { createHmac } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  Field,
  makeData,
  type RecordBatch,
  Schema,
  Struct,
  Table,
  Utf8,
  vectorFromArray,
} from "apache-arrow";
import fc from "fast-check";
import {
  allOf,
  between,
  ConfigError,
  distinctCount,
  type Expectation,
  increasing,
  lengthBetween,
  matches,
  maxBetween,
  meanBetween,
  minBetween,
  notNull,
  oneOf,
  pairEqual,
  pairGreater,
  quantilesBetween,
  type Redaction,
  type Run,
  renderJUnit,
  renderMarkdown,
  renderTerminal,
  satisfies,
  sumBetween,
  unique,
  uniqueTogether,
  validate,
} from "veritable";
import { afterAll, describe, expect, it } from "vitest";
import { batchOf } from "../../src/columns/batchOf.js";
import { makeSuite } from "../../src/suite/suite.js";
import { tableOf } from "../../src/testing/plainTable.js";

/** All that a run says of itself: every level of JSON, the reports made of it, and what orThrow throws. */
function everything(run: Run): string {
  const json = (["status", "counts", "sample", "full"] as const).map((level) => run.toJSON({ level }));
  const reports = [
    renderTerminal(json[3]!, { color: false, width: 400 }),
    renderMarkdown(json[3]!),
    renderJUnit(json[3]!),
  ];
  try {
    run.orThrow();
  } catch (error) {
    reports.push(String(error), JSON.stringify((error as { details?: unknown }).details));
  }
  return [JSON.stringify(run), ...json.map((part) => JSON.stringify(part)), ...reports].join("\n");
}

/** Expectations that look at the columns `text` and `number` in every way, most of them broken. */
const looking: readonly ((onFail: "fail" | "warn") => Expectation)[] = [
  (onFail) => oneOf("text", ["x"], { onFail }),
  (onFail) => matches("text", "^x", { onFail }),
  (onFail) => lengthBetween("text", { max: 1 }, { onFail }),
  (onFail) => between("text", { max: "a" }, { onFail }),
  (onFail) => unique("text", { onFail }),
  (onFail) => uniqueTogether(["text", "number"], { onFail }),
  (onFail) => increasing("text", { onFail }),
  (onFail) => minBetween("text", { min: "zzz" }, { onFail }),
  (onFail) => maxBetween("text", { max: "a" }, { onFail }),
  (onFail) => distinctCount("text", { max: 0 }, { onFail }),
  (onFail) => satisfies(["text"], { function: "tells", onFail }),
  (onFail) => satisfies(["plain", "number"], { function: "tells", onFail }),
  (onFail) => between("number", { max: 0 }, { onFail }),
  (onFail) => meanBetween("number", { max: 0 }, { onFail }),
  (onFail) => sumBetween("number", { max: 0 }, { onFail }),
  (onFail) => minBetween("number", { max: 0 }, { onFail }),
  (onFail) => quantilesBetween("number", { "0.5": { max: 0 } }, { onFail }),
  (onFail) => pairEqual("number", "plain", { onFail }),
  (onFail) => pairGreater("plain", "number", { onFail }),
  (onFail) => notNull("plain", { onFail, when: { text: { isNull: false } } }),
  (onFail) => between("plain", { max: 0 }, { onFail, when: { text: { gt: "" }, number: { gt: 0 } } }),
  (onFail) => allOf([matches("text", "^x"), between("number", { max: 0 })], { onFail }),
];

const functions = {
  tells: (...values: unknown[]): boolean => {
    throw new Error(`can't do with ${values.join(" and ")}`);
  },
};

describe("a value of a redacted column occurs in nothing that a run says", () => {
  const secret = fc.integer({ min: 0x1000000, max: 0xfffffff });
  const cases = fc.record({
    secrets: fc.array(secret, { minLength: 1, maxLength: 12 }),
    chosen: fc.subarray([...looking], { minLength: 1 }),
    onFail: fc.constantFrom("fail" as const, "warn" as const),
    text: fc.constantFrom<Redaction[]>("hash", "mask", "drop"),
    number: fc.constantFrom<Redaction[]>("hash", "mask", "drop"),
    type: fc.constantFrom("int64", "int32", "float64", "decimal128(20, 2)", "dictionary<int8, int64>"),
    isEncoded: fc.boolean(),
  });

  it("whatever was asked of it, at any level", async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ secrets, chosen, onFail, text, number, type, isEncoded }) => {
        const table = tableOf({
          plain: {
            type: type.replace(/^dictionary<int8, (.*)>$/, "$1"),
            values: secrets.map((_, row) => row + 1),
          },
          text: {
            type: isEncoded ? "dictionary<int8, utf8>" : "utf8",
            values: secrets.map((value) => `§${value}§`),
          },
          number: { type, values: secrets },
        });
        const suite = makeSuite(
          "s",
          chosen.map((make) => make(onFail)),
          {},
        );
        const run = await validate(table, suite, {
          redact: { text, number },
          keys: ["plain", "text", "number"],
          functions,
        });
        const said = everything(run);
        for (const value of secrets) expect(said).not.toContain(String(value));
        expect(said).not.toContain("§");
      }),
      { numRuns: 150 },
    );
  });

  it("and without redaction each of these tells some", async () => {
    const table = tableOf({
      plain: { type: "int64", values: [1, 2, null] },
      text: { type: "utf8", values: ["§b§", "§a§", "§b§"] },
      number: { type: "int64", values: [23456789, 23456788, 23456789] },
    });
    for (const make of looking) {
      const run = await validate(table, makeSuite("s", [make("fail")], {}), {
        functions,
        keys: ["text", "number"],
      });
      expect(everything(run), JSON.stringify(make("fail"))).toMatch(
        /§|23456789|70370366|23456788.6|"observed":2/,
      );
    }
  });
});

const people = tableOf({
  id: { type: "int64", values: [1, 2, 3] },
  email: { type: "utf8", values: ["ada@example.com", "ada@example.com", null] },
  born: { type: "date32", values: ["1815-12-10", "1815-12-10", "1906-12-09"] },
});

async function sampled(redact: Record<string, Redaction>, options: object = {}) {
  const suite = makeSuite("s", [unique("email", { id: "u", nulls: "fail" })], {});
  const run = await validate(people, suite, { redact, keys: ["id", "born"], ...options });
  return run.outcomes[0]!.sample!.items;
}

describe("each redaction", () => {
  it("mask shows that there is a value, and null as null", async () => {
    expect(await sampled({ email: "mask", born: "mask" })).toEqual([
      { row: 0, values: { email: "***" }, keys: { id: 1, born: "***" } },
      { row: 1, values: { email: "***" }, keys: { id: 2, born: "***" } },
      { row: 2, values: { email: null }, keys: { id: 3, born: "***" } },
    ]);
  });

  it("drop leaves the value out", async () => {
    expect(await sampled({ email: "drop", id: "drop" })).toEqual([
      { row: 0, values: {}, keys: { born: "1815-12-10" } },
      { row: 1, values: {}, keys: { born: "1815-12-10" } },
      { row: 2, values: { email: null }, keys: { born: "1906-12-09" } },
    ]);
  });

  it("hash is HMAC-SHA-256 with the caller's key: equal values hash alike, in any run", async () => {
    const wanted = `hmac-sha256:${createHmac("sha256", "key").update("ada@example.com").digest("hex")}`;
    for (const redactKey of ["key", new TextEncoder().encode("key")]) {
      const items = await sampled({ email: "hash" }, { redactKey });
      expect(items.map(({ values }) => values.email)).toEqual([wanted, wanted, null]);
    }
  });

  it("hash without a key is one made for the run: alike within it, unlike in another", async () => {
    const [first, second] = [await sampled({ email: "hash" }), await sampled({ email: "hash" })];
    expect(first[0]!.values.email).toMatch(/^hmac-sha256:[0-9a-f]{64}$/);
    expect(first[0]!.values.email).toBe(first[1]!.values.email);
    expect(first[0]!.values.email).not.toBe(second[0]!.values.email);
  });

  it("goes for what was observed: the strictest of the columns it tells of", async () => {
    const suite = makeSuite(
      "s",
      [meanBetween("id", { max: 0 }), maxBetween("born", { max: "1900-01-01" })],
      {},
    );
    const observed = async (redact: Record<string, Redaction>) =>
      (await validate(people, suite, { redact })).outcomes.map((outcome) => outcome.observed);
    expect(await observed({})).toEqual([2, "1906-12-09"]);
    expect(await observed({ id: "mask", born: "drop" })).toEqual(["***", undefined]);
    expect(await observed({ born: "hash" })).toEqual([2, expect.stringMatching(/^hmac-sha256:/)]);
  });

  it("leaves counts, ids and levels as they are", async () => {
    const suite = makeSuite("s", [unique("email", { nulls: "fail" })], {});
    const [run, bare] = [
      await validate(people, suite, { redact: { email: "drop" } }),
      await validate(people, suite),
    ];
    expect(run.outcomes[0]).toMatchObject({
      counts: bare.outcomes[0]!.counts,
      status: "fail",
      id: "unique(email)",
    });
    expect(run.outcomes[0]!.message).toBe(bare.outcomes[0]!.message);
  });
});

describe("what is redacted", () => {
  it("is named, and has to be there", async () => {
    const suite = makeSuite("s", [notNull("id")], {});
    const refused = validate(people, suite, { redact: { emial: "mask" } });
    await expect(refused).rejects.toThrow(ConfigError);
    await expect(refused).rejects.toThrow('redact: no column "emial"; did you mean "email"?');
    await expect(validate(people, suite, { redact: { email: "md5" as "hash" } })).rejects.toThrow(
      /redact.email/,
    );
  });

  const utf8 = (values: string[]) => vectorFromArray(values, new Utf8()).data[0]!;
  const name = new Struct([new Field("first", new Utf8(), true)]);
  const person = new Struct([new Field("name", name, true), new Field("town", new Utf8(), true)]);
  const nested = (): Table => {
    const names = makeData({ type: name, length: 2, nullCount: 0, children: [utf8(["§ada§", "§grace§"])] });
    const persons = makeData({
      type: person,
      length: 2,
      nullCount: 0,
      children: [names, utf8(["Rome", "Oslo"])],
    });
    const schema = new Schema([new Field("person", person, true), new Field("a.b", new Utf8(), true)]);
    return new Table(schema, [batchOf(schema, 2, [persons, utf8(["§x§", "§y§"])])]);
  };

  it.each([
    ["a struct", "person"],
    ["a struct inside it", "person.name"],
    ["a field of that", "person.name.first"],
  ])("%s covers what lies in it, however that is spelled", async (_, redacted) => {
    const columns = ["person.name.first", ["person", "name", "first"]] as const;
    for (const column of columns) {
      const suite = makeSuite("s", [matches(column, "^x"), maxBetween(column, { max: "a" })], {});
      const run = await validate(nested(), suite, { redact: { [redacted]: "mask" }, keys: [column] });
      expect(run.status).toBe("fail");
      expect(everything(run)).not.toContain("§");
    }
  });

  it("a field leaves its neighbours", async () => {
    const suite = makeSuite("s", [matches("person.town", "^x")], {});
    const run = await validate(nested(), suite, { redact: { "person.name": "mask" } });
    expect(run.outcomes[0]!.sample!.items[0]!.values).toEqual({ "person.town": "Rome" });
  });

  it("a name with a dot", async () => {
    const suite = makeSuite("s", [matches("a.b", "^x"), matches(["a.b"], "^x")], {});
    const run = await validate(nested(), suite, { redact: { "a.b": "mask" } });
    expect(everything(run)).not.toContain("§x§");
  });
});

describe("a cell that a reader quotes because it can't be read", () => {
  const folder = mkdtempSync(join(tmpdir(), "veritable-redact-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "late.csv");
  // Types are inferred from the rows before it.
  const rows = Array.from({ length: 12_000 }, (_, row) => `${row},${row === 11_000 ? "§late§" : row}`);
  writeFileSync(file, ["id,number", ...rows].join("\n"));
  const suite = makeSuite("s", [notNull("id"), notNull("number")], {});

  it("is quoted", async () => {
    const run = await validate(file, suite);
    expect([run.status, run.reasons[0]?.kind]).toEqual(["error", "input"]);
    expect(everything(run)).toContain("§late§");
    expect(everything(await validate(file, suite, { redact: { id: "mask" } }))).toContain("§late§");
  });

  it.each(["hash", "mask", "drop"] as const)("is not, under %s", async (redaction) => {
    const run = await validate(file, suite, { redact: { number: redaction } });
    expect([run.status, run.reasons[0]?.kind]).toEqual(["error", "input"]);
    expect(everything(run)).not.toContain("§");
    await expect(run.accepted.table()).rejects.not.toThrow(/§/);
  });
});

describe("rows", () => {
  const suite = makeSuite("s", [unique("email", { onFail: "quarantine" })], {});

  it("keep their values", async () => {
    const run = await validate(people, suite, { redact: { email: "mask", id: "drop" } });
    expect(Array.from((await run.quarantined.table()).getChild("email")!)).toEqual([
      "ada@example.com",
      "ada@example.com",
    ]);
    expect((await run.accepted.table()).schema.fields.map(({ name }) => name)).toEqual([
      "id",
      "email",
      "born",
    ]);
  });

  it("are redacted in the quarantine's file where that says so", async () => {
    const folder = mkdtempSync(join(tmpdir(), "veritable-redact-"));
    try {
      const file = join(folder, "bad.arrow");
      const sinks = { quarantined: { file, redact: true } } as const;
      await validate(people, suite, { redact: { email: "mask", id: "drop" }, sinks });
      const read: RecordBatch[] = [];
      const back = await validate(file, makeSuite("s", [notNull("email")], {}));
      for await (const batch of back.accepted.batches()) read.push(batch);
      const table = new Table(read);
      expect(table.schema.fields.map(({ name }) => name)).toEqual(["email", "born", "_row", "_rules"]);
      expect(Array.from(table.getChild("email")!)).toEqual(["***", "***"]);
      await back.close();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
