import { expect, it } from "vitest";
import { mostCommonValueIn } from "../../src/expectations/index.js";
import { verdict } from "./frequencies.js";

it("fails where the mode is another", async () => {
  const cells = ["b", "a", "b", null, null, null];
  expect(await verdict("utf8", cells, mostCommonValueIn("x", ["a"]))).toEqual({
    status: "fail",
    observed: ["b"],
    details: { rows: 2, modes: 1 },
  });
  expect((await verdict("utf8", cells, mostCommonValueIn("x", ["b"]))).status).toBe("pass");
});

it("takes no tie for a mode, unless any will do", async () => {
  const cells = [1, 1, 2, 2, 3];
  expect(await verdict("int64", cells, mostCommonValueIn("x", [1, 2]))).toMatchObject({
    status: "fail",
    observed: [1, 2],
  });
  expect((await verdict("int64", cells, mostCommonValueIn("x", [2], { tie: "any" }))).status).toBe("pass");
  expect((await verdict("int64", cells, mostCommonValueIn("x", [3], { tie: "any" }))).status).toBe("fail");
});

it("takes NaN for a value, unless it is left out", async () => {
  const cells = [1, Number.NaN, Number.NaN];
  expect(await verdict("float64", cells, mostCommonValueIn("x", [1]))).toMatchObject({
    status: "fail",
    observed: ["NaN"],
  });
  expect((await verdict("float64", cells, mostCommonValueIn("x", [1], { nan: "skip" }))).status).toBe("pass");
});
