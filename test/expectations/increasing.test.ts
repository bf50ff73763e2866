import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { increasing } from "../../src/expectations/index.js";
import { failedRows, outcomeOf, sameOutcome, seen } from "./outcomes.js";
import { columnOf, inBatches, tableOf } from "./tables.js";

describe("increasing", () => {
  it("fails a row that is less than the last one that held a value", async () => {
    expect(seen(await sameOutcome(columnOf("int32", [2, 5, null, 4, 4, 3, 9]), increasing("x")))).toEqual({
      status: "fail",
      nulls: 1,
      judged: 6,
      failed: 2,
      failing: [3, 5],
    });
  });

  it("fails equal neighbours when it is strict", async () => {
    const cells = columnOf("int32", [1, 1, null, 1, 2]);
    expect((await sameOutcome(cells, increasing("x"))).status).toBe("pass");
    expect(failedRows(await sameOutcome(cells, increasing("x", { strict: true })))).toEqual([1, 3]);
  });

  it("fails nulls on request, and compares across them", async () => {
    const cells = columnOf("int32", [null, 3, null, 2]);
    expect(failedRows(await sameOutcome(cells, increasing("x", { nulls: "fail" })))).toEqual([0, 2, 3]);
  });

  it("fails NaN, leaves it out, or takes it for a null, and compares across it", async () => {
    const cells = columnOf("float64", [1, Number.NaN, 2, null, 0]);
    expect(failedRows(await sameOutcome(cells, increasing("x")))).toEqual([1, 4]);
    expect(seen(await sameOutcome(cells, increasing("x", { nan: "skip" })))).toEqual({
      status: "fail",
      nan: 1,
      nulls: 1,
      judged: 3,
      failed: 1,
      failing: [4],
    });
    expect(seen(await sameOutcome(cells, increasing("x", { nan: "null" })))).toEqual({
      status: "fail",
      nulls: 2,
      judged: 3,
      failed: 1,
      failing: [4],
    });
    const strictest = increasing("x", { nan: "null", nulls: "fail" });
    expect(failedRows(await sameOutcome(cells, strictest))).toEqual([1, 3, 4]);
  });

  it("orders integers beyond 2^53, decimals, moments and text", async () => {
    const failing = async (type: string, values: string[]) =>
      failedRows(await sameOutcome(columnOf(type, values), increasing("x", { strict: true })));
    expect(await failing("int64", ["5", "9007199254740992", "9007199254740993", "9007199254740992"])).toEqual(
      [3],
    );
    expect(
      await failing("decimal128(30, 1)", ["0.1", "99999999999999999999.1", "99999999999999999999.0"]),
    ).toEqual([2]);
    expect(await failing("timestamp[ns]", ["2024-01-01T00:00:00.000000001", "2024-01-01"])).toEqual([1]);
    expect(await failing("date32", ["2024-01-01", "2024-01-02", "2023-01-01"])).toEqual([2]);
    expect(await failing("utf8", ["", "a", "ab", "b", "\u{ffff}", "😀", "é"])).toEqual([6]);
  });

  it("compares neighbours among the rows its condition selects", async () => {
    const cells = {
      x: { type: "int32", values: [1, 9, 2, 8, 3] },
      odd: { type: "bool", values: [true, false, true, false, true] },
    };
    expect((await sameOutcome(cells, increasing("x", { when: { odd: { eq: true } } }))).status).toBe("pass");
  });

  it("passes empty tables, columns without values and single rows", async () => {
    for (const values of [[], [null, null], [7]]) {
      expect((await sameOutcome(columnOf("int32", values), increasing("x", { strict: true }))).status).toBe(
        "pass",
      );
    }
    expect((await sameOutcome(columnOf("null", [null, null]), increasing("x"))).status).toBe("pass");
  });

  it("remembers the last value over blocks and batches", async () => {
    const values = Array.from({ length: 20_000 }, (_, i) => String(i).padStart(6, "0"));
    values[8192] = "000000";
    values[16_000] = "000001";
    for (const size of [20_000, 8192, 777]) {
      const outcome = await outcomeOf(inBatches(tableOf(columnOf("utf8", values)), size), increasing("x"));
      expect(failedRows(outcome)).toEqual([8192, 16_000]);
    }
  });

  it("judges by mostly and tolerate, and refuses to quarantine", async () => {
    const cells = columnOf("int32", [1, 2, 1, 4]);
    expect((await outcomeOf(cells, increasing("x", { mostly: 0.75 }))).status).toBe("pass");
    expect((await outcomeOf(cells, increasing("x", { tolerate: { warn: { rows: 1 } } }))).status).toBe(
      "warn",
    );
    // @ts-expect-error what is left need not be in order
    expect(() => increasing("x", { onFail: "quarantine" })).toThrow(/can't quarantine/);
  });

  it("agrees with a plain loop on any values and batches", async () => {
    const values = fc.array(fc.option(fc.integer({ min: 0, max: 4 })), { maxLength: 25 });
    await fc.assert(
      fc.asyncProperty(values, fc.boolean(), fc.integer({ min: 1, max: 26 }), async (cells, strict, size) => {
        let last = Number.NEGATIVE_INFINITY;
        const failing = cells.flatMap((value, i) => {
          if (value === null) return [];
          const broken = strict ? value <= last : value < last;
          last = value;
          return broken ? [i] : [];
        });
        const table = inBatches(tableOf(columnOf("int32", cells)), size);
        expect(failedRows(await outcomeOf(table, increasing("x", { strict })))).toEqual(failing);
      }),
      { numRuns: 50 },
    );
  });
});
