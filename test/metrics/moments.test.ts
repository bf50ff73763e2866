import { tableFromArrays } from "apache-arrow";
import { expect, test } from "vitest";
import { meanBetween, stdevBetween } from "../../src/expectations/index.js";
import { suite } from "../../src/suite/suite.js";
import { validate } from "../../src/validate/validate.js";

test("a mean is there though the sum behind it has left a double's range", async () => {
  const table = tableFromArrays({ a: Float64Array.of(1.7e308, 1.7e308, 1.7e308) });
  const run = await validate(
    table,
    suite("s", [meanBetween("a", { max: 1 }), stdevBetween("a", { min: 1 })]),
  );
  expect(run.outcomes[0]!.observed).toBeCloseTo(1.7e308, -300);
  expect(run.outcomes[1]!.observed).not.toBe("NaN");
});

test("equal values deviate by nothing, and their mean is their value", async () => {
  for (const value of [1e9 + 0.1, 1e15 + 0.1, 0.1, 1e-300, -1e300]) {
    const table = tableFromArrays({ x: new Float64Array(100_001).fill(value) });
    const run = await validate(
      table,
      suite("constant", [stdevBetween("x", { max: 0 }), meanBetween("x", { min: value, max: value })]),
    );
    expect(run.outcomes.map(({ status, observed }) => [status, observed])).toEqual([
      ["pass", 0],
      ["pass", value],
    ]);
  }
});
