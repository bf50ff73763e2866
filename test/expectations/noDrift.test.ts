import { describe, expect, it } from "vitest";
import type { Profile } from "../../src/drift/profile.js";
import { noDrift } from "../../src/expectations/noDrift.js";
import { makeSuite } from "../../src/suite/suite.js";
import { profile } from "../../src/validate/profile.js";
import { validate } from "../../src/validate/validate.js";
import { draws, numbersTable, textTable } from "../drift/samples.js";
import { outcomeOf, sameOutcome } from "./outcomes.js";
import { tableOf } from "./tables.js";

const before = numbersTable(draws("normal", 20_000, 1));
const still = numbersTable(draws("normal", 5000, 2));
const moved = numbersTable(draws("normal", 5000, 3, 0.5));
const few = numbersTable(draws("normal", 40, 4));
const baselines = async (): Promise<{ orders: Profile }> => ({ orders: await profile(before) });
const expected = (more: object = {}, options: object = {}) =>
  noDrift("x", { baseline: "orders", ...more }, options);

describe("noDrift", () => {
  it("passes what is stable, and fails what drifted, by onFail", async () => {
    const given = { baselines: await baselines() };
    expect((await outcomeOf(still, expected(), given)).status).toBe("pass");
    const outcome = await outcomeOf(moved, expected(), given);
    expect(outcome).toMatchObject({
      status: "fail",
      expected: "x is distributed as in baseline orders",
      observed: { kind: "shape", verdict: "drift", statistic: "ks" },
    });
    expect((await outcomeOf(moved, expected({}, { onFail: "warn" }), given)).status).toBe("warn");
    expect(() => expected({}, { onFail: "quarantine" })).toThrow(/can't quarantine/);
  });

  it.each([
    [undefined, "warn"],
    ["pass", "pass"],
    ["warn", "warn"],
    ["fail", "fail"],
  ] as const)("takes inconclusive, told %s, for %s", async (inconclusive, status) => {
    const outcome = await outcomeOf(few, expected(inconclusive ? { inconclusive } : {}), {
      baselines: await baselines(),
    });
    expect(outcome.status).toBe(status);
    expect(outcome.message).toMatch(/^inconclusive: .* about [\d,]+ rows would tell/);
  });

  it("is an error where the types differ, or the baseline has no such column", async () => {
    const given = { baselines: await baselines() };
    const other = await outcomeOf(textTable(["a"]), expected(), given);
    expect(other).toMatchObject({ status: "error", error: { code: "config/bad-value" } });
    expect(other.message).toBe("not comparable: the type was float64 and is utf8");
    const table = tableOf({ y: { type: "float64", values: [1] } });
    const unknown = await outcomeOf(table, noDrift("y", { baseline: "orders" }), given);
    expect(unknown.error).toMatchObject({ code: "config/unknown-name" });
    expect(unknown.message).toMatch(/the baseline "orders" has no column "y"/);
    const gone = await outcomeOf(table, expected(), given);
    expect(gone.message).toMatch(/no column "x"/);
  });

  it("judges the rows that when selects", async () => {
    const values = [...draws("normal", 4000, 5), ...draws("normal", 4000, 6, 3)];
    const table = tableOf({
      x: { type: "float64", values },
      side: { type: "utf8", values: values.map((_, i) => (i < 4000 ? "old" : "new")) },
    });
    const given = { baselines: await baselines() };
    const on = (side: string) => outcomeOf(table, expected({}, { when: { side: { eq: side } } }), given);
    expect((await on("old")).status).toBe("pass");
    expect((await on("new")).status).toBe("fail");
    expect((await on("neither")).status).toBe("skipped");
    expect((await outcomeOf(table, expected(), given)).status).toBe("fail");
  });

  it("is the same in every shape that Arrow gives the rows", async () => {
    const cells = { x: { type: "float64", values: [...draws("normal", 60, 8)] } };
    const outcome = await sameOutcome(cells, expected(), { baselines: await baselines() });
    expect(outcome.status).toBe("warn");
  });

  it("decides by the statistic and the threshold it is told", async () => {
    const given = { baselines: await baselines() };
    const strict = await outcomeOf(still, expected({ statistic: "ks", threshold: 0.001 }), given);
    expect(strict.status).toBe("warn");
    const loose = await outcomeOf(moved, expected({ statistic: "psi", threshold: 5 }), given);
    expect(loose.status).toBe("pass");
    expect(() => expected({ threshold: 0.2 })).toThrow(/threshold only with the statistic/);
    expect(() => expected({ statistic: "kss" })).toThrow(/statistic/);
    expect(() => expected({ shift: 0 })).toThrow(/shift/);
  });

  it("adjusts p-values over all comparisons of a run", async () => {
    const columns = Array.from({ length: 5 }, (_, i) => `c${i}`);
    const cells = (seed: number, shift: number) =>
      tableOf(
        Object.fromEntries(
          columns.map((name, i) => [
            name,
            { type: "float64", values: [...draws("normal", 2000, seed + i, i === 0 ? shift : 0)] },
          ]),
        ),
      );
    const suite = makeSuite(
      "t",
      columns.map((name) => noDrift(name, { baseline: "orders" })),
      {},
    );
    const given = { baselines: { orders: await profile(cells(10, 0)) } };
    const run = await validate(cells(20, 0.5), suite, given);
    const { pValue, adjusted } = run.outcomes[0]!.observed as { pValue: number; adjusted: number };
    expect(adjusted / pValue).toBeCloseTo(5, 6);
    const alone = await validate(
      cells(20, 0.5),
      makeSuite("t", [noDrift("c0", { baseline: "orders" })], {}),
      given,
    );
    expect(alone.outcomes[0]!.observed).toMatchObject({ pValue, adjusted: pValue });
  });
});
