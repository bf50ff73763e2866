import { expect, it } from "vitest";
import { columnType } from "../../src/expectations/index.js";
import { outcomeOf } from "./outcomes.js";
import { asDictionaries, columnOf, tableOf } from "./tables.js";

const ints = columnOf("int64", [1]);

it("takes one type, several, or a family", async () => {
  expect((await outcomeOf(ints, columnType("x", "int64"))).status).toBe("pass");
  expect(await outcomeOf(ints, columnType("x", ["int32", "utf8"]))).toMatchObject({
    status: "fail",
    observed: "int64",
  });
  const moments = columnOf("timestamp[us]", ["2024-01-01"]);
  expect((await outcomeOf(moments, columnType("x", "timestamp"))).status).toBe("pass");
  expect((await outcomeOf(moments, columnType("x", "timestamp[ms]"))).status).toBe("fail");
});

it("looks through encodings, unless they count", async () => {
  const encoded = asDictionaries(ints);
  expect((await outcomeOf(encoded, columnType("x", "int64"))).status).toBe("pass");
  expect((await outcomeOf(encoded, columnType("x", "int64", { physical: true }))).status).toBe("fail");
  expect((await outcomeOf(tableOf(ints), columnType("x", "int64", { physical: true }))).status).toBe("pass");
});

it("fails where the column is missing, and refuses a type that is none", async () => {
  expect(await outcomeOf(ints, columnType("y", "int64"))).toMatchObject({
    status: "fail",
    message: expect.stringContaining('no column "y"'),
  });
  expect(() => columnType("x", "int46")).toThrow(/no type is called "int46"/);
});
