import { describe, expect, it } from "vitest";
import { between, not, notNull, satisfies, unique } from "../../src/expectations/index.js";
import { failedRows, outcomeOf, sameOutcome, seen } from "./outcomes.js";
import { columnOf } from "./tables.js";

describe("not", () => {
  it("fails what meets the member, and skips what is unknown to it", async () => {
    const cells = columnOf("int32", [12, 15, null, 18]);
    expect(seen(await sameOutcome(cells, not(between("x", { min: 13, max: 17 }))))).toEqual({
      status: "fail",
      nulls: 1,
      judged: 3,
      failed: 1,
      failing: [1],
    });
  });

  it("fails what is unknown to the member on request", async () => {
    const cells = columnOf("int32", [12, 15, null]);
    expect(failedRows(await sameOutcome(cells, not(between("x", { min: 13 }), { nulls: "fail" })))).toEqual([
      1, 2,
    ]);
  });

  it("passes a null that the member fails", async () => {
    const cells = columnOf("int32", [15, null]);
    expect(failedRows(await sameOutcome(cells, not(between("x", { min: 13 }, { nulls: "fail" }))))).toEqual([
      0,
    ]);
    expect(failedRows(await sameOutcome(cells, not(notNull("x"))))).toEqual([0]);
  });

  it("passes NaN, which the member fails, or skips it as the member does", async () => {
    const cells = columnOf("float64", [Number.NaN, 15]);
    expect(seen(await sameOutcome(cells, not(between("x", { min: 13 }))))).toMatchObject({
      judged: 2,
      failing: [1],
    });
    const skipping = not(between("x", { min: 13 }, { nan: "skip" }));
    expect(seen(await sameOutcome(cells, skipping))).toMatchObject({ nulls: 1, judged: 1, failing: [1] });
  });

  it("is undone by another one", async () => {
    const cells = columnOf("int32", [1, 20, null, 15]);
    const twice = await sameOutcome(cells, not(not(between("x", { min: 13 }))));
    expect(seen(twice)).toEqual(seen(await sameOutcome(cells, between("x", { min: 13 }))));
  });

  it("fails a row on which the member's function throws", async () => {
    const functions = {
      isBad: (value: unknown) => {
        if (value === 2) throw new Error("two");
        return value === 3;
      },
    };
    const outcome = await sameOutcome(
      columnOf("int32", [1, 2, 3]),
      not(satisfies(["x"], { function: "isBad" })),
      {
        functions,
      },
    );
    expect(outcome.status).toBe("error");
    expect(failedRows(outcome)).toEqual([1, 2]);
    expect(outcome.sample?.items[0]?.reason).toBe("threw: two");
  });

  it("skips rows the member's condition leaves out", async () => {
    const cells = { x: { type: "int32", values: [1, 1] }, on: { type: "bool", values: [true, false] } };
    const outcome = await sameOutcome(cells, not(between("x", { min: 0 }, { when: { on: { eq: true } } })));
    expect(seen(outcome)).toEqual({ status: "fail", nulls: 1, judged: 1, failed: 1, failing: [0] });
  });

  it("passes what has nothing to judge", async () => {
    expect((await sameOutcome(columnOf("int32", []), not(between("x", { min: 0 })))).status).toBe("pass");
    expect((await sameOutcome(columnOf("int32", [null]), not(between("x", { min: 0 })))).status).toBe("pass");
  });

  it("names its member, and refuses what is no row rule", async () => {
    expect((await outcomeOf(columnOf("int32", [1]), not(between("x", { min: 3 })))).expected).toBe(
      "not: x is at least 3",
    );
    // @ts-expect-error unique is about other rows too
    expect(() => not(unique("x"))).toThrow(/of: unique/);
  });
});
