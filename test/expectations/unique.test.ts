import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { unique } from "../../src/expectations/index.js";
import { makeSuite } from "../../src/suite/suite.js";
import { validate } from "../../src/validate/validate.js";
import { failedRows, outcomeOf, sameOutcome, seen } from "./outcomes.js";
import { type Cell, columnOf, inBatches, tableOf } from "./tables.js";

describe("unique", () => {
  it("fails every member of a group of equal values, and skips nulls", async () => {
    expect(seen(await sameOutcome(columnOf("int64", [1, 1, 2, null, null]), unique("x")))).toEqual({
      status: "fail",
      nulls: 2,
      judged: 3,
      failed: 2,
      failing: [0, 1],
    });
  });

  it("spares the first of a group on request", async () => {
    const cells = columnOf("utf8", ["b", "a", "b", "b", "a"]);
    expect(failedRows(await sameOutcome(cells, unique("x", { keep: "first" })))).toEqual([2, 3, 4]);
    expect(failedRows(await sameOutcome(cells, unique("x", { keep: "none" })))).toEqual([0, 1, 2, 3, 4]);
  });

  it("fails nulls on request, each for itself", async () => {
    const cells = columnOf("int32", [1, null, 2, null]);
    expect(seen(await sameOutcome(cells, unique("x", { nulls: "fail" })))).toEqual({
      status: "fail",
      judged: 4,
      failed: 2,
      failing: [1, 3],
    });
    expect(failedRows(await sameOutcome(cells, unique("x", { nulls: "fail", keep: "first" })))).toEqual([
      1, 3,
    ]);
  });

  it("has NaN equal NaN, and -0 equal 0", async () => {
    const cells = columnOf("float64", [Number.NaN, 0, 1, Number.NaN, -0]);
    expect(failedRows(await sameOutcome(cells, unique("x")))).toEqual([0, 1, 3, 4]);
  });

  it("tells apart what a double can't", async () => {
    const big = columnOf("int64", [2n ** 53n, 2n ** 53n + 1n, -(2n ** 63n), 2n ** 63n - 1n]);
    expect((await sameOutcome(big, unique("x"))).status).toBe("pass");
    const unsigned = columnOf("uint64", [2n ** 64n - 1n, 2n ** 64n - 2n, 2n ** 64n - 1n]);
    expect(failedRows(await sameOutcome(unsigned, unique("x")))).toEqual([0, 2]);
    const wide = columnOf("decimal128(38, 0)", ["99999999999999999999999999999999999999", "1", "1"]);
    expect(failedRows(await sameOutcome(wide, unique("x")))).toEqual([1, 2]);
  });

  it("compares text and binary by their bytes", async () => {
    expect((await sameOutcome(columnOf("utf8", ["", "a", "A", "é", "e\u0301"]), unique("x"))).status).toBe(
      "pass",
    );
    expect(failedRows(await sameOutcome(columnOf("binary", ["AA==", "AAE=", "AA=="]), unique("x")))).toEqual([
      0, 2,
    ]);
  });

  it("looks for equals only among the rows its condition selects", async () => {
    const cells = {
      x: { type: "int32", values: [1, 1, 2, 2] },
      live: { type: "bool", values: [true, false, true, true] },
    };
    const outcome = await sameOutcome(cells, unique("x", { when: { live: { eq: true } } }));
    expect(seen(outcome)).toEqual({ status: "fail", excluded: 1, judged: 3, failed: 2, failing: [2, 3] });
  });

  it("passes what has nothing to judge", async () => {
    expect((await sameOutcome(columnOf("int32", []), unique("x"))).status).toBe("pass");
    expect((await sameOutcome(columnOf("utf8", [null, null]), unique("x"))).status).toBe("pass");
  });

  it("is an error on nested columns, whose values have no key", async () => {
    const { Field, List, Int32, Table, Schema, vectorFromArray } = await import("apache-arrow");
    const list = vectorFromArray([[1], [1]], new List(new Field("item", new Int32(), true)));
    const table = new Table(new Schema([new Field("x", list.type, true)]), { x: list });
    expect((await outcomeOf(table, unique("x"))).error?.code).toBe("config/bad-value");
  });

  it("leaves unique rows behind when it quarantines", async () => {
    const table = inBatches(tableOf(columnOf("int32", [3, 1, 3, 2, 3, 1])), 2);
    const kept = async (keep: "none" | "first") => {
      const run = await validate(table, makeSuite("t", [unique("x", { keep, onFail: "quarantine" })], {}));
      return [...(await run.accepted.table()).getChild("x")!];
    };
    expect(await kept("first")).toEqual([3, 1, 2]);
    expect(await kept("none")).toEqual([2]);
  });

  it("agrees with a plain count on any values and batches", async () => {
    const types: [string, fc.Arbitrary<Cell>][] = [
      ["int32", fc.integer({ min: -4, max: 4 })],
      ["float64", fc.constantFrom(0, -0, 0.5, Number.NaN, Number.POSITIVE_INFINITY)],
      ["int64", fc.constantFrom(2n ** 53n, 2n ** 53n + 1n, -5n, 2n ** 62n)],
      ["utf8", fc.constantFrom("", "a", "b", "ab")],
    ];
    for (const [type, cell] of types) {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.option(cell), { maxLength: 20 }),
          fc.integer({ min: 1, max: 21 }),
          async (cells, size) => {
            const table = inBatches(tableOf(columnOf(type, cells)), size);
            const counts = new Map<Cell, number>();
            for (const value of cells) counts.set(value, (counts.get(value) ?? 0) + 1);
            const repeated = cells.flatMap((value, i) =>
              value !== null && counts.get(value)! > 1 ? [i] : [],
            );
            expect(failedRows(await outcomeOf(table, unique("x")))).toEqual(repeated);
            const later = repeated.filter(
              (i) => cells.findIndex((other) => Object.is(other, cells[i]) || other === cells[i]) < i,
            );
            expect(failedRows(await outcomeOf(table, unique("x", { keep: "first" })))).toEqual(later);
          },
        ),
        { numRuns: 25 },
      );
    }
  });
});
