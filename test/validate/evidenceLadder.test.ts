import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Table } from "apache-arrow";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  allOf,
  anyOf,
  between,
  columnExists,
  type Expectation,
  explain,
  InputError,
  isNull,
  maxBetween,
  meanBetween,
  minBetween,
  not,
  notNull,
  notOneOf,
  nullFraction,
  oneOf,
  rowCount,
  schema,
  suite,
  unique,
  type ValidateOptions,
  validate,
} from "../../src/entries/index.js";
import type { PlainTable } from "../../src/expectations/unit/unit.js";
import { openParquet } from "../../src/io/parquetReader.js";
import { openParquetSink } from "../../src/io/parquetSink.js";
import type { ReadOptions, Source } from "../../src/io/source.js";
import { STEPS } from "../../src/plan/evidence.js";
import { tableOf } from "../../src/testing/plainTable.js";
import { pass } from "../../src/validate/pass.js";
import { setUp } from "../../src/validate/setUp.js";
import { editFooter, groupsOf, statisticsOf } from "../io/parquet/editFooter.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "veritable-ladder-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

let files = 0;
async function written(plain: PlainTable, rowGroupRows: number): Promise<string> {
  const path = join(folder, `${files++}.parquet`);
  const table = tableOf(plain);
  const sink = await openParquetSink(path, table.schema, { rowGroupRows });
  for (const batch of table.batches) await sink.write(batch);
  await sink.commit();
  return path;
}

/** Four row groups of two rows; the last but one has the only odd ones. */
const plain: PlainTable = {
  id: { type: "int64", values: [1, 2, 3, 4, 5, 6, 7, 8] },
  qty: { type: "int32", values: [1, 5, 2, 3, 2, 400, 7, 7] },
  price: { type: "float64", values: [1, 2, 3, 4, 5, 6, 7, 8] },
  day: { type: "date32", values: [..."12345678"].map((d) => `2024-01-0${d}`) },
  at: { type: "timestamp[ns]", values: [..."12345678"].map((d) => `2024-01-0${d}T00:00:00.000000001`) },
  cost: {
    type: "decimal128(20, 2)",
    values: ["-1.50", "2.25", "3.00", null, "5.00", "6.00", "7.00", "8.99"],
  },
  land: { type: "utf8", values: ["DE", "DE", "FR", "FR", null, "FR", "US", "ZA"] },
};

/** The step of each outcome, and the calls that read rows, as `groups: columns`. */
async function ladder(path: string, expectations: Expectation[], options: ValidateOptions = {}) {
  const inner = await openParquet(path);
  const reads: string[] = [];
  const names = (columns: readonly number[]) => columns.map((index) => inner.schema.fields[index]!.name);
  const source: Source = {
    ...inner,
    batches(read: ReadOptions = {}) {
      reads.push(`${read.rowGroups ?? "all"}: ${read.columns ? names(read.columns) : "all"}`);
      return inner.batches(read);
    },
  };
  const made = suite("s", expectations);
  const setup = await setUp(source, made, options);
  const { evidence, sinks } = await pass(source, setup, options);
  await sinks?.abort();
  const run = await validate(path, made, options);
  return { reads, read: evidence?.read, run, steps: run.outcomes.map((outcome) => outcome.evidence) };
}

