import type { Table } from "apache-arrow";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ColumnComparison, Finding, FindingKind } from "../../src/drift/comparison.js";
import { mergeProfiles } from "../../src/drift/mergeProfiles.js";
import { profileFromJson, readProfile, writeProfile } from "../../src/drift/profileCodec.js";
import { openPath } from "../../src/io/open.js";
import { ksTwoSample, wasserstein } from "../../src/stats/index.js";
import { type CompareOptions, compare } from "../../src/validate/compare.js";
import { profile } from "../../src/validate/profile.js";
import { inBatches, tableOf } from "../expectations/tables.js";
import { draws, LAWS, numbersTable, shuffled, textTable, uniform } from "./samples.js";

const laws = Object.keys(LAWS) as (keyof typeof LAWS)[];

/** How the first column of one table compares with that of another. */
async function compared(
  current: Table,
  before: Table,
  options: CompareOptions = {},
): Promise<ColumnComparison> {
  return (await compare(current, await profile(before), options)).columns[0]!;
}

const statistic = (of: ColumnComparison, name: string): number | null =>
  of.statistics.find((one) => one.name === name)!.value;
const finding = (of: ColumnComparison, kind: FindingKind): Finding =>
  of.findings.find((one) => one.kind === kind)!;

/** Every number in a JSON value. */
function* numbersIn(value: unknown): Generator<number> {
  if (typeof value === "number") yield value;
  else if (value !== null && typeof value === "object")
    for (const part of Object.values(value)) yield* numbersIn(part);
}

describe("statistics from a baseline", () => {
  it.each(laws)(
    "KS of %s is within the stated error of the exact one, from the data or from a profile",
    async (law) => {
      for (const shift of [0, 0.1, 0.5]) {
        const before = draws(law, 50_000, 21);
        const now = draws(law, 4000, 22, shift);
        const baseline = await profile(numbersTable(before));
        const exact = ksTwoSample(before, now, { method: "asymptotic" }).statistic!;
        const { error } = baseline.columns[0]!.numbers!;
        const fromData = (await compare(numbersTable(now), baseline)).columns[0]!;
        expect(Math.abs(statistic(fromData, "ks")! - exact)).toBeLessThanOrEqual(error + 1e-12);
        const current = await profile(numbersTable(now));
        const both = (await compare(current, baseline)).columns[0]!;
        const together = error + current.columns[0]!.numbers!.error;
        expect(Math.abs(statistic(both, "ks")! - exact)).toBeLessThanOrEqual(together + 1e-12);
      }
    },
  );

  it("Wasserstein is near the exact one where the law has moments", async () => {
    for (const law of ["normal", "integers", "zeroInflated"] as const) {
      const [before, now] = [draws(law, 50_000, 1), draws(law, 4000, 2, 0.5)];
      const exact = wasserstein(before, now).value!;
      const unit = wasserstein(before, now, { normaliseBy: "iqr" }).value! / exact;
      expect(
        statistic(await compared(numbersTable(now), numbersTable(before)), "wasserstein")! / unit / exact,
      ).toBeCloseTo(1, 2);
    }
  });

  it("don't depend on the order of rows or on batches", async () => {
    const baseline = await profile(numbersTable(draws("lognormal", 9000, 1)));
    const now = draws("lognormal", 3000, 2, 0.3);
    const first = await compare(numbersTable(now), baseline);
    expect(await compare(numbersTable(shuffled(now, 5)), baseline)).toEqual(first);
    expect(await compare(inBatches(numbersTable(now), 100), baseline)).toEqual(first);
    expect(await compare(numbersTable(now), readProfile(writeProfile(baseline)))).toEqual(first);
  });

  it("grow along a growing shift", async () => {
    const baseline = await profile(numbersTable(draws("normal", 20_000, 1)));
    const seen = [];
    for (const shift of [0, 0.1, 0.2, 0.4, 0.8, 1.6]) {
      const { columns } = await compare(numbersTable(draws("normal", 20_000, 2, shift)), baseline);
      seen.push(["ks", "psi", "js", "hellinger", "wasserstein"].map((name) => statistic(columns[0]!, name)!));
    }
    for (const [i, values] of seen.slice(1).entries())
      for (const [k, value] of values.entries()) expect(value).toBeGreaterThan(seen[i]![k]!);
  });

  it("have a p-value that a sketch can't push down", async () => {
    const values = draws("normal", 50_000, 3);
    const again = await compare(numbersTable(values.slice(0, 25_000)), await profile(numbersTable(values)));
    expect(finding(again.columns[0]!, "shape").pValue).toBeGreaterThan(0.05);
  });

  it("are all finite, or say why not", async () => {
    const some = fc.array(fc.oneof(fc.double(), fc.constant(null), fc.integer({ min: 0, max: 3 })), {
      maxLength: 40,
    });
    await fc.assert(
      fc.asyncProperty(some, some, async (a, b) => {
        const cells = (values: (number | null)[]) => tableOf({ x: { type: "float64", values } });
        const report = await compare(cells(b), await profile(cells(a)));
        for (const number of numbersIn(report)) expect(Number.isFinite(number)).toBe(true);
        for (const one of report.columns[0]!.statistics)
          expect(one.value === null).toBe(one.reason !== undefined);
      }),
    );
  });
});

