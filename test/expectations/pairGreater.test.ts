import { describe, expect, it } from "vitest";
import { pairGreater } from "../../src/expectations/index.js";
import { failedRows, outcomeOf, sameOutcome, seen } from "./outcomes.js";
import type { Cell } from "./tables.js";

function pair(type: string, a: readonly Cell[], b: readonly Cell[], other = type) {
  return { a: { type, values: a }, b: { type: other, values: b } };
}

const ints = pair("int32", [2, 1, 0, null, 3, null], [1, 1, 1, 4, null, null]);

describe("pairGreater", () => {
  it("fails what is less or equal and what lacks one side, and ignores what lacks both", async () => {
    expect(seen(await sameOutcome(ints, pairGreater("a", "b")))).toEqual({
      status: "fail",
      ignored: 1,
      judged: 5,
      failed: 4,
      failing: [1, 2, 3, 4],
    });
  });

  it("passes equal values on request", async () => {
    const outcome = await sameOutcome(ints, pairGreater("a", "b", { orEqual: true }));
    expect(failedRows(outcome)).toEqual([2, 3, 4]);
    expect(outcome.expected).toBe("a is at least b");
    expect(failedRows(await sameOutcome(ints, pairGreater("a", "b", { orEqual: false })))).toEqual([
      1, 2, 3, 4,
    ]);
  });

  it("ignores rows as it is told", async () => {
    const either = pairGreater("a", "b", { ignoreRowIf: "either_value_is_missing" });
    expect(seen(await sameOutcome(ints, either))).toMatchObject({ ignored: 3, judged: 3, failing: [1, 2] });
    const neither = pairGreater("a", "b", { orEqual: true, ignoreRowIf: "neither" });
    expect(seen(await sameOutcome(ints, neither))).toMatchObject({ judged: 6, failing: [2, 3, 4, 5] });
  });

  it("fails NaN on either side, leaves it out, or takes it for a null", async () => {
    const cells = pair("float64", [Number.NaN, 1, Number.NaN, 2], [1, Number.NaN, Number.NaN, 1]);
    expect(failedRows(await sameOutcome(cells, pairGreater("a", "b", { orEqual: true })))).toEqual([0, 1, 2]);
    expect(seen(await sameOutcome(cells, pairGreater("a", "b", { nan: "skip" })))).toEqual({
      status: "pass",
      nan: 3,
      judged: 1,
      failing: [],
    });
    expect(seen(await sameOutcome(cells, pairGreater("a", "b", { nan: "null" })))).toMatchObject({
      ignored: 1,
      judged: 3,
      failing: [0, 1],
    });
  });

  it("orders infinities, integers beyond 2^53, decimals, moments and text", async () => {
    const failing = async (cells: ReturnType<typeof pair>) =>
      failedRows(await sameOutcome(cells, pairGreater("a", "b")));
    const infinity = Number.POSITIVE_INFINITY;
    expect(await failing(pair("float64", [infinity, infinity, 0], [0, infinity, -infinity]))).toEqual([1]);
    expect(await failing(pair("int64", [2n ** 53n + 1n, 2n ** 53n], [2n ** 53n, 2n ** 53n + 1n]))).toEqual([
      1,
    ]);
    expect(
      await failing(pair("decimal128(10, 2)", ["0.11", "0.10"], ["0.1", "0.1"], "decimal128(10, 1)")),
    ).toEqual([1]);
    const moments = pair(
      "timestamp[us]",
      ["2024-01-02", "2024-01-01"],
      ["2024-01-01", "2024-01-01"],
      "date32",
    );
    expect(await failing(moments)).toEqual([1]);
    expect(await failing(pair("utf8", ["b", "ab", "😀"], ["a", "b", "\u{ffff}"]))).toEqual([1]);
  });

  it("passes empty tables and pairs without values", async () => {
    expect((await sameOutcome(pair("int32", [], []), pairGreater("a", "b"))).status).toBe("pass");
    expect((await sameOutcome(pair("int32", [null], [null]), pairGreater("a", "b"))).status).toBe("pass");
    expect(failedRows(await sameOutcome(pair("int32", [1], [null], "null"), pairGreater("a", "b")))).toEqual([
      0,
    ]);
  });

  it("is an error for kinds that don't compare", async () => {
    expect((await outcomeOf(pair("utf8", ["1"], [1], "int32"), pairGreater("a", "b"))).status).toBe("error");
    expect((await outcomeOf(pair("bool", [true], [false]), pairGreater("a", "b"))).status).toBe("error");
  });
});
