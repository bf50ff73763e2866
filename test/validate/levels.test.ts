import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  between,
  ConfigError,
  meanBetween,
  percent,
  rowCount,
  rows,
  suite,
  validate,
} from "../../src/entries/index.js";
import { nextUp } from "../../src/predicates/nextDouble.js";
import { tableOf } from "../../src/testing/plainTable.js";

/** A column of which `failed` rows break `q <= 1`, and others don't. */
function broken(failed: number, judged: number, nulls = 0) {
  const values = Array.from({ length: judged }, (_, row) => (row < failed ? 2 : 1));
  return tableOf({ q: { type: "int32", values: [...values, ...new Array<null>(nulls).fill(null)] } });
}

async function judged(failed: number, of: number, options: Parameters<typeof between>[2], nulls = 0) {
  const run = await validate(broken(failed, of, nulls), suite("s", [between("q", { max: 1 }, options)]));
  const { status, crossed } = run.outcomes[0]!;
  return { status, crossed, moved: run.quarantined.rows };
}

type Options = Parameters<typeof between>[2];

describe("the level of an outcome", () => {
  it.each<[name: string, failed: number, of: number, options: Options, status: string, moved?: number]>([
    ["nothing failed", 0, 10, {}, "pass"],
    ["any failed row fails", 1, 10, {}, "fail"],
    ["or warns", 1, 10, { onFail: "warn" }, "warn"],
    ["or is moved, with a warning", 1, 10, { onFail: "quarantine" }, "warn", 1],
    ["mostly is inclusive", 1, 10, { mostly: 0.9 }, "pass"],
    ["below mostly it fails", 2, 10, { mostly: 0.9 }, "fail"],
    ["below mostly it warns", 2, 10, { mostly: 0.9, onFail: "warn" }, "warn"],
    ["above mostly rows are moved all the same", 1, 10, { mostly: 0.9, onFail: "quarantine" }, "pass", 1],
    ["below mostly they are moved with a warning", 2, 10, { mostly: 0.9, onFail: "quarantine" }, "warn", 2],
    ["mostly 0 can't be missed", 10, 10, { mostly: 0 }, "pass"],
    ["mostly 1 is no tolerance", 1, 1000, { mostly: 1 }, "fail"],
    ["below the bound on rows", 1, 10, { tolerate: { warn: rows(2) } }, "pass"],
    ["at the bound on rows", 2, 10, { tolerate: { warn: rows(2) } }, "warn"],
    ["the bound that fails", 2, 10, { tolerate: { fail: rows(2) } }, "fail"],
    ["one row is no 100 %", 1, 10, { tolerate: { fail: percent(100) } }, "pass"],
    ["100 % is all of them", 10, 10, { tolerate: { fail: percent(100) } }, "fail"],
    ["a share is inclusive", 1, 10, { tolerate: { fail: percent(10) } }, "fail"],
    ["below the share", 1, 10, { tolerate: { fail: percent(10.001) } }, "pass"],
    ["0 failed reach no bound", 0, 10, { tolerate: { warn: rows(1), fail: percent(0.001) } }, "pass"],
    ["between the bounds", 3, 100, { tolerate: { warn: rows(1), fail: percent(5) } }, "warn"],
    ["over both bounds", 5, 100, { tolerate: { warn: rows(1), fail: percent(5) } }, "fail"],
    ["a fail bound below the warn bound", 3, 100, { tolerate: { warn: rows(5), fail: rows(2) } }, "fail"],
    ["tolerated rows are moved too", 1, 10, { tolerate: { fail: rows(5) }, onFail: "quarantine" }, "pass", 1],
    ["and at the bound it fails", 5, 10, { tolerate: { fail: rows(5) }, onFail: "quarantine" }, "fail", 5],
    ["onFail warn with a warn bound", 1, 10, { tolerate: { warn: rows(1) }, onFail: "warn" }, "warn"],
  ])("%s", async (_, failed, of, options, status, moved = 0) => {
    expect(await judged(failed, of, options)).toMatchObject({ status, moved });
  });

  it("names every bound that was crossed", async () => {
    const tolerate = { warn: rows(2), fail: percent(30) };
    expect((await judged(1, 10, { tolerate })).crossed).toEqual([]);
    expect((await judged(2, 10, { tolerate })).crossed).toEqual(["warn"]);
    expect((await judged(3, 10, { tolerate })).crossed).toEqual(["warn", "fail"]);
    expect((await judged(3, 10, {})).crossed).toBeUndefined();
  });

  it("is a share of the rows judged: nulls count only where they fail", async () => {
    expect(await judged(1, 10, { mostly: 0.9 }, 90)).toMatchObject({ status: "pass" });
    expect(await judged(2, 10, { mostly: 0.9 }, 90)).toMatchObject({ status: "fail" });
    expect(await judged(0, 10, { mostly: 0.9, nulls: "fail" }, 1)).toMatchObject({ status: "pass" });
    expect(await judged(0, 10, { mostly: 0.9, nulls: "fail" }, 2)).toMatchObject({ status: "fail" });
  });

  it("meets mostly exactly at the share that passed, and not above it", async () => {
    const share = fc
      .integer({ min: 2, max: 300 })
      .chain((of) => fc.tuple(fc.integer({ min: 1, max: of - 1 }), fc.constant(of)));
    await fc.assert(
      fc.asyncProperty(share, async ([failed, of]) => {
        const passed = (of - failed) / of;
        expect(await judged(failed, of, { mostly: passed })).toMatchObject({ status: "pass" });
        expect(await judged(failed, of, { mostly: nextUp(passed) })).toMatchObject({ status: "fail" });
        const percentage = (failed * 100) / of;
        expect(await judged(failed, of, { tolerate: { fail: percent(percentage) } })).toMatchObject({
          status: "fail",
        });
        const above = { tolerate: { fail: percent(nextUp(percentage)) } };
        expect(await judged(failed, of, above)).toMatchObject({ status: "pass" });
      }),
      { numRuns: 60 },
    );
  });

  it.each(Array.from({ length: 19 }, (_, i) => [(i + 1) * 5]))(
    "reads decimal shares as people do: %i of 1000",
    async (failed) => {
      // As a literal would be written: 0.995, 99.5 and so on.
      const mostly = Number(`0.${String(1000 - failed).padStart(3, "0")}`);
      expect(await judged(failed, 1000, { mostly })).toMatchObject({ status: "pass" });
      expect(await judged(failed + 1, 1000, { mostly })).toMatchObject({ status: "fail" });
      const fail = percent(Number(`${Math.floor(failed / 10)}.${failed % 10}`));
      expect(await judged(failed, 1000, { tolerate: { fail } })).toMatchObject({ status: "fail" });
      expect(await judged(failed - 1, 1000, { tolerate: { fail } })).toMatchObject({ status: "pass" });
    },
  );

  it("of an expectation that isn't about rows is onFail's", async () => {
    const of = suite("s", [
      rowCount({ min: 5 }),
      rowCount({ min: 5 }, { onFail: "warn" }),
      meanBetween("q", { min: 5 }, { onFail: "warn" }),
    ]);
    const run = await validate(broken(1, 3), of);
    expect(run.outcomes.map(({ status }) => status)).toEqual(["fail", "warn", "warn"]);
  });
});

