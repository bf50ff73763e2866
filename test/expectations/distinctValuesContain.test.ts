import { expect, it } from "vitest";
import { distinctValuesContain } from "../../src/expectations/index.js";
import { verdict } from "./frequencies.js";

it("fails where a value of the set doesn't occur, and names it", async () => {
  const cells = [3, 1, null, 1];
  expect(await verdict("int32", cells, distinctValuesContain("x", [1, 2, 4]))).toEqual({
    status: "fail",
    observed: [1, 3],
    details: { distinct: 2, missing: [2, 4] },
  });
  expect((await verdict("int32", cells, distinctValuesContain("x", [1, 3]))).status).toBe("pass");
  expect((await verdict("int32", cells, distinctValuesContain("x", []))).status).toBe("pass");
});

it("looks only at rows that its condition selects", async () => {
  const when = distinctValuesContain("x", [1], { when: { x: { gt: 1 } } });
  expect((await verdict("int32", [1, 2], when)).status).toBe("fail");
  expect((await verdict("int32", [1], when)).status).toBe("skipped");
});