describe("a suite that the footer proves", () => {
  const proved = [
    schema({ id: "int64", qty: "int32", price: "float64", land: "utf8?" }),
    rowCount({ min: 8, max: 8 }),
    columnExists("qty"),
    notNull("price"),
    notNull("qty", { nanIsNull: true }),
    nullFraction("land", { max: 0.125 }),
    between("id", { min: 1, max: 8 }),
    between("qty", { minExclusive: 0, maxExclusive: 401 }, { nulls: "fail", onFail: "quarantine" }),
    between("day", { min: "2024-01-01", max: "2024-01-08" }),
    between("at", { minExclusive: "2024-01-01", max: "2024-01-08T00:00:00.000000001" }),
    between("cost", { min: "-1.5", max: "8.99" }),
    between("land", { min: "DE", max: "ZA" }),
    minBetween("at", { min: "2024-01-01T00:00:00.000000001", max: "2024-01-01T00:00:00.000000001" }),
    maxBetween("cost", { min: "8.99", max: "8.99" }),
    maxBetween("land", { min: "ZA", max: "ZA" }),
    notOneOf("qty", [0, 401]),
    not(between("qty", { min: 401 })),
    allOf([notNull("id"), between("id", { max: 8 })]),
    between("qty", { max: 7 }, { when: { id: { gt: 6 } } }),
    minBetween("id", { min: 7, max: 7 }, { when: { id: { gt: 6 } } }),
  ];

  it("decodes nothing, and says so", async () => {
    const path = await written(plain, 2);
    const { reads, read, run } = await ladder(path, proved);
    expect(run.outcomes.filter(({ status }) => status !== "pass")).toEqual([]);
    expect(run.outcomes.filter(({ evidence }) => evidence !== "metadata").map(({ id }) => id)).toEqual([]);
    expect(reads).toEqual([]);
    expect(read).toMatchObject({ rowGroups: 0, rowGroupsTotal: 4, bytes: 0 });
    expect(run.outcomes.find(({ id }) => id === "between(cost)")?.counts).toMatchObject({
      rows: 8,
      nulls: 1,
      judged: 7,
      failed: 0,
    });
  });

  it("is judged even where the pages are damaged, which reading its rows finds out", async () => {
    const path = await written(plain, 2);
    const bytes = await readFile(path);
    const end = bytes.length - 8 - bytes.readUInt32LE(bytes.length - 8);
    await writeFile(path, bytes.fill(0xee, 4, end));
    const run = await validate(path, suite("s", proved));
    expect(run.status).toBe("pass");
    await expect(run.accepted.table()).rejects.toThrow(InputError);
    const more = await validate(path, suite("s", [...proved, between("price", { min: 0 })] as Expectation[]));
    expect(more.reasons).toMatchObject([{ kind: "input", status: "error" }]);
  });

  it("has its rows read afterwards, when they are asked for", async () => {
    const run = await validate(await written(plain, 2), suite("s", proved));
    expect((await run.accepted.table()).numRows).toBe(8);
    expect(run.quarantined.rows).toBe(0);
  });
});

describe("row groups that the footer clears", () => {
  it("are left out, and others read only what is open about them", async () => {
    const path = await written(plain, 2);
    const { reads, run, steps } = await ladder(
      path,
      [
        between("qty", { max: 100 }, { onFail: "quarantine" }),
        notNull("land"),
        between("id", { min: 1 }),
        maxBetween("qty", { min: 400, max: 400 }),
      ],
      { keys: ["id"] },
    );
    expect(reads).toEqual(["2: id,qty,land"]);
    expect(steps).toEqual(["rows", "rows", "metadata", "metadata"]);
    expect(run.outcomes.map(({ counts }) => counts && [counts.rows, counts.failed])).toEqual([
      [8, 1],
      [8, 1],
      [8, 0],
      undefined,
    ]);
    expect(run.outcomes[0]?.sample?.items).toEqual([{ row: 5, values: { qty: 400 }, keys: { id: 6 } }]);
    expect([...(await run.quarantined.table())].map(({ id }) => id)).toEqual([6n]);
  });

  it("are neighbours or not, and each is read once", async () => {
    const odd = { qty: { type: "int32", values: [9, 9, 1, 1, 9, 9, 9, 9, 1, 1, 9, 1] } };
    const { reads, run } = await ladder(await written(odd, 2), [between("qty", { min: 5 })]);
    expect(reads).toEqual(["1: qty", "4,5: qty"]);
    expect(run.outcomes[0]?.sample?.items.map(({ row }) => row)).toEqual([2, 3, 8, 9, 11]);
  });

  it("are those that a condition doesn't select", async () => {
    const path = await written(plain, 2);
    const when = { land: { eq: "FR" } } as const;
    const { reads, run } = await ladder(path, [
      between("price", { min: 0 }, { when }),
      meanBetween("price", { min: 0 }, { when }),
    ]);
    expect(reads).toEqual(["1: price,land", "2: price,land"]);
    expect(run.outcomes[0]?.counts).toMatchObject({ rows: 8, excluded: 5, judged: 3 });
  });

  it("are read for rules about other rows, and for what they write", async () => {
    const path = await written(plain, 2);
    expect((await ladder(path, [unique("id"), between("qty", { max: 500 })])).reads).toEqual(["0,1,2,3: id"]);
    const sinks = { accepted: join(folder, "accepted.parquet") };
    const { reads, run, steps } = await ladder(path, [between("qty", { max: 500 })], { sinks });
    expect(reads).toEqual(["0,1,2,3: all"]);
    expect(steps).toEqual(["metadata"]);
    expect(run.accepted.rows).toBe(8);
  });
});

