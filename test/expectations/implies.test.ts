import { describe, expect, it } from "vitest";
import { between, implies, meanBetween, notNull, oneOf, satisfies } from "../../src/expectations/index.js";
import { failedRows, outcomeOf, sameOutcome, seen } from "./outcomes.js";

const orders = {
  status: { type: "utf8", values: ["open", "shipped", "shipped", null, null, "shipped", "open"] },
  qty: { type: "int32", values: [0, 1, 0, 1, 0, null, null] },
};
const shippedHasSome = implies(oneOf("status", ["shipped"]), between("qty", { min: 1 }));

describe("implies", () => {
  it("asks the consequence of rows that meet the condition, and passes those that break it", async () => {
    // By row: no; yes, yes; yes, no; unknown, yes; unknown, no; yes, unknown; no, unknown.
    expect(seen(await sameOutcome(orders, shippedHasSome))).toEqual({
      status: "fail",
      nulls: 2,
      judged: 5,
      failed: 1,
      failing: [2],
    });
  });

  it("fails what is unsettled on request, of the whole or of a side", async () => {
    const strict = implies(oneOf("status", ["shipped"]), between("qty", { min: 1 }), { nulls: "fail" });
    expect(failedRows(await sameOutcome(orders, strict))).toEqual([2, 4, 5]);
    const present = implies(oneOf("status", ["shipped"], { nulls: "fail" }), notNull("qty"));
    expect(failedRows(await sameOutcome(orders, present))).toEqual([5]);
  });

  it("counts a function that throws against the row on either side", async () => {
    const functions = {
      boom: () => {
        throw new Error("boom");
      },
    };
    const asks = satisfies(["status"], { function: "boom" });
    const condition = await outcomeOf(orders, implies(asks, between("qty", { min: 1 })), { functions });
    expect([condition.status, failedRows(condition)]).toEqual(["error", [0, 2]]);
    const consequence = await outcomeOf(orders, implies(between("qty", { min: 1 }), asks), { functions });
    expect([consequence.status, failedRows(consequence)]).toEqual(["error", [1]]);
  });

  it("passes empty tables and columns without values", async () => {
    const empty = { status: { type: "utf8", values: [] }, qty: { type: "int32", values: [] } };
    expect((await sameOutcome(empty, shippedHasSome)).status).toBe("pass");
    const nulls = { status: { type: "null", values: [null] }, qty: { type: "int32", values: [null] } };
    expect((await sameOutcome(nulls, shippedHasSome)).status).toBe("pass");
  });

  it("names both sides and their columns", async () => {
    const outcome = await outcomeOf(orders, shippedHasSome);
    expect(outcome.expected).toBe('if status is one of ["shipped"], then qty is at least 1');
    expect(outcome.columns).toEqual(["status", "qty"]);
  });

  it("refuses sides that are no row rules, and their options, naming the side", () => {
    // @ts-expect-error a mean is of the whole column
    expect(() => implies(notNull("a"), meanBetween("b", { min: 1 }))).toThrow(/consequence: meanBetween/);
    expect(() => implies(notNull("a", { mostly: 0.5 }), notNull("b"))).toThrow(
      /condition: notNull can't take "mostly"/,
    );
  });
});
