import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cramerVonMisesLimitTail } from "../../src/stats/cramerVonMisesLaw.js";
import {
  andersonDarlingKSample,
  andersonDarlingNormal,
  chiSquareHomogeneity,
  cramersV,
  cramerVonMisesOneSample,
  cramerVonMisesTwoSample,
  distributions,
  energyDistance,
  eppsSingleton,
  jensenShannonDistance,
  kruskal,
  ksOneSample,
  ksTwoSample,
  kuiperTwoSample,
  levene,
  mannWhitney,
  powerDivergence,
  psi,
  type Sample,
  type TestResult,
  twoProportionZ,
  wasserstein,
  welchT,
} from "../../src/stats/index.js";
import { counts, longSample, normals, uniforms } from "./samples.js";

type Test = (reference: Sample, current: Sample) => TestResult;

const ON_SAMPLES: Record<string, Test> = {
  ksTwoSample,
  kuiperTwoSample,
  mannWhitney,
  cramerVonMisesTwoSample,
  andersonDarlingKSample,
  kruskal,
  levene,
  welchT,
  eppsSingleton,
};
/** What an effect is where there is no difference. */
const NONE: Record<string, number> = { auc: 0.5 };
/** Those that take infinities for ordinary extreme values. */
const BY_RANK = [
  "ksTwoSample",
  "kuiperTwoSample",
  "mannWhitney",
  "cramerVonMisesTwoSample",
  "andersonDarlingKSample",
  "kruskal",
];

describe.each(Object.entries(ON_SAMPLES))("%s", (name, run) => {
  test("gives finite numbers and a p-value in [0, 1], or a reason", () => {
    fc.assert(
      fc.property(longSample, longSample, (x, y) => {
        const { statistic, pValue, n, m, effect, reason } = run(x, y);
        expect([n, m]).toEqual([x.length, y.length]);
        for (const number of [statistic, pValue, effect.value]) {
          if (number === null) expect(reason).toBeTypeOf("string");
          else expect(Number.isFinite(number)).toBe(true);
        }
        if (pValue !== null) expect(pValue >= 0 && pValue <= 1).toBe(true);
      }),
    );
  });
  test("sees no difference between a sample and itself", () => {
    const x = normals(1, 60);
    const { pValue, effect, reason } = run(x, x);
    if (reason !== "outside-table") expect(pValue).toBeGreaterThan(0.9);
    expect(effect.value).toBeCloseTo(NONE[effect.name] ?? 0, 12);
  });
  test("sees a large difference", () => {
    const x = normals(1, 200);
    const y = normals(2, 150).map((v) => 3 * v + 4);
    const result = run(x, y);
    const bound = "pValueBounds" in result ? (result.pValueBounds as number[])[1] : result.pValue;
    expect(bound).toBeLessThanOrEqual(0.001);
  });
  test("does not depend on the order of rows", () => {
    fc.assert(
      fc.property(longSample, longSample, (x, y) => {
        expect(run([...x].reverse(), [...y].reverse())).toEqual(run(x, y));
      }),
    );
  });
  test("has a reason for an empty side and for NaN", () => {
    const x = normals(1, 20);
    expect(run([], x)).toMatchObject({ statistic: null, pValue: null, reason: "empty" });
    expect(run(x, [...x, Number.NaN])).toMatchObject({
      statistic: null,
      pValue: null,
      reason: "not-a-number",
    });
  });
  test("keeps infinities as extreme values, or refuses them", () => {
    const x = [...normals(1, 20), Number.NEGATIVE_INFINITY];
    const y = [...normals(2, 20), Number.POSITIVE_INFINITY];
    if (BY_RANK.includes(name)) {
      const finite = (values: number[]) => values.map((v) => (Number.isFinite(v) ? v : Math.sign(v) * 1e9));
      expect(run(x, y).statistic).toBe(run(finite(x), finite(y)).statistic);
    } else {
      expect(run(x, y)).toMatchObject({ statistic: null, pValue: null, reason: "not-finite" });
    }
  });
  test("treats -0 as 0", () => {
    const x = [0, 0, 1, 2, 3, 4, 5, 6];
    const signed = x.map((v) => (v === 0 ? -0 : v));
    expect(run(signed, x)).toEqual(run(x, x));
  });
});