describe("a footer proves nothing", () => {
  it.each<[name: string, column: PlainTable[string], Expectation]>([
    ["of floats, which may be NaN", { type: "float64", values: [1, "NaN", 2] }, between("c", { min: 1 })],
    [
      "of NaN that counts as null",
      { type: "float32", values: [1, "NaN", 2] },
      between("c", { min: 1 }, { nan: "null", nulls: "fail" }),
    ],
    [
      "of a least float, for the same reason",
      { type: "float64", values: [1, "NaN"] },
      minBetween("c", { min: 1 }),
    ],
    ["of text that is cut", { type: "utf8", values: ["a", "x".repeat(300)] }, between("c", { max: "y" })],
    ["of nulls that fail", { type: "int32", values: [1, null] }, between("c", { min: 1 }, { nulls: "fail" })],
    ["of booleans", { type: "bool", values: [true, true] }, oneOf("c", [true])],
  ])("%s", async (_, column, expectation) => {
    const { reads, steps } = await ladder(await written({ c: column }, 100), [expectation]);
    expect(reads).toEqual(["0: c"]);
    expect(steps).not.toEqual(["metadata"]);
  });

  const [NULLS, MAX, MIN, MAX_EXACT] = [3, 5, 6, 7] as const;
  it.each<[name: string, edit: (statistics: Map<number, { type: number; value: unknown }>) => void]>([
    ["without a count of nulls", (of) => of.delete(NULLS)],
    [
      "by the deprecated bounds",
      (of) => {
        of.set(1, of.get(MAX)!).set(2, of.get(MIN)!);
        of.delete(MAX);
        of.delete(MIN);
      },
    ],
    ["by one bound alone", (of) => of.delete(MAX)],
    ["without statistics", (of) => of.clear()],
  ])("%s", async (_, edit) => {
    const path = await written({ c: { type: "int32", values: [1, 2] } }, 100);
    await editFooter(path, (footer) => edit(statisticsOf(footer, 0, 0) as never));
    expect((await ladder(path, [between("c", { min: 1 })])).reads).toEqual(["0: c"]);
  });

  it("of a least value by bounds that aren't exact, though they prove a range", async () => {
    const path = await written({ c: { type: "int32", values: [1, 2] } }, 100);
    await editFooter(path, (footer) => {
      statisticsOf(footer, 0, 0).set(MAX_EXACT, { type: 2, value: false });
    });
    const { steps, reads } = await ladder(path, [between("c", { max: 2 }), maxBetween("c", { max: 2 })]);
    expect(steps).toEqual(["metadata", "summary"]);
    expect(reads).toEqual(["0: c"]);
  });

  it("of unsigned values whose bounds were taken as signed ones", async () => {
    const path = await written({ c: { type: "uint32", values: [1, 4_000_000_000] } }, 100);
    expect((await ladder(path, [between("c", { max: 4_000_000_000 })])).reads).toEqual([]);
    await editFooter(path, (footer) => {
      const of = statisticsOf(footer, 0, 0);
      const [low, high] = [of.get(MIN)!, of.get(MAX)!];
      of.set(MIN, high).set(MAX, low);
    });
    const { run, reads } = await ladder(path, [between("c", { max: 100 })]);
    expect(reads).toEqual(["0: c"]);
    expect(run.status).toBe("fail");
  });
});

/** Values that sit near bounds, of each type, and the bounds. */
const KINDS: Readonly<Record<string, { values: readonly (string | number)[]; bounds: readonly string[] }>> = {
  int8: { values: [-128, -1, 0, 1, 127], bounds: ["-1", "0", "0.5", "127"] },
  uint32: { values: [0, 1, 2147483648, 4294967295], bounds: ["0", "1", "2147483647.5"] },
  int64: {
    values: ["-9223372036854775808", "-9007199254740993", -1, 0, "9007199254740993", "9223372036854775807"],
    bounds: ["-9007199254740993", "0", "9007199254740992", "9007199254740993"],
  },
  uint64: {
    values: [0, "9007199254740993", "18446744073709551615"],
    bounds: ["0", "9007199254740992", "9223372036854775808"],
  },
  float64: { values: ["NaN", "-Infinity", "-0", 0, 1.5, "Infinity"], bounds: ["0", "-0", "1.5"] },
  float32: { values: ["NaN", "-0", 0, 0.10000000149011612], bounds: ["0", "0.1"] },
  "decimal128(38, 2)": {
    values: ["-90071992547409.93", "-0.01", "0.00", "0.01", "999999999999999999999999999999999999.99"],
    bounds: ["-0.01", "0.005", "90071992547409.93"],
  },
  "decimal128(9, 2)": { values: ["-1.00", "0.01", "9999999.99"], bounds: ["-1", "0.011"] },
  "timestamp[ns]": {
    values: ["1969-12-31T23:59:59.999999999", "2024-01-01T00:00:00.000000001", "2024-01-01T00:00:00"],
    bounds: ["2024-01-01T00:00:00", "1970-01-01"],
  },
  date32: { values: ["1969-12-31", "2024-02-29"], bounds: ["1970-01-01T12:00:00", "2024-02-29"] },
  utf8: { values: ["", "a", "b", "é", "\u{1f600}", "\uffff"], bounds: ["a", "b", "é", "\u{1f600}"] },
};

