import { expect, it } from "vitest";
import { distinctValuesIn } from "../../src/expectations/index.js";
import { verdict } from "./frequencies.js";
import { outcomeOf } from "./outcomes.js";
import { columnOf } from "./tables.js";

it("fails on a value beyond the set, and shows the values in order", async () => {
  const cells = ["b", "a", null, "b", "é"];
  expect(await verdict("utf8", cells, distinctValuesIn("x", ["a", "b", "z"]))).toEqual({
    status: "fail",
    observed: ["a", "b", "é"],
    details: { distinct: 3, unexpected: ["é"] },
  });
  expect((await verdict("utf8", cells, distinctValuesIn("x", ["a", "b", "é", "z"]))).status).toBe("pass");
});

it("compares in the column's own type, exactly", async () => {
  const big = [2n ** 53n + 1n, 1n];
  expect((await verdict("int64", big, distinctValuesIn("x", [1, "9007199254740993"]))).status).toBe("pass");
  expect((await verdict("int64", big, distinctValuesIn("x", [1, "9007199254740992"]))).status).toBe("fail");
  expect((await verdict("int64", [1], distinctValuesIn("x", [1.5]))).status).toBe("fail");
  expect((await verdict("float64", [0, -0], distinctValuesIn("x", [0]))).details).toMatchObject({
    distinct: 1,
  });
  expect((await verdict("date32", ["2024-01-01"], distinctValuesIn("x", ["2024-01-01"]))).status).toBe(
    "pass",
  );
  expect((await verdict("bool", [true, false], distinctValuesIn("x", [true]))).details).toEqual({
    distinct: 2,
    unexpected: [false],
  });
  expect((await outcomeOf(columnOf("int64", [1]), distinctValuesIn("x", ["a"]))).status).toBe("error");
});

it("takes NaN for a value in no set, unless it is left out", async () => {
  const cells = [1, Number.NaN];
  expect(await verdict("float64", cells, distinctValuesIn("x", [1]))).toMatchObject({
    status: "fail",
    observed: [1, "NaN"],
    details: { distinct: 2, unexpected: ["NaN"] },
  });
  expect((await verdict("float64", cells, distinctValuesIn("x", [1], { nan: "null" }))).status).toBe("pass");
});

it("shows a hundred values at most, and says how many there are", async () => {
  const many = Array.from({ length: 250 }, (_, i) => i);
  const { observed, details } = await verdict("int32", many, distinctValuesIn("x", []));
  expect(observed).toEqual(many.slice(0, 100));
  expect(details).toMatchObject({ distinct: 250, truncated: true, unexpected: many.slice(0, 100) });
});
