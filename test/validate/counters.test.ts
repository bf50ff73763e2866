import type { Table } from "apache-arrow";
import {
  between,
  type Expectation,
  increasing,
  matches,
  meanBetween,
  notNull,
  pairGreater,
  rowCount,
  satisfies,
  schema,
  unique,
  type ValidateOptions,
} from "veritable";
import { describe, expect, it } from "vitest";
import { fromTable } from "../../src/io/memorySource.js";
import type { ReadOptions, Source } from "../../src/io/source.js";
import { makeSuite } from "../../src/suite/suite.js";
import { tableOf } from "../../src/testing/plainTable.js";
import { pass } from "../../src/validate/pass.js";
import { setUp } from "../../src/validate/setUp.js";

const table = tableOf({
  id: { type: "int64", values: [1, 2, 2, 4] },
  email: { type: "utf8", values: ["a", "b", "c", null] },
  qty: { type: "int32", values: [1, 2, 3, 400] },
  price: { type: "float64", values: [1, 2, 3, 4] },
});
const names = table.schema.fields.map(({ name }) => name);

/** A source that writes down each time it is read, by the columns that are asked for. */
function counting(of: Table, rereadable = true): { source: Source; reads: string[][] } {
  const reads: string[][] = [];
  const inner = fromTable(of);
  const batches = (read: ReadOptions = {}) => {
    reads.push(read.columns ? read.columns.map((index) => names[index]!) : ["all"]);
    return inner.batches(read);
  };
  return { source: { ...inner, rereadable, batches }, reads };
}

async function readsOf(
  expectations: Expectation[],
  options: ValidateOptions = {},
  rereadable = true,
): Promise<string[][]> {
  const { source, reads } = counting(table, rereadable);
  const setup = await setUp(source, makeSuite("s", expectations, {}), options);
  expect(reads).toEqual([]);
  const { evidence } = await pass(source, setup, options);
  expect(evidence?.rows).toBe(4);
  return reads;
}

describe("one pass, over the columns that some expectation needs", () => {
  it.each<[name: string, expectations: Expectation[], columns: string[]]>([
    ["one column", [between("qty", { max: 9 })], ["qty"]],
    [
      "one column, asked many times",
      [between("qty", { max: 9 }), notNull("qty"), meanBetween("qty", { max: 9 }), increasing("qty")],
      ["qty"],
    ],
    ["in the schema's order", [notNull("price"), notNull("id")], ["id", "price"]],
    [
      "what a condition looks at",
      [between("qty", { max: 9 }, { when: { email: { eq: "a" } } })],
      ["email", "qty"],
    ],
    ["both of a pair", [pairGreater("price", "qty")], ["qty", "price"]],
    [
      "what an aggregate's condition looks at",
      [meanBetween("qty", { max: 9 }, { when: { price: { gt: 1 } } })],
      ["qty", "price"],
    ],
    ["what a count's condition looks at", [rowCount({ min: 1 }, { when: { price: { gt: 1 } } })], ["price"]],
    ["what a schema counts the nulls of", [schema({ id: "int64", email: "utf8?" })], ["id"]],
    ["what a function is handed", [satisfies(["id", "qty"], { function: "f" })], ["id", "qty"]],
    ["none, for the number of rows", [rowCount({ min: 1 })], []],
    ["none, for a column that isn't there", [notNull("idd"), notNull("qty")], ["qty"]],
    ["duplicates that are only counted", [unique("qty")], ["qty"]],
    [
      "duplicates of which the first is spared",
      [unique("id", { keep: "first", onFail: "quarantine" })],
      ["id"],
    ],
    ["a pattern", [matches("email", "a")], ["email"]],
  ])("%s", async (_, expectations, columns) => {
    expect(await readsOf(expectations, { functions: { f: () => true } })).toEqual([columns]);
  });

  it("and the keys that samples show", async () => {
    expect(await readsOf([between("qty", { max: 9 })], { keys: ["id"] })).toEqual([["id", "qty"]]);
  });

  it("a second look, where one is needed, reads the keys it is about", async () => {
    const rules = [unique("id"), between("price", { max: 9 })];
    expect(await readsOf(rules)).toEqual([["id", "price"], ["id"]]);
    expect(await readsOf(rules, { keys: ["email"] })).toEqual([
      ["id", "email", "price"],
      ["id", "email"],
    ]);
  });

  it("a second look is not taken for nothing, nor where it can't be", async () => {
    expect(await readsOf([unique("qty", { onFail: "quarantine" })])).toEqual([["qty"]]);
    expect(await readsOf([unique("id")], {}, false)).toEqual([["id"]]);
  });
});
