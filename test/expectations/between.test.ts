import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { between } from "../../src/expectations/index.js";
import { percent, rows } from "../../src/expectations/unit/options.js";
import { failedRows, outcomeOf, sameOutcome, seen } from "./outcomes.js";
import { columnOf, inBatches, tableOf } from "./tables.js";

const ints = columnOf("int32", [1, 2, null, 3, 4, 5]);

describe("between", () => {
  it("takes bounds in, and leaves exclusive ones out", async () => {
    expect(seen(await sameOutcome(ints, between("x", { min: 1, max: 5 })))).toEqual({
      status: "pass",
      nulls: 1,
      judged: 5,
      failing: [],
    });
    expect(failedRows(await sameOutcome(ints, between("x", { minExclusive: 1, maxExclusive: 5 })))).toEqual([
      0, 5,
    ]);
    expect(failedRows(await sameOutcome(ints, between("x", { minExclusive: 2, max: 4 })))).toEqual([0, 1, 5]);
    expect(failedRows(await sameOutcome(ints, between("x", { min: 3 })))).toEqual([0, 1]);
    expect(failedRows(await sameOutcome(ints, between("x", { maxExclusive: 3 })))).toEqual([3, 4, 5]);
  });

  it("skips nulls, or fails them", async () => {
    const outcome = await sameOutcome(ints, between("x", { min: 1 }, { nulls: "fail" }));
    expect(seen(outcome)).toEqual({ status: "fail", judged: 6, failed: 1, failing: [2] });
    expect(outcome.policy).toMatchObject({ nulls: "fail", nan: "fail" });
  });

  it("fails NaN, leaves it out, or takes it for a null", async () => {
    const cells = columnOf("float64", [1, Number.NaN, null, 9]);
    expect(seen(await sameOutcome(cells, between("x", { max: 5 })))).toEqual({
      status: "fail",
      nulls: 1,
      judged: 3,
      failed: 2,
      failing: [1, 3],
    });
    expect(seen(await sameOutcome(cells, between("x", { max: 5 }, { nan: "skip" })))).toEqual({
      status: "fail",
      nan: 1,
      nulls: 1,
      judged: 2,
      failed: 1,
      failing: [3],
    });
    expect(seen(await sameOutcome(cells, between("x", { max: 5 }, { nan: "null" })))).toEqual({
      status: "fail",
      nulls: 2,
      judged: 2,
      failed: 1,
      failing: [3],
    });
    const strict = between("x", { max: 9 }, { nan: "null", nulls: "fail" });
    expect(failedRows(await sameOutcome(cells, strict))).toEqual([1, 2]);
  });

  it("compares infinities as numbers", async () => {
    const cells = columnOf("float64", [Number.NEGATIVE_INFINITY, 0, Number.POSITIVE_INFINITY]);
    expect(failedRows(await sameOutcome(cells, between("x", { min: 0 })))).toEqual([0]);
    expect(failedRows(await sameOutcome(cells, between("x", { max: Number.MAX_VALUE })))).toEqual([2]);
    const open = between("x", { min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY });
    expect((await sameOutcome(cells, open)).status).toBe("pass");
    const above = between("x", { minExclusive: Number.NEGATIVE_INFINITY });
    expect(failedRows(await sameOutcome(cells, above))).toEqual([0]);
  });

  it("loses no digit of 64-bit integers and decimals", async () => {
    const big = columnOf("int64", [2n ** 53n, 2n ** 53n + 1n, 2n ** 63n - 1n, -(2n ** 63n)]);
    expect(failedRows(await sameOutcome(big, between("x", { min: 0, max: 2n ** 53n })))).toEqual([1, 2, 3]);
    expect(failedRows(await sameOutcome(big, between("x", { max: "9223372036854775806" })))).toEqual([2]);
    const money = columnOf("decimal128(20, 2)", ["0.10", "0.11", "999999999999999999.99"]);
    expect(failedRows(await sameOutcome(money, between("x", { max: 0.1 })))).toEqual([1, 2]);
    expect(
      failedRows(await sameOutcome(money, between("x", { maxExclusive: "999999999999999999.99" }))),
    ).toEqual([2]);
  });

  it("reads a bound in the column's own precision", async () => {
    expect((await sameOutcome(columnOf("float32", [0.1]), between("x", { min: 0.1, max: 0.1 }))).status).toBe(
      "pass",
    );
  });

  it("compares moments with ISO 8601 text and with Date", async () => {
    const at = columnOf("timestamp[us, UTC]", ["2024-01-01T00:00:00Z", "2024-01-31T09:30:00.000001Z"]);
    expect(failedRows(await sameOutcome(at, between("x", { max: "2024-01-31T09:30:00Z" })))).toEqual([1]);
    const date = new Date("2024-01-01T00:00:00Z");
    expect(failedRows(await sameOutcome(at, between("x", { minExclusive: date })))).toEqual([0]);
    const days = columnOf("date32", ["2024-01-01", "2024-02-29"]);
    expect(failedRows(await sameOutcome(days, between("x", { max: "2024-02-28" })))).toEqual([1]);
    const times = columnOf("time64[us]", ["09:30:00", "17:00:00"]);
    expect(failedRows(await sameOutcome(times, between("x", { max: "16:59:59.999999" })))).toEqual([1]);
    const spans = columnOf("duration[ms]", ["PT1S", "PT1H"]);
    expect(failedRows(await sameOutcome(spans, between("x", { max: "PT59M" })))).toEqual([1]);
  });

  it("orders text by code point", async () => {
    const text = columnOf("utf8", ["", "a", "b", "é", "\u{ffff}", "😀"]);
    expect(failedRows(await sameOutcome(text, between("x", { min: "a", max: "b" })))).toEqual([0, 3, 4, 5]);
    expect(failedRows(await sameOutcome(text, between("x", { maxExclusive: "😀" })))).toEqual([5]);
  });

  it("passes what has nothing to judge, unless told otherwise", async () => {
    for (const cells of [columnOf("int32", []), columnOf("int32", [null, null])]) {
      expect((await sameOutcome(cells, between("x", { min: 1 }))).status).toBe("pass");
      expect((await sameOutcome(cells, between("x", { min: 1 }, { onEmpty: "fail" }))).status).toBe("fail");
      expect((await sameOutcome(cells, between("x", { min: 1 }, { onEmpty: "skip" }))).status).toBe(
        "skipped",
      );
    }
  });

  it("asks only the rows its condition selects", async () => {
    const cells = { x: ints.x!, on: { type: "bool", values: [true, false, true, null, true, true] } };
    const outcome = await sameOutcome(cells, between("x", { max: 1 }, { when: { on: { eq: true } } }));
    expect(seen(outcome)).toEqual({
      status: "fail",
      excluded: 2,
      nulls: 1,
      judged: 3,
      failed: 2,
      failing: [4, 5],
    });
  });

  it("judges by mostly, inclusively", async () => {
    const status = async (mostly: number) =>
      (
        await outcomeOf(
          columnOf("int32", [1, 1, 1, 1, 1, 1, 1, 9, 9, 9]),
          between("x", { max: 5 }, { mostly }),
        )
      ).status;
    expect(await status(0.7)).toBe("pass");
    expect(await status(0.7000001)).toBe("fail");
    expect(await status(0)).toBe("pass");
  });

  it("judges by several thresholds at once, inclusively", async () => {
    const cells = columnOf("int32", [...Array(9993).fill(1), ...Array(7).fill(9)]);
    const tolerate = { warn: rows(1), fail: percent(0.07) };
    const outcome = await outcomeOf(cells, between("x", { max: 5 }, { tolerate }));
    expect(outcome.status).toBe("fail");
    expect(outcome.crossed).toEqual(["warn", "fail"]);
    const lax = await outcomeOf(
      cells,
      between("x", { max: 5 }, { tolerate: { ...tolerate, fail: rows(8) } }),
    );
    expect([lax.status, lax.crossed]).toEqual(["warn", ["warn"]]);
    const good = await outcomeOf(cells, between("x", { max: 9 }, { tolerate }));
    expect([good.status, good.crossed]).toEqual(["pass", []]);
  });

  it("refuses bounds that can't be meant", () => {
    expect(() => between("x", {})).toThrow(/needs min, max, minExclusive or maxExclusive/);
    expect(() => between("x", { min: 2, max: 1 })).toThrow(/min 2 is above max 1/);
    expect(() => between("x", { min: 1, minExclusive: 1 })).toThrow(/not both/);
    expect(() => between("x", { min: 1, maxExclusive: 1 })).toThrow(/nothing lies between/);
    expect(() => between("x", { min: Number.NaN })).toThrow(/min/);
    // @ts-expect-error no such bound
    expect(() => between("x", { min_val: 1 })).toThrow(/no option "min_val"/);
  });

  it("is an error, and no verdict, on a column or a bound that doesn't fit", async () => {
    expect((await outcomeOf(ints, between("y", { min: 1 }))).error).toMatchObject({
      code: "config/unknown-name",
    });
    expect((await outcomeOf(ints, between("x", { min: "low" }))).error).toMatchObject({
      code: "config/bad-value",
      message: expect.stringContaining('"low" can\'t be compared with int32'),
    });
    expect((await outcomeOf(columnOf("bool", [true]), between("x", { min: 0 }))).status).toBe("error");
  });

  it("agrees with a plain loop on any integers, bounds and batches", async () => {
    const values = fc.array(fc.option(fc.integer({ min: -9, max: 9 })), { maxLength: 40 });
    const bound = fc.integer({ min: -9, max: 9 });
    await fc.assert(
      fc.asyncProperty(values, bound, bound, fc.integer({ min: 1, max: 50 }), async (cells, a, b, size) => {
        const [min, max] = a <= b ? [a, b] : [b, a];
        const table = inBatches(tableOf(columnOf("int32", cells)), size);
        const outside = cells.flatMap((cell, i) => (cell !== null && (cell < min || cell > max) ? [i] : []));
        expect(failedRows(await outcomeOf(table, between("x", { min, max })))).toEqual(outside);
      }),
      { numRuns: 50 },
    );
  });
});