describe("soundness", () => {
  const anyColumn = fc.constantFrom(...Object.keys(KINDS)).chain((type) =>
    fc.record({
      type: fc.constant(type),
      values: fc.array(fc.option(fc.constantFrom(...KINDS[type]!.values), { freq: 4 }), {
        minLength: 1,
        maxLength: 12,
      }),
      bounds: fc.shuffledSubarray([...KINDS[type]!.bounds], { minLength: 2, maxLength: 2 }),
      members: fc.subarray([...KINDS[type]!.values], { minLength: 1, maxLength: 2 }),
      options: fc.record(
        {
          nulls: fc.constantFrom("skip" as const, "fail" as const),
          nan: fc.constantFrom("fail" as const, "skip" as const, "null" as const),
        },
        { requiredKeys: [] },
      ),
      rowGroupRows: fc.integer({ min: 1, max: 4 }),
    }),
  );

  it("with a footer or without one, all is judged alike, and explain foresees what is read", async () => {
    await fc.assert(
      fc.asyncProperty(anyColumn, async ({ type, values, bounds, members, options, rowGroupRows }) => {
        const path = await written({ c: { type, values } }, rowGroupRows);
        const [low, high] = bounds as [string, string];
        const among = members.filter((value) => value !== "NaN");
        const membership =
          among.length === 0 ? [] : [oneOf("c", among, options), notOneOf("c", among, options)];
        const made = suite("s", [
          between("c", { min: low }, { ...options, onFail: "quarantine" }),
          between("c", { maxExclusive: high }, { ...options, when: { c: { gte: low } } }),
          ...membership,
          not(between("c", { min: low }), { nulls: options.nulls ?? "skip" }),
          notNull("c", { nanIsNull: true }),
          isNull("c"),
          nullFraction("c", { max: 0 }),
          nullFraction("c", { max: 0 }, { missing: among }),
          between("c", { min: low }, { ...options, missing: among }),
          maxBetween("c", { max: high }, { missing: among }),
          anyOf([between("c", { max: high }, { missing: among }), notNull("c")], { missing: among }),
          nullFraction("c", { max: 0.5 }, { when: { c: { lt: high } } }),
          minBetween("c", { min: low }, options.nan ? { nan: options.nan } : {}),
          maxBetween("c", { max: high }, { when: { c: { gt: low } } }),
          schema({ c: type }),
        ]);
        const source = await openParquet(path);
        const batches = [];
        for await (const batch of source.batches()) batches.push(batch);
        const [byFooter, bare] = [
          await validate(path, made),
          await validate(new Table(source.schema, batches), made),
        ];
        const found = (run: typeof bare) => run.outcomes.map(({ evidence: _, ...outcome }) => outcome);
        expect(found(byFooter)).toEqual(found(bare));
        expect(byFooter.status).toBe(bare.status);
        expect(byFooter.quarantined.rows).toBe(bare.quarantined.rows);

        const said = await explain(path, made);
        expect(said.read).toEqual(byFooter.toJSON().read);
        for (const [nth, { evidence, id }] of said.expectations.entries()) {
          const step = STEPS.indexOf(byFooter.outcomes[nth]!.evidence!);
          expect(step, id).toBeGreaterThanOrEqual(STEPS.indexOf(evidence!.atBest));
          expect(step, id).toBeLessThanOrEqual(STEPS.indexOf(evidence!.atWorst));
        }
      }),
      { numRuns: 50 },
    );
  });

  it("explain counts the row groups and the bytes that a run then reads", async () => {
    const path = await written(plain, 2);
    const made = suite("s", [between("qty", { max: 100 }), between("price", { min: 0 }), notNull("id")]);
    const said = await explain(path, made);
    const run = await validate(path, made);
    expect(said.read).toEqual(run.toJSON({ level: "counts" }).read);
    expect(said.columnsRead.map(({ name }) => name)).toEqual(["qty", "price"]);
    expect(said.expectations.map(({ evidence }) => evidence)).toEqual([
      { atBest: "summary", atWorst: "rows" },
      { atBest: "summary", atWorst: "rows" },
      { atBest: "metadata", atWorst: "metadata" },
    ]);
    let stored = 0;
    await editFooter(path, (footer) => {
      stored = groupsOf(footer).length;
    });
    expect(said.read).toMatchObject({ rowGroups: 4, rowGroupsTotal: stored });
    expect(said.read!.bytes).toBeLessThan(said.read!.bytesTotal);
    expect(said.read!.bytes).toBeGreaterThan(0);
  });
});