describe("any doubles at all", () => {
  const anything = fc.array(fc.oneof(fc.double(), fc.constantFrom(0, -0, 5e-324, 1.7e308, -1.7e308)), {
    maxLength: 12,
  });
  // A location is one of the values given, which may be infinite.
  const numbersIn = ({ location: _, ...result }: { location?: unknown }): number[] =>
    Object.values(result).flatMap((value) =>
      typeof value === "number" ? [value] : value && typeof value === "object" ? numbersIn(value) : [],
    );
  const runs = Object.entries({
    ...ON_SAMPLES,
    wasserstein,
    energyDistance,
    normalised: (x: Sample, y: Sample) => wasserstein(x, y, { normaliseBy: "iqr" }),
    standardised: (x: Sample, y: Sample) => energyDistance(x, y, { normaliseBy: "std" }),
    psi: (x: Sample, y: Sample) => psi(x, y, { bins: 4 }),
    jensenShannonDistance: (x: Sample, y: Sample) => jensenShannonDistance(x, y, { bins: 4 }),
    ksOneSample: (x: Sample) => ksOneSample(x, { name: "norm" }),
    cramerVonMisesOneSample: (x: Sample) => cramerVonMisesOneSample(x, { name: "cauchy" }),
    andersonDarlingNormal: (x: Sample) => andersonDarlingNormal(x),
  } as Record<string, (x: Sample, y: Sample) => object>);
  test.each(runs)("%s: finite numbers and nulls, nothing else, and nothing thrown", (_, run) => {
    fc.assert(
      fc.property(anything, anything, (x, y) => {
        expect(numbersIn(run(x, y)).filter((number) => !Number.isFinite(number))).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });
});

describe("rank tests do not see the unit: they are the same for any increasing change of it", () => {
  test.each(BY_RANK)("%s", (name) => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -40, max: 40 }), { minLength: 8 }), longSample, (x, other) => {
        const y = other.map(Math.round).map((v) => v % 50);
        const cube = (values: number[]) => values.map((v) => v ** 3);
        const run = ON_SAMPLES[name]!;
        expect(run(cube(x), cube(y)).statistic).toBe(run(x, y).statistic);
      }),
    );
  });
});

describe("directions", () => {
  const low = normals(1, 80);
  const high = normals(2, 80).map((v) => v + 1);

  test("Mann-Whitney and Welch: less means that the reference is smaller", () => {
    for (const run of [mannWhitney, welchT]) {
      expect(run(low, high, { alternative: "less" }).pValue).toBeLessThan(1e-4);
      expect(run(low, high, { alternative: "greater" }).pValue).toBeGreaterThan(0.99);
    }
    expect(mannWhitney(low, high).effect.value).toBeGreaterThan(0.6);
    expect(welchT(low, high).effect.value).toBeGreaterThan(0.5);
  });
  test("KS: greater means that the reference's distribution function is above, its values smaller", () => {
    expect(ksTwoSample(low, high, { alternative: "greater" }).pValue).toBeLessThan(1e-4);
    expect(ksTwoSample(low, high, { alternative: "less" }).pValue).toBeGreaterThan(0.5);
    const { location, sign } = ksTwoSample(low, high);
    const below = (values: number[]) => values.filter((v) => v <= location!).length / values.length;
    expect((below(low) - below(high)) * sign!).toBeCloseTo(ksTwoSample(low, high).statistic!, 12);
  });
  test("proportions: less means that the reference's is smaller", () => {
    expect(twoProportionZ([10, 90], [50, 50], { alternative: "less" }).pValue).toBeLessThan(1e-6);
    expect(twoProportionZ([90, 10], [50, 50], { successIndex: 1, alternative: "less" }).pValue).toBeLessThan(
      1e-6,
    );
  });
});

