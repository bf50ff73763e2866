import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { minBetween } from "../../src/expectations/index.js";
import { outcomeOf, sameOutcome } from "./outcomes.js";
import { type Cell, columnOf, inBatches, tableOf } from "./tables.js";

async function observed(type: string, values: readonly Cell[], bounds: Parameters<typeof minBetween>[1]) {
  const outcome = await sameOutcome(columnOf(type, values), minBetween("x", bounds));
  return [outcome.status, outcome.observed];
}

describe("minBetween", () => {
  it("is compared with its bounds, exclusive ones too", async () => {
    expect(await observed("int32", [5, 3, null, 9], { min: 3, max: 3 })).toEqual(["pass", 3]);
    expect(await observed("int32", [5, 3, null, 9], { minExclusive: 3 })).toEqual(["fail", 3]);
    expect(await observed("int32", [5, 3, null, 9], { maxExclusive: 3 })).toEqual(["fail", 3]);
    expect(await observed("int32", [5, 3, null, 9], { min: 4 })).toEqual(["fail", 3]);
  });

  it("loses no digit, in what it shows either", async () => {
    expect(await observed("int64", [2n ** 53n + 1n, 2n ** 60n], { min: "9007199254740993" })).toEqual([
      "pass",
      "9007199254740993",
    ]);
    expect(await observed("int64", [2n ** 53n, 2n ** 60n], { min: 2n ** 53n + 1n })).toEqual([
      "fail",
      "9007199254740992",
    ]);
    expect(await observed("decimal128(10, 2)", ["0.10", "0.20"], { min: 0.1 })).toEqual(["pass", "0.10"]);
    expect(await observed("uint64", [2n ** 64n - 1n], { max: 2n ** 64n - 2n })).toEqual([
      "fail",
      "18446744073709551615",
    ]);
  });

  it("is of moments and of text as well", async () => {
    expect(
      await observed("timestamp[us, UTC]", ["2024-01-31T09:30:00Z", "2024-02-01T00:00:00Z"], {
        min: "2024-01-31",
      }),
    ).toEqual(["pass", "2024-01-31T09:30:00.000000Z"]);
    expect(await observed("date32", ["2024-03-01", "2024-02-29"], { min: new Date("2024-03-01") })).toEqual([
      "fail",
      "2024-02-29",
    ]);
    expect(await observed("utf8", ["b", "é", "a", "😀"], { min: "b" })).toEqual(["fail", "a"]);
  });

  it("takes infinities for numbers", async () => {
    expect(await observed("float64", [1, Number.NEGATIVE_INFINITY], { min: -1e300 })).toEqual([
      "fail",
      "-Infinity",
    ]);
  });

  it("fails NaN, unless it is left out or a null", async () => {
    const cells = columnOf("float64", [Number.NaN, 2, null]);
    const fails = await sameOutcome(cells, minBetween("x", { min: 0 }));
    expect([fails.status, fails.observed]).toEqual(["fail", "NaN"]);
    for (const nan of ["skip", "null"] as const) {
      const passes = await sameOutcome(cells, minBetween("x", { min: 2, max: 2 }, { nan }));
      expect([passes.status, passes.observed]).toEqual(["pass", 2]);
    }
    const nothing = await sameOutcome(
      columnOf("float64", [Number.NaN]),
      minBetween("x", { min: 0 }, { nan: "skip" }),
    );
    expect([nothing.status, nothing.observed]).toEqual(["fail", undefined]);
  });

  it("has no value to judge in an empty table or column", async () => {
    for (const [type, values] of [
      ["int32", []],
      ["int32", [null]],
      ["utf8", [null]],
      ["null", [null]],
    ] as const) {
      expect(await observed(type, values, { min: type === "utf8" ? "" : 0 })).toEqual(["fail", undefined]);
      const passes = minBetween("x", { min: type === "utf8" ? "" : 0 }, { onEmpty: "pass" });
      expect((await sameOutcome(columnOf(type, values), passes)).status).toBe("pass");
    }
  });

  it("looks at the rows its condition selects, and is skipped where there are none", async () => {
    const cells = columnOf("int32", [1, 5, 9]);
    const some = await sameOutcome(
      cells,
      minBetween("x", { min: 5, max: 5 }, { when: { x: { gt: 2, lt: 8 } } }),
    );
    expect([some.status, some.observed]).toEqual(["pass", 5]);
    const none = await sameOutcome(cells, minBetween("x", { min: 0 }, { when: { x: { gt: 9 } } }));
    expect(none.status).toBe("skipped");
  });

  it("shows the head of a long text", async () => {
    const outcome = await outcomeOf(columnOf("utf8", ["a".repeat(5000)]), minBetween("x", { min: "a" }));
    expect(outcome.observed).toBe(`${"a".repeat(1000)}...`);
  });

  it("refuses bounds that can't be meant, and is an error where they don't fit", async () => {
    expect(() => minBetween("x", {})).toThrow(/needs min/);
    expect(() => minBetween("x", { min: 2, max: 1 })).toThrow(/above/);
    expect((await outcomeOf(columnOf("int32", [1]), minBetween("x", { min: "low" }))).error?.code).toBe(
      "config/bad-value",
    );
    expect((await outcomeOf(columnOf("bool", [true]), minBetween("x", { min: 0 }))).error?.code).toBe(
      "config/bad-value",
    );
  });

  it("agrees with a plain loop on any numbers and batches", async () => {
    const numbers = fc.array(fc.option(fc.double({ noNaN: true })), { minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(numbers, fc.integer({ min: 1, max: 31 }), async (cells, size) => {
        const present = cells.filter((cell) => cell !== null);
        const outcome = await outcomeOf(
          inBatches(tableOf(columnOf("float64", cells)), size),
          minBetween("x", { min: Number.NEGATIVE_INFINITY }, { onEmpty: "skip" }),
        );
        const wanted = Math.min(...present);
        const shown = Number.isFinite(wanted) ? wanted + 0 : String(wanted);
        expect(outcome.observed).toEqual(present.length === 0 ? undefined : shown);
      }),
      { numRuns: 60 },
    );
  });
});
