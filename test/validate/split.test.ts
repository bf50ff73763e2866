import { makeTable, type RecordBatch, Table } from "apache-arrow";
import { between, ConfigError, notNull, rowCount, suite, unique, validate } from "veritable";
import { describe, expect, it } from "vitest";
import { tableOf } from "../../src/testing/plainTable.js";

const quarantine = { onFail: "quarantine" } as const;
const table = tableOf({
  id: { type: "int64", values: [1, 2, 2, null] },
  qty: { type: "int32", values: [1, 200, 3, 400] },
});
const moves = suite("moves", [
  between("qty", { max: 100 }, { ...quarantine, id: "big" }),
  notNull("id", quarantine),
]);

async function collected(batches: AsyncIterable<RecordBatch>): Promise<RecordBatch[]> {
  const all: RecordBatch[] = [];
  for await (const batch of batches) all.push(batch);
  return all;
}

describe("a split", () => {
  it("of a table from which nothing was taken is that very table", async () => {
    const good = suite("good", [rowCount({ min: 1 }), between("qty", { max: 1000 }, quarantine)]);
    const run = await validate(table, good);
    expect(await run.accepted.table()).toBe(table);
    expect((await run.quarantined.table()).numRows).toBe(0);
    const empty = tableOf({ qty: { type: "int32", values: [] } });
    expect(await (await validate(empty, good)).accepted.table()).toBe(empty);
  });

  it("of a table that failed without quarantine is that table too", async () => {
    const run = await validate(
      table,
      suite("fails", [between("qty", { max: 1 }, { onFail: "warn" }), notNull("id")]),
    );
    expect(run.status).toBe("fail");
    expect(await run.accepted.table()).toBe(table);
  });

  it("gives batches from which nothing was taken as they are", async () => {
    const clean = table.batches[0]!.slice(0, 1);
    const run = await validate(new Table([clean, table.batches[0]!.slice(1, 4)]), moves);
    expect((await collected(run.accepted.batches()))[0]).toBe(clean);
  });

  it("can be read any number of times, whole or batch by batch", async () => {
    const run = await validate(table, moves);
    for (let times = 0; times < 2; times++) {
      expect((await run.accepted.table()).toArray().map((row) => row.id)).toEqual([1n, 2n]);
      const moved = new Table(await collected(run.quarantined.batches()));
      expect(moved.toArray().map(({ id, qty, _row, _rules }) => [id, qty, _row, [..._rules]])).toEqual([
        [2n, 200, 1n, ["big"]],
        [null, 400, 3n, ["big", "notNull(id)"]],
      ]);
    }
    expect([run.accepted.rows, run.quarantined.rows, run.accepted.file]).toEqual([2, 2, undefined]);
  });

  it("has the columns it would have, where it has no row", async () => {
    const all = suite("all", [between("qty", { max: 0 }, quarantine)]);
    const [none, every] = [
      await validate(table, suite("none", [notNull("qty", quarantine)])),
      await validate(table, all),
    ];
    const names = async (of: typeof none.accepted) =>
      (await of.table()).schema.fields.map(({ name, type }) => `${name} ${type}`);
    expect(await names(none.quarantined)).toEqual([
      "id Int64",
      "qty Int32",
      "_row Int64",
      "_rules List<Utf8>",
    ]);
    expect(await names(every.accepted)).toEqual(["id Int64", "qty Int32"]);
    expect((await every.accepted.table()).numRows).toBe(0);
  });

  it("keeps the schema's metadata on both sides", async () => {
    const made = makeTable({ qty: Int32Array.of(1, 500) });
    made.schema.metadata.set("origin", "test");
    const run = await validate(made, suite("s", [between("qty", { max: 100 }, quarantine)]));
    expect((await run.accepted.table()).schema.metadata.get("origin")).toBe("test");
    expect((await run.quarantined.table()).schema.metadata.get("origin")).toBe("test");
  });

  it("of a column called as a rule's list would be called keeps the values apart", async () => {
    const odd = tableOf({
      item: { type: "utf8", values: ["x", null] },
      rules: { type: "int32", values: [1, 2] },
    });
    const run = await validate(odd, suite("s", [notNull("item", quarantine)]));
    const [row] = (await run.quarantined.table()).toArray();
    expect([row?.item, row?.rules, row?._row, [...row!._rules]]).toEqual([null, 2, 1n, ["notNull(item)"]]);
  });
});

describe("the columns added to quarantined rows", () => {
  const taken = tableOf({ _row: { type: "int32", values: [1] }, _rules: { type: "utf8", values: ["a"] } });
  const some = suite("s", [notNull("_row", quarantine)]);

  it("may not be called like a column of the source", async () => {
    const refused = validate(taken, some);
    await expect(refused).rejects.toThrow(ConfigError);
    await expect(refused).rejects.toMatchObject({ code: "config/reserved-name" });
    await expect(refused).rejects.toThrow('the source has a column "_row"');
    await expect(validate(taken, some, { quarantineColumns: { row: "n" } })).rejects.toThrow(
      /"_rules".*quarantineColumns\.rules/,
    );
    await expect(validate(taken, some, { quarantineColumns: { row: "_rules" } })).rejects.toThrow(
      ConfigError,
    );
  });

  it("may be called otherwise", async () => {
    const run = await validate(taken, some, { quarantineColumns: { row: "n", rules: "why" } });
    expect((await run.quarantined.table()).schema.fields.map(({ name }) => name)).toEqual([
      "_row",
      "_rules",
      "n",
      "why",
    ]);
  });

  it("have to differ from each other", async () => {
    const options = { quarantineColumns: { row: "x", rules: "x" } };
    await expect(validate(table, moves, options)).rejects.toThrow(ConfigError);
  });

  it("don't matter where nothing can be quarantined", async () => {
    expect((await validate(taken, suite("s", [notNull("_row")]))).status).toBe("pass");
  });
});

describe("duplicates", () => {
  const values = tableOf({ id: { type: "int64", values: [7, 8, 7, null, 7, null] } });
  const moved = async (keep: "none" | "first", nulls: "skip" | "fail") => {
    const run = await validate(values, suite("s", [unique("id", { ...quarantine, keep, nulls })]));
    return (await run.quarantined.table()).toArray().map((row) => Number(row._row));
  };

  it.each([
    ["none", "skip", [0, 2, 4]],
    ["none", "fail", [0, 2, 3, 4, 5]],
    ["first", "skip", [2, 4]],
    ["first", "fail", [2, 3, 4, 5]],
  ] as const)("keep %s, nulls %s", async (keep, nulls, rows) => {
    expect(await moved(keep, nulls)).toEqual(rows);
  });
});
