import { describe, expect, it } from "vitest";
import { noDriftAll } from "../../src/expectations/noDriftAll.js";
import { profile } from "../../src/validate/profile.js";
import { draws } from "../drift/samples.js";
import { outcomeOf } from "./outcomes.js";
import { type Cells, tableOf } from "./tables.js";

/** Four columns, of which `a` has moved by `shift`. */
function cells(seed: number, shift: number): Cells {
  const column = (i: number, by: number) => ({
    type: "float64",
    values: [...draws("normal", 5000, seed + i, by)],
  });
  return { a: column(0, shift), b: column(1, 0), c: column(2, 0), d: column(3, 0) };
}

const given = async () => ({ baselines: { orders: await profile(tableOf(cells(1, 0))) } });
const all = (more: object = {}, options: object = {}) => noDriftAll({ baseline: "orders", ...more }, options);

describe("noDriftAll", () => {
  it("passes when every column is stable, and names those that aren't", async () => {
    const options = await given();
    const stable = await outcomeOf(tableOf(cells(11, 0)), all(), options);
    expect(stable).toMatchObject({ status: "pass", message: "stable: 4 columns: 4 stable" });
    const drifted = await outcomeOf(tableOf(cells(11, 0.6)), all(), options);
    expect(drifted).toMatchObject({
      status: "fail",
      message: "drift: 4 columns: 1 drifted, 3 stable",
      observed: { verdict: "drift", drifted: ["a"], share: 0.25, weightedShare: 0.25 },
    });
    expect((await outcomeOf(tableOf(cells(11, 0.6)), all({}, { onFail: "warn" }), options)).status).toBe(
      "warn",
    );
  });

  it.each([
    [{ maxShare: 0.25 }, "pass"],
    [{ maxShare: 0.2 }, "fail"],
    [{ maxShare: 0.25, mustNotDrift: ["a"] }, "fail"],
    [{ maxShare: 0.25, mustNotDrift: ["b"] }, "pass"],
    [{ maxShare: 0.25, weights: { a: 3 } }, "fail"],
    [{ maxShare: 0.25, weights: { a: 0.5 } }, "pass"],
    [{ exclude: ["a"] }, "pass"],
    [{ columns: ["b", "c"] }, "pass"],
    [{ columns: ["a"] }, "fail"],
    [{ perColumn: { a: { statistic: "mean", threshold: 5 } } }, "pass"],
    [{ shift: 2 }, "pass"],
  ])("with %j comes to %s", async (settings, status) => {
    const outcome = await outcomeOf(tableOf(cells(11, 0.6)), all(settings), await given());
    expect(outcome.status, outcome.message).toBe(status);
  });

  it("is an error when a column is gone or of another type, and tells new ones", async () => {
    const { b, c, d } = cells(11, 0) as Record<string, Cells[string]>;
    const options = await given();
    const gone = await outcomeOf(tableOf({ b: b!, c: c!, d: d! }), all(), options);
    expect(gone).toMatchObject({
      status: "error",
      message: "not comparable: 4 columns: 1 not comparable, 3 stable",
    });
    const more = await outcomeOf(tableOf({ ...cells(11, 0), e: b! }), all(), options);
    expect(more.status).toBe("pass");
    expect(more.details).toMatchObject({ unknown: ["e"] });
  });

  it("refuses names that the baseline doesn't have, and settings that can't be meant", async () => {
    const outcome = await outcomeOf(tableOf(cells(11, 0)), all({ exclude: ["aa"] }), await given());
    expect(outcome.message).toMatch(/the baseline "orders" has no column "aa"/);
    expect(() => all({ maxShare: 1 })).toThrow(/maxShare/);
    expect(() => all({ perColumn: { a: { threshold: 1 } } })).toThrow(/perColumn\.a takes threshold only/);
    expect(() => all({}, { when: { a: { gt: 0 } } })).toThrow(/can't honour "when"/);
  });
});
