import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pairEqual } from "../../src/expectations/index.js";
import { failedRows, outcomeOf, sameOutcome, seen } from "./outcomes.js";
import { type Cell, inBatches, tableOf } from "./tables.js";

function pair(type: string, a: readonly Cell[], b: readonly Cell[], other = type) {
  return { a: { type, values: a }, b: { type: other, values: b } };
}

const ints = pair("int32", [1, 2, 3, null, null], [1, 9, null, 4, null]);

describe("pairEqual", () => {
  it("fails what differs and what lacks one side, and ignores what lacks both", async () => {
    expect(seen(await sameOutcome(ints, pairEqual("a", "b")))).toEqual({
      status: "fail",
      ignored: 1,
      judged: 4,
      failed: 3,
      failing: [1, 2, 3],
    });
  });

  it("ignores rows as it is told, and no null equals another", async () => {
    const either = pairEqual("a", "b", { ignoreRowIf: "either_value_is_missing" });
    expect(seen(await sameOutcome(ints, either))).toEqual({
      status: "fail",
      ignored: 3,
      judged: 2,
      failed: 1,
      failing: [1],
    });
    const neither = pairEqual("a", "b", { ignoreRowIf: "neither" });
    expect(seen(await sameOutcome(ints, neither))).toEqual({
      status: "fail",
      judged: 5,
      failed: 4,
      failing: [1, 2, 3, 4],
    });
    const both = pairEqual("a", "b", { ignoreRowIf: "both_values_are_missing" });
    expect(failedRows(await sameOutcome(ints, both))).toEqual([1, 2, 3]);
  });

  it("fails NaN against NaN, leaves it out, or takes it for a null", async () => {
    const cells = pair("float64", [1, Number.NaN, Number.NaN, null], [1, Number.NaN, 2, null]);
    expect(failedRows(await sameOutcome(cells, pairEqual("a", "b")))).toEqual([1, 2]);
    expect(seen(await sameOutcome(cells, pairEqual("a", "b", { nan: "skip" })))).toEqual({
      status: "pass",
      ignored: 1,
      nan: 2,
      judged: 1,
      failing: [],
    });
    expect(seen(await sameOutcome(cells, pairEqual("a", "b", { nan: "null" })))).toEqual({
      status: "fail",
      ignored: 2,
      judged: 2,
      failed: 1,
      failing: [2],
    });
  });

  it("compares numbers of different types exactly", async () => {
    const wide = pair("int64", [2n ** 53n, 2n ** 53n + 1n, 7], [2 ** 53, 2 ** 53, 7], "float64");
    expect(failedRows(await sameOutcome(wide, pairEqual("a", "b")))).toEqual([1]);
    const scales = pair("decimal128(10, 2)", ["1.10", "1.11"], ["1.100", "1.101"], "decimal128(12, 3)");
    expect(failedRows(await sameOutcome(scales, pairEqual("a", "b")))).toEqual([1]);
    const whole = pair("decimal128(10, 2)", ["7.00", "7.01"], [7, 7], "int32");
    expect(failedRows(await sameOutcome(whole, pairEqual("a", "b")))).toEqual([1]);
    expect((await sameOutcome(pair("float64", [0], [-0]), pairEqual("a", "b"))).status).toBe("pass");
  });

  it("compares moments of different units exactly", async () => {
    const cells = pair(
      "timestamp[s]",
      ["2024-01-01T00:00:01", "2024-01-01T00:00:01"],
      ["2024-01-01T00:00:01", "2024-01-01T00:00:01.000000001"],
      "timestamp[ns]",
    );
    expect(failedRows(await sameOutcome(cells, pairEqual("a", "b")))).toEqual([1]);
    const days = pair("date32", ["2024-01-01"], ["2024-01-01T00:00:00"], "timestamp[ms]");
    expect((await sameOutcome(days, pairEqual("a", "b"))).status).toBe("pass");
  });

  it("compares text, binary and booleans", async () => {
    expect(
      failedRows(await sameOutcome(pair("utf8", ["", "é", "a"], ["", "e\u0301", "a"]), pairEqual("a", "b"))),
    ).toEqual([1]);
    expect(
      failedRows(await sameOutcome(pair("binary", ["AA==", "AQ=="], ["AA==", "AA=="]), pairEqual("a", "b"))),
    ).toEqual([1]);
    expect(
      failedRows(await sameOutcome(pair("bool", [true, false], [true, true]), pairEqual("a", "b"))),
    ).toEqual([1]);
  });

  it("is an error for kinds that don't compare", async () => {
    const mixed = [
      pair("utf8", ["1"], [1], "int32"),
      pair("duration[s]", ["PT1S"], ["2024-01-01"], "date32"),
    ];
    for (const cells of mixed) {
      expect((await outcomeOf(cells, pairEqual("a", "b"))).error?.code).toBe("config/bad-value");
    }
  });

  it("takes a column that holds nothing for nulls", async () => {
    const cells = pair("null", [null, null], [1, null], "int32");
    expect(seen(await sameOutcome(cells, pairEqual("a", "b")))).toMatchObject({ ignored: 1, failing: [0] });
    expect((await sameOutcome(pair("int32", [], []), pairEqual("a", "b"))).status).toBe("pass");
    expect((await sameOutcome(pair("int32", [null], [null]), pairEqual("a", "b"))).status).toBe("pass");
  });

  it("refuses the option nulls: ignoreRowIf says it", () => {
    // @ts-expect-error ignoreRowIf says what nulls are
    expect(() => pairEqual("a", "b", { nulls: "fail" })).toThrow(/can't honour "nulls"/);
  });

  it("agrees with a plain loop in any batches", async () => {
    const cell = fc.option(fc.constantFrom("", "a", "b"));
    const ways = ["both_values_are_missing", "either_value_is_missing", "neither"] as const;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell), { maxLength: 20 }),
        fc.constantFrom(...ways),
        fc.integer({ min: 1, max: 9 }),
        async (rows, ignoreRowIf, size) => {
          const failing = rows.flatMap(([a, b], i) => {
            const missing = Number(a === null) + Number(b === null);
            const ignored =
              missing >= { both_values_are_missing: 2, either_value_is_missing: 1, neither: 3 }[ignoreRowIf];
            return ignored || (missing === 0 && a === b) ? [] : [i];
          });
          const table = tableOf(
            pair(
              "utf8",
              rows.map(([a]) => a),
              rows.map(([, b]) => b),
            ),
          );
          const outcome = await outcomeOf(inBatches(table, size), pairEqual("a", "b", { ignoreRowIf }));
          expect(failedRows(outcome)).toEqual(failing);
        },
      ),
      { numRuns: 60 },
    );
  });
});