describe("p-values are uniform where nothing differs", () => {
  const next = uniforms(5);
  const draw = (rows: number) => Array.from({ length: rows }, () => Math.log(next()));
  const runs: [string, Test][] = Object.entries({
    ...ON_SAMPLES,
    student: (x: Sample, y: Sample) => welchT(x, y, { equalVariances: true }),
  });
  test.each(runs)("%s", (_, run) => {
    let rejected = 0;
    const trials = 600;
    for (let i = 0; i < trials; i++) {
      const result = run(draw(30), draw(40));
      const p = result.pValue ?? (result as unknown as { pValueBounds: number[] }).pValueBounds[1]!;
      if (p <= 0.1) rejected++;
    }
    // Kuiper's and Levene's approximations are on the safe side for few and skewed rows.
    expect(rejected / trials).toBeGreaterThan(0.04);
    expect(rejected / trials).toBeLessThan(0.15);
  });
});

describe("one-sample tests", () => {
  test("a law's own quantiles fit it, and not another", () => {
    const x = Array.from({ length: 99 }, (_, i) => distributions.gamma.ppf((i + 1) / 100, 2.5));
    const own = { name: "gamma", parameters: [2.5] } as const;
    const other = { name: "expon" } as const;
    expect(ksOneSample(x, own)).toMatchObject({ n: 99, method: "exact" });
    for (const run of [ksOneSample, cramerVonMisesOneSample]) {
      expect(run(x, own).pValue).toBeGreaterThan(0.99);
      expect(run(x, other).pValue).toBeLessThan(1e-6);
    }
    expect(andersonDarlingNormal(x).pValue).toBeLessThan(0.01);
    expect(andersonDarlingNormal(normals(1, 99)).pValue).toBeGreaterThan(0.05);
  });
  test("a law may be a function; an unknown name is refused", () => {
    const x = normals(1, 30);
    const cdf = (v: number) => distributions.norm.cdf(v);
    expect(ksOneSample(x, cdf)).toEqual(ksOneSample(x, { name: "norm" }));
    expect(() => ksOneSample(x, { name: "normal" as never })).toThrow(/no law "normal"/);
  });
  test("the limit law of Cramér and von Mises is Anderson and Darling's table, and has a far tail", () => {
    // Anderson and Darling (1952), table 1.
    expect(cramerVonMisesLimitTail(0.3473)).toBeCloseTo(0.1, 5);
    expect(cramerVonMisesLimitTail(0.46136)).toBeCloseTo(0.05, 5);
    expect(cramerVonMisesLimitTail(0.74346)).toBeCloseTo(0.01, 5);
    expect(cramerVonMisesLimitTail(0.0248)).toBeCloseTo(0.99, 4);
    const x = normals(1, 3000);
    const far = cramerVonMisesTwoSample(
      x,
      x.map((v) => v + 0.6),
    ).pValue;
    expect(far).toBeLessThan(1e-40);
    expect(far).toBeGreaterThan(1e-300);
  });
  test("normality is judged far beyond where a tail is a double", () => {
    const result = andersonDarlingNormal([...normals(1, 4000), 1e9]);
    expect(result.statistic).toBeGreaterThan(1000);
    expect(result.pValue).toBeLessThan(1e-100);
  });
  test("a function that is no cdf is refused", () => {
    expect(() => ksOneSample([1, 2, 3], (x) => x)).toThrow(/law is 2; it must be a probability at 2/);
  });
  test("samples that can't be judged have a reason", () => {
    expect(ksOneSample([], { name: "norm" })).toMatchObject({ pValue: null, reason: "empty" });
    expect(cramerVonMisesOneSample([1], { name: "norm" })).toMatchObject({
      pValue: null,
      reason: "too-few-values",
    });
    expect(andersonDarlingNormal([1, 1, 1, 1])).toMatchObject({ pValue: null, reason: "zero-variance" });
  });
});