describe("levels that contradict themselves", () => {
  it.each<[name: string, make: () => unknown, message: RegExp]>([
    [
      "mostly and tolerate",
      () => between("q", { max: 1 }, { mostly: 1, tolerate: { warn: rows(1) } }),
      /mostly or tolerate, not both/,
    ],
    [
      "warn and a fail bound",
      () => between("q", { max: 1 }, { onFail: "warn", tolerate: { fail: rows(1) } }),
      /onFail "warn" and tolerate.fail/,
    ],
    ["mostly over 1", () => between("q", { max: 1 }, { mostly: 99 }), /between\("q"\) mostly/],
    ["no rows", () => rows(0), /rows\(0\)/],
    ["half a row", () => rows(1.5), /whole number/],
    ["no share", () => percent(0), /above 0/],
    ["more than all", () => percent(101), /up to 100/],
    ["no number", () => percent(Number.NaN), /percent\(NaN\)/],
  ])("%s", (_, make, message) => {
    expect(make).toThrow(ConfigError);
    expect(make).toThrow(message);
  });

  it("are type errors where types can know", () => {
    // @ts-expect-error a bound is of rows or of a share, never a bare number
    expect(() => between("q", { max: 1 }, { tolerate: { fail: 1 } })).toThrow(/tolerate.fail/);
    const tolerate = { tolerate: { fail: rows(1) } };
    // @ts-expect-error an aggregate isn't about rows
    expect(() => meanBetween("q", { max: 1 }, tolerate)).toThrow(/it isn't about rows/);
    // @ts-expect-error what isn't about rows can't move them
    expect(() => rowCount({ min: 1 }, { onFail: "quarantine" })).toThrow(/can't quarantine/);
  });
});