const levels = (counts: Readonly<Record<string, number>>): Table =>
  textTable(Object.entries(counts).flatMap(([level, rows]) => Array<string>(rows).fill(level)));

describe("defects of other tools", () => {
  it("1: an outlier in the current data hides nothing", async () => {
    const before = numbersTable(draws("normal", 10_000, 1));
    const now = draws("normal", 2000, 2, 0.4);
    const plain = await compared(numbersTable(now), before);
    const far = await compared(numbersTable(Float64Array.of(...now, 1e6)), before);
    for (const name of ["psi", "js", "hellinger", "ks"])
      expect(statistic(far, name)! / statistic(plain, name)!).toBeCloseTo(1, 1);
    expect(far.verdict).toBe("drift");
  });

  it("2: a sentinel in the baseline, and a heavy tail, hide nothing", async () => {
    const clean = draws("normal", 20_000, 1);
    const now = numbersTable(draws("normal", 2000, 2, 0.5));
    const spoilt = Float64Array.of(...clean, 1e9);
    const [a, b] = [await compared(now, numbersTable(clean)), await compared(now, numbersTable(spoilt))];
    expect(statistic(b, "ks")).toBeCloseTo(statistic(a, "ks")!, 3);
    expect(b.verdict).toBe("drift");
    for (const rows of [9999, 10_000]) {
      const heavy = draws("normal", rows, 5).map((x) => Math.exp(3 * x));
      const moved = draws("normal", 10_000, 6).map((x) => Math.exp(3 * x + 1));
      expect(statistic(await compared(numbersTable(moved), numbersTable(heavy)), "ks")).toBeCloseTo(0.14, 1);
    }
  });

  it("3 and 4: a shift down counts as much as one up, in any unit", async () => {
    const before = draws("normal", 5000, 1);
    const ups: number[] = [];
    for (const unit of [1e-6, 1, 1e6]) {
      for (const sign of [1, -1]) {
        const now = draws("normal", 2000, 2).map((x) => (x * sign + sign) * unit);
        const found = await compared(numbersTable(now), numbersTable(before.map((x) => x * unit)));
        expect(found.verdict).toBe("drift");
        ups.push(statistic(found, "wasserstein")!);
      }
    }
    for (const value of ups) expect(value).toBeCloseTo(1, 1);
  });

  it("4: a constant column has no scale, and says so", async () => {
    const before = numbersTable(new Float64Array(1000).fill(5));
    const same = await compared(numbersTable(new Float64Array(1000).fill(5)), before);
    expect(same.verdict).toBe("stable");
    expect(same.statistics.find(({ name }) => name === "wasserstein")).toEqual({
      name: "wasserstein",
      value: null,
      reason: "zero-scale",
    });
    expect((await compared(numbersTable(new Float64Array(1000).fill(5.001)), before)).verdict).toBe("drift");
  });

  it("5: without drift levels raise no more alarms than alpha, whatever the sizes", async () => {
    const random = uniform(77);
    const draw = (rows: number): Table =>
      textTable(Array.from({ length: rows }, () => "abcde"[Math.floor(random() * 5)]!));
    for (const [n, m] of [
      [1000, 100],
      [500, 500],
      [200, 1000],
    ] as const) {
      let alarms = 0;
      for (let i = 0; i < 60; i++) {
        const found = await compared(draw(m), draw(n), { alpha: 0.05, shift: 0.01 });
        if (finding(found, "shape").pValue! <= 0.05) alarms++;
      }
      // Chi-square as goodness of fit gives 5 to 49 of 60 here; 11 is beyond the 99.9 % point of 60 at 0.05.
      expect(alarms).toBeLessThan(11);
    }
  });

  it("6: one row of a new level is no drift, many are, and constants compare", async () => {
    const before = levels({ a: 300, b: 200 });
    const one = await compared(levels({ a: 300, b: 199, new: 1 }), before);
    expect(one.verdict).not.toBe("drift");
    expect(finding(one, "newLevels").shares!.current).toBe(1 / 500);
    const many = await compared(levels({ a: 300, b: 180, new: 20 }), before);
    expect([many.verdict, many.decidedBy]).toEqual(["drift", "newLevels"]);
    expect((await compared(levels({ a: 3000 }), levels({ a: 5000 }))).verdict).toBe("stable");
  });

  it("7: an emptied level never makes PSI fall", async () => {
    const before = levels({ a: 5000, b: 4999, rare: 1 });
    const with1 = statistic(await compared(levels({ a: 500, b: 499, rare: 1 }), before), "psi")!;
    const with0 = statistic(await compared(levels({ a: 501, b: 499 }), before), "psi")!;
    expect(with0).toBeLessThan(with1 + 1e-9);
    const emptied = await compared(levels({ a: 550, b: 450 }), levels({ a: 4500, b: 4500, c: 1000 }));
    const halved = await compared(levels({ a: 500, b: 450, c: 50 }), levels({ a: 4500, b: 4500, c: 1000 }));
    expect(statistic(emptied, "psi")!).toBeGreaterThan(statistic(halved, "psi")!);
    expect(emptied.statistics.find(({ name }) => name === "psi")!.floor).toBe(1e-4);
  });

  it("9: a row more or less doesn't change the statistic that decides", async () => {
    const now = numbersTable(draws("normal", 900, 2, 0.1));
    const seen = [];
    for (const rows of [999, 1000, 1001])
      seen.push(finding(await compared(now, numbersTable(draws("normal", rows, 1))), "shape"));
    expect(seen.map((one) => one.statistic)).toEqual(["ks", "ks", "ks"]);
    for (const one of seen) expect(one.effect).toBeCloseTo(seen[0]!.effect!, 2);
  });

  it("11: values below the range go to the lowest bin, and are out of range", async () => {
    const before = draws("normal", 5000, 1);
    const cut = [...before].sort((a, b) => a - b)[4500]!;
    const now = before.map((x) => (x >= cut ? -100 : x));
    const found = await compared(numbersTable(now), numbersTable(before));
    expect(statistic(found, "psi")!).toBeGreaterThan(0.3);
    expect(finding(found, "outOfRange").verdict).toBe("drift");
    expect(found.bins[0]!.current).toBeCloseTo(0.2, 2);
  });

  it("12: a profile compared with itself, or with one of its own data, is never drift", async () => {
    const values = draws("lognormal", 60_000, 3);
    const baseline = await profile(numbersTable(values));
    for (const seed of [1, 2, 3, 4]) {
      const again = await profile(numbersTable(shuffled(values, seed).slice(0, 30_000)));
      const found = (await compare(again, baseline)).columns[0]!;
      expect(found.verdict).toBe("stable");
      expect(finding(found, "shape").pValue).toBeGreaterThan(0.1);
    }
  });

  it("10: an option that isn't one is refused, for a column too", async () => {
    const baseline = await profile(numbersTable(draws("normal", 100, 1)));
    for (const options of [{ computation: {} }, { perColumn: { y: { statistic: "ks" } } }])
      await expect(compare(baseline, baseline, options as never)).rejects.toMatchObject({
        name: "ConfigError",
      });
  });

  it("13: the unit of measure changes nothing, however large or small", async () => {
    const [before, now] = [draws("normal", 3000, 1), draws("normal", 2000, 2, 0.3)];
    const seen = [];
    for (const unit of [1, 2 ** 1000, 2 ** -1000]) {
      const scaled = (values: Float64Array) => numbersTable(values.map((x) => x * unit));
      const found = await compared(scaled(now), scaled(before), { statistic: "mean" });
      seen.push([finding(found, "shape").pValue!, ...found.statistics.map(({ value }) => value!)]);
    }
    for (const values of seen.slice(1))
      for (const [i, value] of values.entries()) expect(value / seen[0]![i]!).toBeCloseTo(1, 9);
  });

  it("users: nulls that appear outrank any shift; one empty column ends no run", async () => {
    const cells = (nulls: number) => ({
      x: { type: "float64", values: Array.from({ length: 600 }, (_, i) => (i < nulls ? null : i)) },
      empty: { type: "float64", values: Array<null>(600).fill(null) },
    });
    const report = await compare(tableOf(cells(540)), await profile(tableOf(cells(0))));
    expect([report.columns[0]!.verdict, report.columns[0]!.decidedBy]).toEqual(["drift", "nullShare"]);
    expect(report.columns[1]!.verdict).toBe("stable");
  });
});