describe("several samples", () => {
  const [a, b, c] = [normals(1, 40), normals(2, 30), normals(3, 50).map((v) => v * 4 + 4)];

  test.each([
    ["kruskal", kruskal],
    ["levene", levene],
    ["andersonDarlingKSample", andersonDarlingKSample],
  ] as const)("%s sees a third sample that differs", (_, run) => {
    const pair = run(a, b).pValue ?? 0.25;
    const three = run(a, b, { others: [c] });
    expect(three.pValue ?? 0.001).toBeLessThan(pair);
    expect(three.pValue ?? 0.001).toBeLessThanOrEqual(0.001);
  });
  test("kruskal on two samples is the square of Mann-Whitney's z without continuity", () => {
    const p = mannWhitney(a, b, { method: "asymptotic", continuity: false }).pValue;
    expect(kruskal(a, b).pValue).toBeCloseTo(p!, 12);
  });
  test("kuiper's p-value falls from 1 as the gap grows, through where its series alternates", () => {
    const rows = 40;
    const x = Array.from({ length: rows }, (_, i) => i);
    const p = x.map(
      (gap) =>
        kuiperTwoSample(
          x,
          x.map((v) => (v < gap ? v - gap : v + 0.5)),
        ).pValue!,
    );
    const statistics = x.map(
      (gap) =>
        kuiperTwoSample(
          x,
          x.map((v) => (v < gap ? v - gap : v + 0.5)),
        ).statistic!,
    );
    const order = x.toSorted((i, j) => statistics[i]! - statistics[j]!);
    order.forEach((at, i) => {
      if (i > 0) expect(p[at]).toBeLessThanOrEqual(p[order[i - 1]!]! + 1e-12);
    });
    expect(p[order[0]!]).toBeCloseTo(1, 6);
    expect(kuiperTwoSample([1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 3, 4, 5, 6, 7, 9]).pValue).toBeCloseTo(1, 4);
  });
  test("kuiper does not depend on where the circle is cut", () => {
    const hours = (seed: number, shift: number) =>
      normals(seed, 60).map((v) => (((v * 3 + shift) % 24) + 24) % 24);
    const [x, y] = [hours(1, 0), hours(2, 2)];
    const turn = (values: number[]) => values.map((v) => (v + 7.3) % 24);
    expect(kuiperTwoSample(turn(x), turn(y)).statistic).toBeCloseTo(kuiperTwoSample(x, y).statistic!, 12);
  });
});

