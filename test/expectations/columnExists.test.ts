import { Field, Int32, Schema, Struct, Table, Utf8, vectorFromArray } from "apache-arrow";
import { describe, expect, it } from "vitest";
import { columnExists } from "../../src/expectations/index.js";
import { outcomeOf } from "./outcomes.js";

const table = { id: { type: "int64", values: [1] }, "a.b": { type: "utf8", values: ["x"] } };

describe("columnExists", () => {
  it("passes what is there, and suggests the nearest where it isn't", async () => {
    const there = await outcomeOf(table, columnExists("id"));
    expect([there.status, there.observed]).toEqual(["pass", { index: 0, type: "int64" }]);
    expect((await outcomeOf(table, columnExists("a.b"))).status).toBe("pass");
    const absent = await outcomeOf(table, columnExists("idd"));
    expect([absent.status, absent.message, absent.observed]).toEqual([
      "fail",
      'no column "idd"; did you mean "id"?',
      null,
    ]);
    expect((await outcomeOf(table, columnExists("ID"))).status).toBe("fail");
  });

  it("takes 0 for a position like any other", async () => {
    const at = async (name: string, index: number) =>
      (await outcomeOf(table, columnExists(name, { index }))).status;
    expect(await at("id", 0)).toBe("pass");
    expect(await at("id", 1)).toBe("fail");
    expect(await at("a.b", 0)).toBe("fail");
    expect(await at("a.b", 1)).toBe("pass");
    const moved = await outcomeOf(table, columnExists("a.b", { index: 0 }));
    expect(moved.message).toBe("it stands at position 1, not 0");
    expect(moved.expected).toBe("there is a column a.b at position 0");
  });

  it("finds fields of structs, at their place among their siblings", async () => {
    const type = new Struct([new Field("city", new Utf8(), true), new Field("zip", new Int32(), true)]);
    const address = vectorFromArray([{ city: "Paris", zip: 75001 }], type);
    const nested = new Table(new Schema([new Field("address", type, true)]), { address });
    for (const column of ["address.zip", ["address", "zip"]] as const) {
      expect((await outcomeOf(nested, columnExists(column, { index: 1 }))).status).toBe("pass");
    }
    expect((await outcomeOf(nested, columnExists("address.street"))).status).toBe("fail");
  });

  it("is judged on a table of no rows too, and only warns on request", async () => {
    const empty = { id: { type: "int64", values: [] } };
    expect((await outcomeOf(empty, columnExists("id"))).status).toBe("pass");
    expect((await outcomeOf(empty, columnExists("name", { onFail: "warn" }))).status).toBe("warn");
  });

  it("refuses what is no position", () => {
    expect(() => columnExists("id", { index: -1 })).toThrow(/index/);
    expect(() => columnExists("id", { index: 0.5 })).toThrow(/index/);
  });
});