describe("verdicts", () => {
  const before = numbersTable(draws("normal", 20_000, 1));

  it("says inconclusive for few rows, and about how many would do", async () => {
    const few = await compared(numbersTable(draws("normal", 50, 2)), before);
    expect(few.verdict).toBe("inconclusive");
    const needed = finding(few, "shape").rowsNeeded!;
    expect(needed).toBeGreaterThan(50);
    expect(needed).toBeLessThan(20_000);
    let stable = 0;
    for (let seed = 10; seed < 30; seed++) {
      const more = await compared(numbersTable(draws("normal", needed, seed)), before);
      if (finding(more, "shape").verdict === "stable") stable++;
    }
    expect(stable).toBeGreaterThan(5);
  });

  it("says so when no number of rows would do", async () => {
    const small = numbersTable(draws("normal", 60, 1));
    const found = await compared(numbersTable(draws("normal", 5000, 2)), small);
    expect(finding(found, "shape")).toMatchObject({ verdict: "inconclusive", rowsNeeded: null });
  });

  it("is not comparable when the type or the column isn't the same", async () => {
    const baseline = await profile(before);
    const texts = await compare(textTable(["1", "2"]), baseline);
    expect(texts.columns[0]).toMatchObject({ verdict: "notComparable", decidedBy: "type" });
    expect(texts.verdict).toBe("notComparable");
    const gone = await compare(tableOf({ y: { type: "int64", values: [1] } }), baseline);
    expect(gone.columns[0]!.verdict).toBe("notComparable");
    expect(gone.unknown).toEqual(["y"]);
    const none = await compare(numbersTable(new Float64Array(0)), baseline);
    expect(none.columns[0]!.verdict).toBe("inconclusive");
    const empty = await compare(before, await profile(numbersTable(new Float64Array(0))));
    expect(empty.columns[0]!.verdict).toBe("notComparable");
  });

  it("tells new levels from rare ones", async () => {
    const many = Object.fromEntries(Array.from({ length: 1500 }, (_, i) => [`level ${i}`, i < 900 ? 30 : 2]));
    const baseline = await profile(levels(many));
    expect(baseline.columns[0]!.levels!.otherRows).toBeGreaterThan(0);
    const rare = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`level ${1000 + i}`, 4]));
    const found = (await compare(levels(rare), baseline)).columns[0]!;
    expect(finding(found, "newLevels")).toMatchObject({ verdict: "stable", shares: { current: 0 } });
    const fresh = (await compare(levels({ ...rare, unheard: 100 }), baseline)).columns[0]!;
    expect(finding(fresh, "newLevels")).toMatchObject({ verdict: "drift" });
  });

  it("compares ids by their lengths, moments by the clock, booleans by their share", async () => {
    const ids = (from: number, prefix: string) =>
      textTable(Array.from({ length: 3000 }, (_, i) => `${prefix}${from + i}`));
    expect((await compared(ids(20_000, "id-"), ids(10_000, "id-"))).verdict).toBe("stable");
    expect((await compared(ids(20_000, "order-"), ids(10_000, "id-"))).verdict).toBe("drift");
    const at = (hour: number, day: number) =>
      tableOf({
        t: {
          type: "timestamp[ms]",
          values: Array.from({ length: 2400 }, (_, i) =>
            new Date(Date.UTC(2024, 0, day + (i % 7), (hour + (i % 12)) % 24)).toISOString(),
          ),
        },
      });
    expect((await compared(at(6, 8), at(6, 1))).verdict).toBe("stable");
    expect((await compared(at(18, 1), at(6, 1))).verdict).toBe("drift");
    const flags = (trues: number) =>
      tableOf({ b: { type: "bool", values: Array.from({ length: 3000 }, (_, i) => i < trues) } });
    expect((await compared(flags(1500), flags(1530))).verdict).toBe("stable");
    expect((await compared(flags(1500), flags(2000))).verdict).toBe("drift");
  });

  it("explains itself by the bins that changed most", async () => {
    const found = await compared(levels({ a: 100, b: 800, c: 100 }), levels({ a: 800, b: 1100, c: 100 }));
    expect(found.explanation.map(({ label }) => label)).toEqual(["a", "b", "c"]);
    expect(found.explanation[0]).toMatchObject({ baseline: 0.4, current: 0.1 });
  });

  it.each(["ks", "wasserstein", "mean", "psi", "js", "hellinger", "tvd", "lInfinity"] as const)(
    "decides by %s when told, with a bound that shrinks with the rows",
    async (name) => {
      const options = { statistic: name };
      const drifted = await compared(numbersTable(draws("normal", 3000, 2, 0.7)), before, options);
      expect(finding(drifted, "shape")).toMatchObject({ verdict: "drift", statistic: name });
      const bounds = [];
      for (const rows of [300, 3000, 30_000]) {
        const still = finding(
          await compared(numbersTable(draws("normal", rows, 4)), before, options),
          "shape",
        );
        expect(still.verdict).not.toBe("drift");
        expect(still.upper).toBeGreaterThanOrEqual(still.effect!);
        bounds.push(still.upper!);
      }
      expect(bounds[1]).toBeLessThan(bounds[0]!);
      expect(bounds[2]).toBeLessThan(bounds[1]!);
    },
  );

  it("adjusts for the number of columns", async () => {
    const columns = (seed: number, shift: number) =>
      Object.fromEntries(
        Array.from({ length: 10 }, (_, i) => [
          `c${i}`,
          { type: "float64", values: [...draws("normal", 800, seed + i, i === 0 ? shift : 0)] },
        ]),
      );
    const baseline = await profile(tableOf(columns(1, 0)));
    const report = await compare(tableOf(columns(100, 0.5)), baseline);
    expect(report.drifted).toEqual(["c0"]);
    for (const column of report.columns) {
      const { pValue, adjusted } = finding(column, "shape");
      expect(adjusted).toBeGreaterThanOrEqual(pValue!);
    }
    expect(
      finding(report.columns[0]!, "shape").adjusted! / finding(report.columns[0]!, "shape").pValue!,
    ).toBeCloseTo(10, 6);
    expect(report).toMatchObject({ verdict: "drift", share: 0.1, weightedShare: 0.1, broken: [] });
    const tolerant = await compare(tableOf(columns(100, 0.5)), baseline, { maxShare: 0.2 });
    expect(tolerant.verdict).not.toBe("drift");
    const must = await compare(tableOf(columns(100, 0.5)), baseline, { maxShare: 0.2, mustNotDrift: ["c0"] });
    expect([must.verdict, must.broken]).toEqual(["drift", ["c0"]]);
    const heavy = await compare(tableOf(columns(100, 0.5)), baseline, { maxShare: 0.2, weights: { c0: 9 } });
    expect([heavy.verdict, heavy.weightedShare]).toEqual(["drift", 0.5]);
  });

  it.each([
    [{ columns: ["y"] }, /has no column "y"/],
    [{ perColumn: { x: { statistic: "kss" } } }, /statistic.*did you mean "ks"/],
    [{ threshold: 0.2 }, /statistic it is meant for/],
    [{ alpha: 2 }, /alpha/],
    [{ shift: 0 }, /shift/],
    [{ maxShare: 1 }, /maxShare/],
    [{ weights: { x: -1 } }, /weights/],
    [{ treshold: 1 }, /no option "treshold"/],
  ])("refuses %j", async (options, message) => {
    const made = compare(before, await profile(before), options as never);
    await expect(made).rejects.toThrow(message);
    await expect(made).rejects.toMatchObject({ name: "ConfigError" });
  });

  it("refuses a baseline that was edited", async () => {
    const baseline = await profile(before);
    await expect(compare(before, { ...baseline, rows: 3 })).rejects.toMatchObject({ code: "input/corrupt" });
    expect(() => profileFromJson(baseline)).not.toThrow();
  });
});

