import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  chiSquareHomogeneity,
  cramerVonMisesTwoSample,
  distributions,
  fisherExact,
  ksTwoSample,
  mannWhitney,
  twoProportionZ,
} from "../../src/stats/index.js";
import { normals, permutationP } from "./samples.js";

const distinct = fc.uniqueArray(fc.integer({ min: 0, max: 1000 }), { minLength: 4, maxLength: 10 });
const split = distinct.chain((rows) =>
  fc.integer({ min: 2, max: rows.length - 2 }).map((n) => ({ x: rows.slice(0, n), y: rows.slice(n) })),
);
const small = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 2, maxLength: 5 });

describe("exact p-values are what listing every split of the pooled rows gives", () => {
  test("Kolmogorov-Smirnov, all three alternatives", () => {
    fc.assert(
      fc.property(split, fc.constantFrom("two-sided", "less", "greater"), ({ x, y }, alternative) => {
        const statistic = (a: number[], b: number[]) => ksTwoSample(a, b, { alternative }).statistic!;
        const got = ksTwoSample(x, y, { alternative, method: "exact" }).pValue;
        expect(got).toBeCloseTo(permutationP(x, y, statistic), 12);
      }),
      { numRuns: 60 },
    );
  });
  test("Mann-Whitney without ties, both sides of the counting", () => {
    fc.assert(
      fc.property(split, fc.boolean(), ({ x, y }, less) => {
        const u = (a: number[], b: number[]) => mannWhitney(a, b).statistic! * (less ? -1 : 1);
        const got = mannWhitney(x, y, { method: "exact", alternative: less ? "less" : "greater" }).pValue;
        expect(got).toBeCloseTo(permutationP(x, y, u), 12);
      }),
      { numRuns: 60 },
    );
  });
  test("Mann-Whitney with ties", () => {
    fc.assert(
      fc.property(small, small, (x, y) => {
        const u = (a: number[], b: number[]) => mannWhitney(a, b).statistic!;
        const got = mannWhitney(x, y, { method: "exact", alternative: "greater" });
        expect(got.method).toBe("exact");
        expect(got.pValue).toBeCloseTo(permutationP(x, y, u), 12);
      }),
      { numRuns: 60 },
    );
  });
  test("Cramér-von Mises, with ties and without", () => {
    fc.assert(
      fc.property(fc.oneof(split, fc.record({ x: small, y: small })), ({ x, y }) => {
        const t = (a: number[], b: number[]) => cramerVonMisesTwoSample(a, b).statistic!;
        const got = cramerVonMisesTwoSample(x, y, { method: "exact" });
        expect(got.method).toBe("exact");
        expect(got.pValue).toBeCloseTo(permutationP(x, y, t), 12);
      }),
      { numRuns: 60 },
    );
  });
  test("Fisher's table, as the split of 0s and 1s", () => {
    const cells = fc.tuple(fc.nat(4), fc.nat(4), fc.nat(4), fc.nat(4));
    const filled = cells.filter(([a, b, c, d]) => a + b > 0 && c + d > 0);
    fc.assert(
      fc.property(filled, ([a, b, c, d]) => {
        const x = [...Array(a).fill(1), ...Array(b).fill(0)];
        const y = [...Array(c).fill(1), ...Array(d).fill(0)];
        const ones = (rows: number[]) => rows.reduce((sum, one) => sum + one, 0);
        const p = fisherExact([a, b], [c, d], { alternative: "greater" }).pValue;
        expect(p).toBeCloseTo(permutationP(x, y, ones), 12);
        const two = fisherExact([a, b], [c, d]).pValue!;
        expect(two).toBeGreaterThanOrEqual(p! - 1e-12 > 0.5 ? 0 : p! - 1e-12);
        expect(two).toBeLessThanOrEqual(1);
      }),
      { numRuns: 60 },
    );
  });
});

