import { expect, it } from "vitest";
import { distinctValuesEqual } from "../../src/expectations/index.js";
import { verdict } from "./frequencies.js";

it("fails on more and on less than the set", async () => {
  const cells = ["a", "b", null];
  expect((await verdict("utf8", cells, distinctValuesEqual("x", ["b", "a"]))).status).toBe("pass");
  expect(await verdict("utf8", cells, distinctValuesEqual("x", ["a", "c"]))).toMatchObject({
    status: "fail",
    details: { distinct: 2, unexpected: ["b"], missing: ["c"] },
  });
});

it("takes no value for the empty set only on request", async () => {
  expect((await verdict("utf8", [null], distinctValuesEqual("x", []))).status).toBe("fail");
  expect((await verdict("utf8", [null], distinctValuesEqual("x", [], { onEmpty: "pass" }))).status).toBe(
    "pass",
  );
});