describe("private baselines", () => {
  const before = draws("lognormal", 20_000, 1);

  it.each([
    ["kAnonymous", { mode: "kAnonymous", k: 50 }],
    ["binsOnly", "binsOnly"],
  ] as const)("%s still tells drift from none", async (_, privacy) => {
    const baseline = await profile(numbersTable(before), { privacy });
    const same = (await compare(numbersTable(draws("lognormal", 5000, 2)), baseline)).columns[0]!;
    const moved = numbersTable(draws("normal", 5000, 3).map((x) => Math.exp(1.5 * x + 1)));
    expect(same.verdict).not.toBe("drift");
    expect((await compare(moved, baseline)).columns[0]!.verdict).toBe("drift");
    expect(same.findings.some(({ kind }) => kind === "outOfRange")).toBe(false);
  });

  it("hashedLevels compare under their key only", async () => {
    const privacy = { mode: "hashedLevels", key: "secret" } as const;
    const baseline = await profile(levels({ a: 3000, b: 2000 }), { privacy });
    const same = await compare(levels({ a: 3000, b: 2000 }), baseline, { key: "secret" });
    expect(same.verdict).toBe("stable");
    const fresh = await compare(levels({ a: 3000, b: 1500, c: 500 }), baseline, { key: "secret" });
    expect(fresh.columns[0]!.decidedBy).toBe("newLevels");
    await expect(compare(levels({ a: 1 }), baseline)).rejects.toMatchObject({
      code: "config/missing-runtime-input",
    });
    await expect(compare(levels({ a: 1 }), baseline, { key: "other" })).rejects.toThrow(/isn't the one/);
  });
});

describe("flights", () => {
  const path = "node_modules/vega-datasets/data/flights-3m.parquet";

  /** The flights of a month of 2001, as a table; `late` minutes are added to their delays. */
  async function flightsOf(month: number, late = 0): Promise<Table> {
    const source = await openPath(path, {});
    const kept = { delay: [] as number[], distance: [] as number[], origin: [] as string[] };
    for await (const batch of source.batches()) {
      const storedOf = (name: string) => batch.getChild(name)!.data[0]!.values as BigInt64Array;
      const [dates, delays, distances] = ["date", "delay", "distance"].map(storedOf);
      const origins = batch.getChild("origin")!;
      for (let i = 0; i < batch.numRows; i++) {
        const date = new Date(Number(dates![i]! / 1000n));
        if (date.getUTCFullYear() !== 2001 || date.getUTCMonth() + 1 !== month) continue;
        kept.delay.push(Number(delays![i]!) + late);
        kept.distance.push(Number(distances![i]!));
        kept.origin.push(String(origins.get(i)));
      }
    }
    await source.close();
    return tableOf({
      delay: { type: "int64", values: kept.delay },
      distance: { type: "int64", values: kept.distance },
      origin: { type: "utf8", values: kept.origin },
    });
  }

  it("of May look like those of April, and don't once they are five minutes later", async () => {
    const [april, may] = [await profile(await flightsOf(4)), await profile(await flightsOf(5))];
    expect([april.rows, may.rows]).toEqual([501_030, 518_831]);
    const seen = async (current: typeof may, baseline: typeof april) =>
      (await compare(current, baseline)).columns.map(({ column, verdict }) => [column, verdict]);
    const allStable = [
      ["delay", "stable"],
      ["distance", "stable"],
      ["origin", "stable"],
    ];
    expect(await seen(may, april)).toEqual(allStable);
    expect(await seen(may, mergeProfiles([april, may]))).toEqual(allStable);
    const late = await profile(await flightsOf(5, 5));
    expect(await seen(late, april)).toEqual([["delay", "drift"], ...allStable.slice(1)]);
  });

  it("of three million rows are stable against themselves, and mergeable with themselves", async () => {
    const baseline = await profile(path);
    const report = await compare(path, baseline);
    expect(report.verdict).toBe("stable");
    expect(report.columns.map(({ column }) => column)).toEqual([
      "date",
      "delay",
      "distance",
      "origin",
      "destination",
    ]);
    expect(report.rows).toBe(3_000_000);
    const twice = mergeProfiles([baseline, baseline]);
    expect((await compare(path, twice)).verdict).toBe("stable");
  });
});