test("exact p-values meet the asymptotic ones where both apply", () => {
  const x = normals(1, 300);
  const y = normals(2, 250).map((v) => v + 0.2);
  const ratio = (exact: number | null, asymptotic: number | null) => asymptotic! / exact!;
  const ks = (method: "exact" | "asymptotic") => ksTwoSample(x, y, { method }).pValue;
  const mwu = (method: "exact" | "asymptotic") => mannWhitney(x.slice(0, 40), y, { method }).pValue;
  const cvm = (method: "exact" | "asymptotic") =>
    cramerVonMisesTwoSample(x.slice(0, 18), y.slice(0, 18), { method }).pValue;
  expect(ratio(ks("exact"), ks("asymptotic"))).toBeCloseTo(1, 0);
  expect(ratio(mwu("exact"), mwu("asymptotic"))).toBeCloseTo(1, 1);
  expect(ratio(cvm("exact"), cvm("asymptotic"))).toBeCloseTo(1, 0);
});

test("Mann-Whitney counts without loss when one side is long: its law is symmetric and sums to 1", () => {
  const x = [1, 2, 3, 4, 5, 6, 7, 8].map((v) => v * 100 + 0.5);
  const y = Array.from({ length: 1000 }, (_, i) => i);
  const greater = mannWhitney(x, y, { method: "exact", alternative: "greater" });
  const less = mannWhitney(x, y, { method: "exact", alternative: "less" });
  // Both tails hold the value seen: they add to 1 and its probability, which is small among so many.
  expect(greater.pValue! + less.pValue!).toBeGreaterThan(1);
  expect(greater.pValue! + less.pValue!).toBeLessThan(1.001);
  const extreme = mannWhitney(y.slice(0, 8), y.slice(8), { method: "exact", alternative: "less" });
  // 1 in C(1000, 8).
  expect(extreme.pValue! * 2.411508052469943e19).toBeCloseTo(1, 9);
});

test("two proportions: the square of z is the chi-square, and the interval holds the difference", () => {
  const table = [
    [40, 60],
    [30, 90],
  ] as const;
  const z = twoProportionZ(...table);
  const chi2 = chiSquareHomogeneity(...table);
  expect(z.statistic! ** 2).toBeCloseTo(chi2.statistic!, 10);
  expect(z.pValue).toBeCloseTo(chi2.pValue!, 12);
  expect(z.effect.value).toBeCloseTo(-0.15, 12);
  const [low, high] = z.interval!;
  expect(low).toBeLessThan(-0.15);
  expect(high).toBeGreaterThan(-0.15);
  const wider = twoProportionZ(...table, { confidence: 0.99 }).interval!;
  expect(wider[0]).toBeLessThan(low);
  expect(wider[1]).toBeGreaterThan(high);
  // Newcombe (1998), table II, example (a), method 10: 56/70 against 48/80.
  const published = twoProportionZ([48, 32], [56, 14]).interval!;
  expect(published[0]).toBeCloseTo(0.0524, 4);
  expect(published[1]).toBeCloseTo(0.3339, 4);
});

test("Fisher's test takes tables of any size, tails included", () => {
  const large = fisherExact([1e6, 1e6], [1_001_000, 999_000]);
  expect(large.pValue! / twoProportionZ([1e6, 1e6], [1_001_000, 999_000]).pValue!).toBeCloseTo(1, 2);
  const disjoint = fisherExact([400, 0], [0, 400]);
  expect(disjoint).toMatchObject({ statistic: null, reason: "infinite", effect: { value: -1 } });
  expect(disjoint.pValue).toBeGreaterThan(0);
  expect(disjoint.pValue).toBeLessThan(1e-230);
  expect(fisherExact([3, 0], [5, 0])).toMatchObject({ statistic: null, pValue: 1, reason: "one-level" });
  expect(() => fisherExact([1.5, 2], [1, 2])).toThrow(/reference/);
  expect(() => fisherExact([1, 2, 3], [1, 2, 3])).toThrow(/two levels/);
  expect(distributions.hypergeom.cdf(2, 20, 7, 12) + distributions.hypergeom.sf(2, 20, 7, 12)).toBeCloseTo(
    1,
    15,
  );
});