describe("counts", () => {
  test("homogeneity is symmetric, drops empty levels, and its effect is Cramér's V in [0, 1]", () => {
    fc.assert(
      fc.property(counts, ({ reference, current }) => {
        const result = chiSquareHomogeneity(reference, current);
        expect(result.pValue).toBeCloseTo(chiSquareHomogeneity(current, reference).pValue!, 12);
        expect(chiSquareHomogeneity([...reference, 0], [...current, 0])).toEqual(result);
        expect(result.effect.value).toBeGreaterThanOrEqual(0);
        expect(result.effect.value).toBeLessThanOrEqual(1);
        const v = cramersV(reference, current);
        expect(v.value ?? 0).toBe(v.reason === "one-level" ? 0 : result.effect.value);
      }),
    );
  });
  test("disjoint levels have V = 1; the bias correction takes chance away", () => {
    expect(cramersV([10, 0], [0, 10]).value).toBe(1);
    expect(cramersV([52, 48], [49, 51], { biasCorrected: true }).value).toBe(0);
  });
  test("sparse says when the chi-square law is doubtful", () => {
    expect(chiSquareHomogeneity([50, 50], [40, 60]).sparse).toBe(false);
    expect(chiSquareHomogeneity([500, 1], [400, 0]).sparse).toBe(true);
  });
  test("every member of the power family is near the others on full tables", () => {
    const lambdas = [
      "pearson",
      "log-likelihood",
      "freeman-tukey",
      "mod-log-likelihood",
      "neyman",
      "cressie-read",
      0.5,
    ] as const;
    for (const lambda of lambdas) {
      expect(powerDivergence([100, 110, 90], [95, 105, 100], { lambda }).pValue).toBeCloseTo(0.45, 1);
    }
    expect(powerDivergence([5, 5], [10, 0], { lambda: "neyman" })).toMatchObject({
      pValue: null,
      reason: "infinite",
    });
    expect(() => powerDivergence([5], [5], { lambda: "g" as never })).toThrow(/lambda/);
    expect(powerDivergence(null, [20, 30, 10], { ddof: 1 }).dof).toBe(1);
  });
  test("levels that occur on neither side are left out, or refused, in goodness of fit too", () => {
    const result = powerDivergence([10, 0, 20], [12, 0, 18]);
    expect(result).toMatchObject({ dof: 1, expected: [10, 20] });
    const refused = powerDivergence([10, 0, 20], [12, 0, 18], { emptyLevels: "refuse" });
    expect(refused).toMatchObject({ pValue: null, reason: "empty-level" });
    expect(powerDivergence([10, 0], [10, Number.NaN])).toMatchObject({
      pValue: null,
      reason: "not-a-number",
    });
  });
  test("counts that can't be judged have a reason", () => {
    expect(chiSquareHomogeneity([0, 0], [1, 2])).toMatchObject({ pValue: null, reason: "zero-total" });
    expect(chiSquareHomogeneity([-1, 2], [1, 2])).toMatchObject({ pValue: null, reason: "negative-weight" });
    expect(twoProportionZ([0, 5], [0, 7])).toMatchObject({
      statistic: 0,
      pValue: 1,
      reason: "zero-variance",
    });
    expect(() => chiSquareHomogeneity([1, 2], [1])).toThrow(/2 levels and current 1/);
    expect(() => twoProportionZ([1, 2], [1, 2], { successIndex: 2 })).toThrow(/successIndex/);
  });
});

describe("degenerate samples", () => {
  const constant = Array(8).fill(5);
  test("two equal constants are no difference, or can't be judged; never NaN", () => {
    expect(ksTwoSample(constant, constant).pValue).toBe(1);
    expect(mannWhitney(constant, constant)).toMatchObject({ pValue: 1, reason: "one-distinct-value" });
    expect(welchT(constant, constant)).toMatchObject({ statistic: 0, pValue: 1, reason: "zero-variance" });
    expect(kruskal(constant, constant)).toMatchObject({ pValue: null, reason: "one-distinct-value" });
    expect(levene(constant, constant)).toMatchObject({ pValue: null, reason: "zero-variance" });
    expect(andersonDarlingKSample(constant, constant)).toMatchObject({
      pValue: null,
      reason: "one-distinct-value",
    });
    expect(eppsSingleton(constant, constant)).toMatchObject({ pValue: null, reason: "zero-scale" });
  });
  test("two different constants differ for certain, in their direction only", () => {
    const other = Array(8).fill(6);
    expect(welchT(constant, other)).toMatchObject({ statistic: null, pValue: 0, reason: "zero-variance" });
    expect(welchT(constant, other, { alternative: "less" }).pValue).toBe(0);
    expect(welchT(constant, other, { alternative: "greater" }).pValue).toBe(1);
  });
  test("too few rows are a reason", () => {
    expect(welchT([1], [1, 2])).toMatchObject({ pValue: null, reason: "too-few-values" });
    expect(eppsSingleton([1, 2, 3, 4], [1, 2, 3, 4, 5])).toMatchObject({ reason: "too-few-values" });
    expect(andersonDarlingKSample([1], [2])).toMatchObject({ pValue: null, reason: "too-few-values" });
    expect(ksTwoSample([1], [2], { method: "asymptotic" })).toMatchObject({ statistic: 1, pValue: null });
  });
});
