import { makeTable, type RecordBatch, Table, Utf8, vectorFromArray } from "apache-arrow";
import fc from "fast-check";
import {
  between,
  distinctCount,
  distinctFraction,
  type Expectation,
  increasing,
  lengthBetween,
  matches,
  maxBetween,
  meanBetween,
  minBetween,
  notNull,
  nullFraction,
  type Outcome,
  oneOf,
  pairGreater,
  quantilesBetween,
  rowCount,
  schema,
  stdevBetween,
  sumBetween,
  unique,
  uniqueTogether,
  validate,
} from "veritable";
import { describe, expect, it } from "vitest";
import { makeSuite } from "../../src/suite/suite.js";
import { anyBatching } from "../../src/testing/arbitraries.js";
import { anyCase, GIVEN } from "./anyCase.js";

const ROWS = 20_000;

/** Numbers in [0, 1) from a seed (mulberry32). */
function random(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const next = random(7);
const whole: RecordBatch = makeTable({
  // Sums of these depend on the order they are taken in.
  price: Float64Array.from({ length: ROWS }, () => (next() - 0.5) * 10 ** Math.floor(next() * 20)),
  qty: Int32Array.from({ length: ROWS }, () => Math.floor(next() * 150)),
  id: BigInt64Array.from(
    { length: ROWS },
    (_, row) => BigInt(row - (next() < 0.01 ? 1 : 0)) * 9007199254740993n,
  ) as never,
}).batches[0]!;

const price = "price";
const expectations: Expectation[] = [
  rowCount({ min: 1 }),
  schema({ price: "float64", qty: "int32", id: "int64" }),
  notNull(price),
  between("qty", { max: 100 }, { onFail: "quarantine" }),
  between(price, { min: 0 }, { when: { qty: { lt: 20 } }, onFail: "quarantine" }),
  oneOf("qty", [1, 2, 3], { mostly: 0.01 }),
  unique("id", { onFail: "quarantine" }),
  unique("qty", { keep: "first" }),
  uniqueTogether(["id", "qty"]),
  increasing("id"),
  pairGreater(price, "qty"),
  meanBetween(price, { min: 0 }),
  meanBetween(price, { min: 0 }, { when: { qty: { gt: 75 } } }),
  sumBetween(price, { min: 0 }),
  sumBetween("id", { min: 0 }),
  stdevBetween(price, { max: 1 }),
  minBetween(price, { min: 0 }),
  maxBetween("id", { max: 0 }),
  quantilesBetween(price, { "0.01": { min: 0 }, "0.5": { min: 0 }, "0.999": { max: 0 } }),
  distinctCount("qty", { max: 1 }),
  distinctFraction("id", { max: 0.1 }),
  nullFraction("qty", { max: 0 }),
];
const suite = makeSuite("all", expectations, {});

/** Outcomes as the bytes that would be stored. */
const bytesOf = (outcomes: readonly Outcome[]): string => JSON.stringify(outcomes);

describe("neither the size of batches nor their order changes a result", () => {
  // A block ends where its batch does, so the step that settled it may differ: that is how, not what.
  const resultOf = (outcomes: readonly Outcome[]) =>
    bytesOf(outcomes.map(({ evidence: _, ...rest }) => rest));
  const observedOf = ({ observed }: Outcome) =>
    typeof observed === "number" ? Number(observed.toPrecision(10)) : observed;
  const aggregates = [
    rowCount({ min: 1 }),
    nullFraction("name", { max: 0 }),
    distinctCount("id", { max: 1 }),
    sumBetween("id", { min: 0 }),
    meanBetween("qty", { min: 0 }),
    minBetween("name", { min: "b" }),
    maxBetween("price", { max: 0 }, { nan: "skip" }),
  ] as Expectation[];

  it("of any rules on any rows", async () => {
    const cases = anyCase.chain(({ whole, table, batches, suite: { expectations } }) =>
      fc.record({
        whole: fc.constant(whole),
        table: fc.constant(table),
        batches: fc.constant(batches),
        shuffled: fc.shuffledSubarray([...batches], { minLength: batches.length }),
        rules: fc.constant([...expectations, ...aggregates]),
      }),
    );
    await fc.assert(
      fc.asyncProperty(cases, async ({ whole, table, batches, shuffled, rules }) => {
        const all = makeSuite("s", rules, { allowEmpty: true });
        const wanted = resultOf((await validate(whole, all, GIVEN)).outcomes);
        expect(resultOf((await validate(table, all, GIVEN)).outcomes)).toBe(wanted);
        const streamed = await validate(batches, all, { ...GIVEN, keep: "memory" });
        expect(resultOf(streamed.outcomes)).toBe(wanted);

        // Which of equal rows is first, and which rows are shown, is the order's business.
        const blind = makeSuite(
          "s",
          rules.filter(({ keep }) => keep === undefined),
          { allowEmpty: true },
        );
        const [one, other] = [
          await validate(table, blind, GIVEN),
          await validate(new Table(table.schema, [...shuffled]), blind, GIVEN),
        ];
        expect(other.status).toBe(one.status);
        expect(other.quarantined.rows).toBe(one.quarantined.rows);
        for (const [i, outcome] of one.outcomes.entries()) {
          const { status, counts } = other.outcomes[i]!;
          expect([status, counts, observedOf(other.outcomes[i]!)]).toEqual([
            outcome.status,
            outcome.counts,
            observedOf(outcome),
          ]);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe("any batching of 20,000 rows gives the same bytes", () => {
  it("of every outcome, and the same rows on either side", async () => {
    const run = await validate(new Table([whole]), suite, { keys: ["id"] });
    const wanted = bytesOf(run.outcomes);
    const moved = (await run.quarantined.table()).getChild("_row")!.toArray();
    await fc.assert(
      fc.asyncProperty(anyBatching(whole), async (batches) => {
        const again = await validate(new Table(whole.schema, [...batches]), suite, { keys: ["id"] });
        expect(bytesOf(again.outcomes)).toBe(wanted);
        expect(again.cooccurrence).toEqual(run.cooccurrence);
        expect((await again.quarantined.table()).getChild("_row")!.toArray()).toEqual(moved);
      }),
      { numRuns: 12 },
    );
  });

  it.each([[1], [8191], [8192], [8193]])("in batches of %i", async (size) => {
    const rows = size === 1 ? 500 : ROWS;
    const part = whole.slice(0, rows);
    const batches = Array.from({ length: Math.ceil(rows / size) }, (_, i) =>
      part.slice(i * size, (i + 1) * size),
    );
    const [run, again] = [await validate(part, suite), await validate(batches, suite, { keep: "memory" })];
    expect(bytesOf(again.outcomes)).toBe(bytesOf(run.outcomes));
  });
});

describe("the order of rows", () => {
  const sameAnyway = expectations.filter(({ type, keep }) => type !== "increasing" && keep === undefined);
  const numbers = (outcomes: readonly Outcome[]) =>
    outcomes.map(({ id, status, counts, observed }) => [
      id,
      status,
      counts,
      typeof observed === "number" ? Number(observed.toPrecision(10)) : observed,
    ]);

  it("changes ordered rules, who is first, and the sample; nothing else", async () => {
    const suite = makeSuite("s", sameAnyway, {});
    const part = whole.slice(0, 9000);
    const run = await validate(part, suite);
    const backwards = Array.from({ length: 9000 }, (_, row) => part.slice(8999 - row, 9000 - row));
    const again = await validate(backwards, suite, { keep: "memory" });
    expect(numbers(again.outcomes)).toEqual(numbers(run.outcomes));
    expect([again.accepted.rows, again.quarantined.rows]).toEqual([run.accepted.rows, run.quarantined.rows]);
  });
});

describe("text in any batching", () => {
  it("is judged the same", async () => {
    const text = Array.from({ length: 9000 }, (_, row) =>
      row % 7 === 0 ? null : `é${"x".repeat(row % 40)}${row % 13}`,
    );
    const table = new Table({ text: vectorFromArray(text, new Utf8()) });
    const of = makeSuite(
      "s",
      [
        matches("text", "x9$"),
        lengthBetween("text", { max: 30 }, { onFail: "quarantine" }),
        oneOf("text", ["é0"]),
        unique("text", { onFail: "quarantine", keep: "first" }),
        increasing("text"),
        minBetween("text", { min: "z" }),
        distinctCount("text", { max: 3 }),
      ],
      {},
    );
    const wanted = bytesOf((await validate(table, of)).outcomes);
    await fc.assert(
      fc.asyncProperty(anyBatching(table.batches[0]!), async (batches) => {
        expect(bytesOf((await validate(new Table(table.schema, [...batches]), of)).outcomes)).toBe(wanted);
      }),
      { numRuns: 10 },
    );
  });
});
