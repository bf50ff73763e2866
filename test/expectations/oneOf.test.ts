import { describe, expect, it } from "vitest";
import { oneOf } from "../../src/expectations/index.js";
import { failedRows, outcomeOf, sameOutcome, seen } from "./outcomes.js";
import { columnOf, dictionaryTable } from "./tables.js";

describe("oneOf", () => {
  it("fails what is in no set, and skips nulls", async () => {
    const cells = columnOf("utf8", ["FR", "fr", null, "", "US"]);
    expect(seen(await sameOutcome(cells, oneOf("x", ["FR", "US"])))).toEqual({
      status: "fail",
      nulls: 1,
      judged: 4,
      failed: 2,
      failing: [1, 3],
    });
    expect(
      failedRows(await sameOutcome(cells, oneOf("x", ["FR", "US", "fr", ""], { nulls: "fail" }))),
    ).toEqual([2]);
  });

  it("holds nothing to be in an empty set", async () => {
    expect(failedRows(await sameOutcome(columnOf("int32", [1, null, 2]), oneOf("x", [])))).toEqual([0, 2]);
    expect((await sameOutcome(columnOf("int32", [null]), oneOf("x", []))).status).toBe("pass");
  });

  it("compares in the column's own type", async () => {
    const big = columnOf("int64", [2n ** 53n, 2n ** 53n + 1n, 7]);
    expect(failedRows(await sameOutcome(big, oneOf("x", ["9007199254740993", 7])))).toEqual([0]);
    expect(failedRows(await sameOutcome(big, oneOf("x", [7.5, 2n ** 53n])))).toEqual([1, 2]);
    expect((await sameOutcome(columnOf("decimal128(10, 2)", ["1.10"]), oneOf("x", [1.1]))).status).toBe(
      "pass",
    );
    expect((await sameOutcome(columnOf("bool", [true, false]), oneOf("x", [true]))).status).toBe("fail");
    const at = columnOf("timestamp[ms]", ["2024-01-31T00:00:00"]);
    expect((await sameOutcome(at, oneOf("x", ["2024-01-31"]))).status).toBe("pass");
    expect((await sameOutcome(columnOf("binary", ["AAE="]), oneOf("x", ["AAE="]))).status).toBe("pass");
  });

  it("takes no text for a number, nor a number for a text", async () => {
    expect((await outcomeOf(columnOf("utf8", ["1"]), oneOf("x", [1]))).error?.code).toBe("config/bad-value");
    expect((await outcomeOf(columnOf("bool", [true]), oneOf("x", [1]))).error?.code).toBe("config/bad-value");
  });

  it("has NaN in no set", async () => {
    const cells = columnOf("float64", [0, Number.NaN, -0]);
    expect(failedRows(await sameOutcome(cells, oneOf("x", [0])))).toEqual([1]);
    expect(seen(await sameOutcome(cells, oneOf("x", [0], { nan: "skip" })))).toMatchObject({
      nan: 1,
      judged: 2,
    });
    expect(seen(await sameOutcome(cells, oneOf("x", [0], { nan: "null" })))).toMatchObject({ nulls: 1 });
  });

  it("judges a dictionary on the entries that rows use", async () => {
    const unused = dictionaryTable([0, 1, 0], ["FR", "US", "XX"]);
    expect((await outcomeOf(unused, oneOf("x", ["FR", "US"]))).status).toBe("pass");
    const withNull = dictionaryTable([0, 1, null, 2], ["FR", null, "XX"]);
    expect(seen(await outcomeOf(withNull, oneOf("x", ["FR"])))).toEqual({
      status: "fail",
      nulls: 2,
      judged: 2,
      failed: 1,
      failing: [3],
    });
  });

  it("passes an empty table and shows long sets in short", async () => {
    const expectation = oneOf(
      "x",
      Array.from({ length: 1000 }, (_, i) => i),
    );
    const outcome = await sameOutcome(columnOf("int32", []), expectation);
    expect(outcome.status).toBe("pass");
    expect(outcome.expected).toBe("x is one of [0, 1, 2, 3, 4, ... (1000 values)]");
  });

  it("refuses what is no set of values", () => {
    // @ts-expect-error a set is a list
    expect(() => oneOf("x", "FR")).toThrow(/values/);
    // @ts-expect-error null is no value
    expect(() => oneOf("x", ["FR", null])).toThrow(/values\[1\]/);
    expect(() => oneOf("x", [Number.NaN])).toThrow(/values\[0\]/);
  });
});
