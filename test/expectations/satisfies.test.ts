import { describe, expect, it } from "vitest";
import { satisfies } from "../../src/expectations/index.js";
import { makeSuite } from "../../src/suite/suite.js";
import { validate } from "../../src/validate/validate.js";
import { failedRows, outcomeOf, sameOutcome, seen } from "./outcomes.js";
import { columnOf, tableOf } from "./tables.js";

const isEven = (value: unknown) => Number(value) % 2 === 0;

describe("satisfies", () => {
  it("fails the rows the function says no to, and skips nulls", async () => {
    const cells = columnOf("int32", [2, 3, null, 4]);
    const outcome = await sameOutcome(cells, satisfies(["x"], { function: "isEven" }), {
      functions: { isEven },
    });
    expect(seen(outcome)).toEqual({ status: "fail", nulls: 1, judged: 3, failed: 1, failing: [1] });
    expect(outcome.sample?.items[0]?.values).toEqual({ x: 3 });
    expect(outcome.expected).toBe("x satisfies isEven");
  });

  it("asks unless every column is null, and fails those rows on request", async () => {
    const cells = {
      a: { type: "int32", values: [1, null, null] },
      b: { type: "utf8", values: ["x", "y", null] },
    };
    const calls: unknown[][] = [];
    const functions = {
      keep: (...values: unknown[]) => {
        calls.push(values);
        return true;
      },
    };
    const outcome = await outcomeOf(cells, satisfies(["a", "b"], { function: "keep", nulls: "fail" }), {
      functions,
    });
    expect(failedRows(outcome)).toEqual([2]);
    expect(calls).toEqual([
      [1, "x"],
      [null, "y"],
    ]);
  });

  it("hands over values that lose nothing", async () => {
    const seenValues: unknown[] = [];
    const functions = {
      look: (...values: unknown[]) => {
        seenValues.push(...values);
        return true;
      },
    };
    const cells = {
      a: { type: "int64", values: [2n ** 53n + 1n] },
      b: { type: "decimal128(10, 2)", values: ["1.10"] },
      c: { type: "timestamp[us]", values: ["2024-01-31T09:30:00"] },
      d: { type: "bool", values: [true] },
      e: { type: "float64", values: [Number.NaN] },
    };
    await outcomeOf(cells, satisfies(["a", "b", "c", "d", "e"], { function: "look" }), { functions });
    expect(seenValues).toEqual([2n ** 53n + 1n, "1.10", new Date("2024-01-31T09:30:00Z"), true, Number.NaN]);
  });

  it("fails a row on which the function throws, judges the others, and is an error", async () => {
    const functions = {
      parses: (text: unknown) => {
        JSON.parse(text as string);
        return text !== "0";
      },
    };
    const cells = columnOf("utf8", ["{}", "{", "0", "[1]"]);
    const outcome = await sameOutcome(cells, satisfies(["x"], { function: "parses" }), { functions });
    expect(outcome.status).toBe("error");
    expect(outcome.error?.message).toMatch(/threw on 1 rows; first: threw: /);
    expect(seen(outcome)).toMatchObject({ judged: 4, failed: 2, failing: [1, 2] });
    expect(outcome.sample?.items.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/^threw: /),
      undefined,
    ]);
  });

  it("quarantines what it fails, rows on which it threw too", async () => {
    const functions = {
      small: (value: unknown) => {
        if (value === 3) throw new Error("three");
        return Number(value) < 3;
      },
    };
    const table = tableOf(columnOf("int32", [1, 3, 5, 2]));
    const list = [satisfies(["x"], { function: "small", onFail: "quarantine" })];
    const run = await validate(table, makeSuite("t", list, {}), { functions });
    expect(run.status).toBe("error");
    expect([...(await run.accepted.table()).getChild("x")!]).toEqual([1, 2]);
  });

  it("takes no promise for a yes", async () => {
    const functions = { later: (async () => true) as unknown as () => boolean };
    const outcome = await outcomeOf(columnOf("int32", [1]), satisfies(["x"], { function: "later" }), {
      functions,
    });
    expect(outcome.status).toBe("error");
    expect(outcome.error?.message).toContain("returned a promise");
  });

  it("throws before reading when the function isn't given", async () => {
    const run = outcomeOf(columnOf("int32", [1]), satisfies(["x"], { function: "isEvn" }), {
      functions: { isEven },
    });
    await expect(run).rejects.toMatchObject({
      code: "config/missing-runtime-input",
      message: expect.stringContaining('did you mean "isEven"?'),
    });
  });

  it("passes empty tables and columns without values, and takes columns of the null type", async () => {
    const expectation = satisfies(["x"], { function: "isEven" });
    for (const cells of [columnOf("int32", []), columnOf("int32", [null]), columnOf("null", [null])]) {
      expect((await sameOutcome(cells, expectation, { functions: { isEven } })).status).toBe("pass");
    }
  });

  it("is an error on nested columns, whose values a function can't be handed", async () => {
    const { Field, Int32, Schema, Struct, Table, vectorFromArray } = await import("apache-arrow");
    const struct = vectorFromArray([{ a: 2 }], new Struct([new Field("a", new Int32(), true)]));
    const table = new Table(new Schema([new Field("x", struct.type, true)]), { x: struct });
    const options = { functions: { isEven } };
    expect((await outcomeOf(table, satisfies(["x"], { function: "isEven" }), options)).status).toBe("error");
    expect((await outcomeOf(table, satisfies(["x.a"], { function: "isEven" }), options)).status).toBe("pass");
  });

  it("asks only the rows its condition selects", async () => {
    const expectation = satisfies(["x"], { function: "isEven", when: { x: { gt: 3 } } });
    const outcome = await sameOutcome(columnOf("int32", [1, 3, 4]), expectation, { functions: { isEven } });
    expect(seen(outcome)).toEqual({ status: "pass", excluded: 2, judged: 1, failing: [] });
  });

  it("refuses a call without a function or without columns", () => {
    // @ts-expect-error a function is named
    expect(() => satisfies(["x"], {})).toThrow(/function/);
    expect(() => satisfies([], { function: "f" })).toThrow(/needs a column/);
  });
});
