import { describe, expect, it } from "vitest";
import { allOf, between, lengthBetween, notNull, unique } from "../../src/expectations/index.js";
import { failedRows, outcomeOf, sameOutcome, seen } from "./outcomes.js";

const orders = {
  qty: { type: "int32", values: [1, 0, null, null, 2, 0] },
  code: { type: "utf8", values: ["ab", "ab", "ab", "a", null, null] },
};
const members = [between("qty", { min: 1 }), lengthBetween("code", { min: 2 })] as const;

describe("allOf", () => {
  it("passes what meets all members, fails what breaks one, and skips what is unsettled", async () => {
    // By row: both; no and yes; unknown and yes; unknown and no; yes and unknown; no and unknown.
    expect(seen(await sameOutcome(orders, allOf(members)))).toEqual({
      status: "fail",
      nulls: 2,
      judged: 4,
      failed: 3,
      failing: [1, 3, 5],
    });
  });

  it("fails what is unsettled on request", async () => {
    expect(failedRows(await sameOutcome(orders, allOf(members, { nulls: "fail" })))).toEqual([1, 2, 3, 4, 5]);
    const strict = allOf([between("qty", { min: 1 }, { nulls: "fail" }), notNull("code")]);
    expect(failedRows(await sameOutcome(orders, strict))).toEqual([1, 2, 3, 4, 5]);
  });

  it("counts rows once, whatever they break", async () => {
    const both = await sameOutcome(orders, allOf(members, { mostly: 0.25 }));
    expect([both.status, both.failedFraction]).toEqual(["pass", 0.75]);
    const twice = allOf([between("qty", { min: 1 }), between("qty", { min: 1 })]);
    expect(seen(await sameOutcome(orders, twice))).toMatchObject({ failed: 2, failing: [1, 5] });
    expect((await outcomeOf(orders, twice)).columns).toEqual(["qty"]);
  });

  it("passes empty tables and columns without values", async () => {
    const empty = { qty: { type: "int32", values: [] }, code: { type: "utf8", values: [] } };
    expect((await sameOutcome(empty, allOf(members))).status).toBe("pass");
    const nulls = { qty: { type: "null", values: [null] }, code: { type: "utf8", values: [null] } };
    expect((await sameOutcome(nulls, allOf(members))).status).toBe("pass");
  });

  it("is an error where a member's column is missing, or of the wrong kind", async () => {
    expect((await outcomeOf(orders, allOf([notNull("qty"), notNull("cod")]))).error?.message).toMatch(
      /did you mean "code"/,
    );
    expect((await outcomeOf(orders, allOf([lengthBetween("qty", { min: 1 })]))).error?.code).toBe(
      "config/bad-value",
    );
  });

  it("names its members, and refuses what is no row rule", async () => {
    expect((await outcomeOf(orders, allOf(members))).expected).toBe(
      "all of: qty is at least 1; length of code is at least 2",
    );
    const conditional = allOf([between("qty", { min: 1 }, { when: { code: { eq: "ab" } } })]);
    expect((await outcomeOf(orders, conditional)).expected).toBe(
      "all of: qty is at least 1 (where its condition holds)",
    );
    expect(failedRows(await sameOutcome(orders, conditional))).toEqual([1]);
    // @ts-expect-error unique is about other rows too
    expect(() => allOf([unique("qty")])).toThrow(/of\[0\]/);
  });
});
