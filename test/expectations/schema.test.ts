import { describe, expect, it } from "vitest";
import { schema } from "../../src/expectations/index.js";
import { outcomeOf } from "./outcomes.js";
import { everyShape } from "./tables.js";

const orders = {
  id: { type: "int64", values: [1, 2] },
  price: { type: "float64", values: [9.5, null] },
  country: { type: "dictionary<int32, utf8>", values: ["FR", "US"] },
};

describe("schema", () => {
  it("compares types as values are, whatever the encoding", async () => {
    const declared = schema({ id: "int64", price: "float64?", country: "utf8" });
    for (const [shape, table] of everyShape(orders)) {
      expect((await outcomeOf(table, declared)).status, shape).toBe("pass");
    }
    const named = schema({ country: "dictionary<int8, utf8>", price: "double?" });
    expect((await outcomeOf(orders, named)).status).toBe("pass");
    expect(
      (await outcomeOf({ country: { type: "large_utf8", values: ["FR"] } }, schema({ country: "utf8" })))
        .status,
    ).toBe("pass");
  });

  it("compares encodings too on request", async () => {
    const plain = await outcomeOf(orders, schema({ country: "utf8" }, { physical: true }));
    expect([plain.status, plain.message]).toEqual([
      "fail",
      'column "country" is dictionary<int32, utf8>, not utf8',
    ]);
    const same = schema({ country: "dictionary<int32, utf8>" }, { physical: true });
    expect((await outcomeOf(orders, same)).status).toBe("pass");
  });

  it("names each column that is missing or of another type", async () => {
    const outcome = await outcomeOf(orders, schema({ id: "int32", name: "utf8", price: "float64?" }));
    expect(outcome.status).toBe("fail");
    expect(outcome.message).toBe('column "id" is int64, not int32; column "name" is missing');
    expect(outcome.details).toEqual({
      id: { expected: "int32", actual: "int64" },
      name: { expected: "utf8", actual: null },
    });
  });

  it("holds a column without ? to no null, by count and in every shape", async () => {
    for (const [shape, table] of everyShape(orders)) {
      const outcome = await outcomeOf(table, schema({ price: "float64" }));
      expect([outcome.status, outcome.message], shape).toEqual(["fail", 'column "price" holds nulls: 1']);
    }
    expect((await outcomeOf({ x: { type: "null", values: [null] } }, schema({ x: "null" }))).status).toBe(
      "fail",
    );
    expect((await outcomeOf({ x: { type: "null", values: [null] } }, schema({ x: "null?" }))).status).toBe(
      "pass",
    );
  });

  it("takes NaN for a value, and a table of no rows for one without nulls", async () => {
    expect(
      (await outcomeOf({ x: { type: "float64", values: [Number.NaN] } }, schema({ x: "float64" }))).status,
    ).toBe("pass");
    expect((await outcomeOf({ x: { type: "utf8", values: [] } }, schema({ x: "utf8" }))).status).toBe("pass");
  });

  it("allows other columns, unless told otherwise", async () => {
    expect((await outcomeOf(orders, schema({ id: "int64" }))).status).toBe("pass");
    const outcome = await outcomeOf(orders, schema({ id: "int64" }, { extra: "fail" }));
    expect([outcome.status, outcome.message]).toEqual(["fail", 'not declared: "price", "country"']);
  });

  it("fixes the order as a list, and takes names that an object would reorder", async () => {
    const years = { b: { type: "int32", values: [1] }, a: { type: "utf8", values: ["x"] } };
    expect((await outcomeOf(years, schema({ a: "utf8", b: "int32" }))).status).toBe("pass");
    const ordered = await outcomeOf(
      years,
      schema([
        ["a", "utf8"],
        ["b", "int32"],
      ]),
    );
    expect([ordered.status, ordered.message]).toEqual(["fail", 'column "a" should come before "b"']);
    const odd = { "2021": { type: "int64", values: [1] }, "a.b": { type: "utf8", values: ["x"] } };
    expect(
      (
        await outcomeOf(
          odd,
          schema([
            ["2021", "int64"],
            ["a.b", "utf8"],
          ]),
        )
      ).status,
    ).toBe("pass");
  });

  it("has a bare family stand for each of its members", async () => {
    const moments = {
      at: { type: "timestamp[us, UTC]", values: ["2024-01-01"] },
      price: { type: "decimal128(10, 2)", values: ["1.10"] },
    };
    expect((await outcomeOf(moments, schema({ at: "timestamp", price: "decimal128" }))).status).toBe("pass");
    expect((await outcomeOf(moments, schema({ at: "timestamp[us]" }))).status).toBe("fail");
    expect((await outcomeOf(moments, schema({ price: "decimal128(10,2)" }))).status).toBe("pass");
  });

  it("refuses a type that is none, naming the nearest, and what only rows have", () => {
    expect(() => schema({ id: "int46" })).toThrow(/no type is called "int46"; did you mean "int4?6?4?/);
    expect(() => schema([])).toThrow(/columns/);
    // @ts-expect-error a schema is no row
    expect(() => schema({ id: "int64" }, { mostly: 0.5 })).toThrow(/can't honour "mostly"/);
  });
});
