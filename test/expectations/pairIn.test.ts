import { describe, expect, it } from "vitest";
import { pairIn } from "../../src/expectations/index.js";
import { failedRows, outcomeOf, sameOutcome, seen } from "./outcomes.js";
import type { Cell } from "./tables.js";

function pair(type: string, a: readonly Cell[], b: readonly Cell[], other = type) {
  return { a: { type, values: a }, b: { type: other, values: b } };
}

describe("pairIn", () => {
  it("fails pairs that aren't listed and what lacks one side, and ignores what lacks both", async () => {
    const cells = pair(
      "utf8",
      ["FR", "FR", "US", "DE", null, "FR", null],
      ["EUR", "USD", "USD", "EUR", "EUR", null, null],
    );
    const expectation = pairIn("a", "b", [
      ["FR", "EUR"],
      ["FR", "CHF"],
      ["US", "USD"],
    ]);
    expect(seen(await sameOutcome(cells, expectation))).toEqual({
      status: "fail",
      ignored: 1,
      judged: 6,
      failed: 4,
      failing: [1, 3, 4, 5],
    });
  });

  it("ignores rows as it is told", async () => {
    const cells = pair("int32", [1, 1, null, null], [1, null, 1, null]);
    const either = pairIn("a", "b", [[1, 1]], { ignoreRowIf: "either_value_is_missing" });
    expect(seen(await sameOutcome(cells, either))).toMatchObject({ ignored: 3, judged: 1, failing: [] });
    const neither = pairIn("a", "b", [[1, 1]], { ignoreRowIf: "neither" });
    expect(failedRows(await sameOutcome(cells, neither))).toEqual([1, 2, 3]);
  });

  it("compares each side in its own type, and finds NaN in no pair", async () => {
    const big = pair("int64", [2n ** 53n, 2n ** 53n + 1n], ["2024-01-01", "2024-01-01"], "date32");
    expect(
      failedRows(await sameOutcome(big, pairIn("a", "b", [["9007199254740993", "2024-01-01"]]))),
    ).toEqual([0]);
    const nan = pair("float64", [Number.NaN, 1], [1, 1], "int32");
    expect(failedRows(await sameOutcome(nan, pairIn("a", "b", [[1, 1]])))).toEqual([0]);
    const asNull = pairIn("a", "b", [[1, 1]], { nan: "null", ignoreRowIf: "either_value_is_missing" });
    expect(seen(await sameOutcome(nan, asNull))).toMatchObject({ ignored: 1, failing: [] });
  });

  it("finds nothing in no pairs, and is an error for a value of the wrong kind", async () => {
    expect(failedRows(await sameOutcome(pair("int32", [1], [1]), pairIn("a", "b", [])))).toEqual([0]);
    expect((await outcomeOf(pair("int32", [1], [1]), pairIn("a", "b", [["x", 1]]))).status).toBe("error");
  });
});
