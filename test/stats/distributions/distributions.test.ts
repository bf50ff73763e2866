import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type DistributionName, distributions } from "../../../src/stats/index.js";

/** Shape parameters for each law. */
const SHAPES: Record<DistributionName, number[]> = {
  norm: [],
  uniform: [],
  expon: [],
  weibull_min: [1.7],
  rayleigh: [],
  lomax: [2.5],
  pareto: [2.5],
  gumbel_r: [],
  gumbel_l: [],
  lognorm: [0.7],
  halfnorm: [],
  logistic: [],
  laplace: [],
  cauchy: [],
  triang: [0.3],
  powerlaw: [1.7],
  gamma: [2.5],
  invgamma: [2.5],
  chi2: [3],
  ncx2: [3, 4],
  beta: [2, 5],
  t: [4.5],
  f: [3, 10],
  poisson: [3.3],
  binom: [10, 0.3],
  hypergeom: [20, 7, 12],
  ksone: [20],
  kstwo: [20],
  kstwobign: [],
};
const DISCRETE = new Set<string>(["poisson", "binom", "hypergeom"]);
const probability = fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true });

describe.each(Object.entries(SHAPES) as [DistributionName, number[]][])("%s", (name, shapes) => {
  const law = distributions[name];

  test("has tails that add up to 1, from 0 to 1", () => {
    fc.assert(
      fc.property(fc.double({ min: -30, max: 30, noNaN: true }), (x) => {
        const [lower, upper] = [law.cdf(x, ...shapes), law.sf(x, ...shapes)];
        expect(lower + upper).toBeCloseTo(1, 12);
        expect(Math.min(lower, upper)).toBeGreaterThanOrEqual(0);
      }),
    );
    expect(law.cdf(Number.NEGATIVE_INFINITY, ...shapes)).toBe(0);
    expect(law.sf(Number.NEGATIVE_INFINITY, ...shapes)).toBe(1);
    expect(law.cdf(Number.POSITIVE_INFINITY, ...shapes)).toBe(1);
    expect(law.sf(Number.POSITIVE_INFINITY, ...shapes)).toBe(0);
  });
  test("has quantiles that invert them", () => {
    fc.assert(
      fc.property(probability, (p) => {
        const x = law.ppf(p, ...shapes);
        const y = law.isf(p, ...shapes);
        if (DISCRETE.has(name)) {
          expect(law.cdf(x, ...shapes)).toBeGreaterThanOrEqual(p);
          expect(law.cdf(x - 1, ...shapes)).toBeLessThan(p);
          expect(law.sf(y, ...shapes)).toBeLessThanOrEqual(p);
        } else {
          expect(law.cdf(x, ...shapes)).toBeCloseTo(p, 10);
          expect(law.sf(y, ...shapes)).toBeCloseTo(p, 10);
        }
      }),
      { numRuns: 40 },
    );
  });
  test("moves with its location and scale", () => {
    if (DISCRETE.has(name)) return expect(law.cdf(5, ...shapes, 2)).toBe(law.cdf(3, ...shapes));
    expect(law.cdf(2 + 3 * 0.4, ...shapes, 2, 3)).toBeCloseTo(law.cdf(0.4, ...shapes), 12);
    expect(law.ppf(0.4, ...shapes, 2, 3)).toBeCloseTo(2 + 3 * law.ppf(0.4, ...shapes), 10);
  });
  test("refuses parameters outside its domain, and NaN", () => {
    const named = new RegExp(`^${name}: `);
    expect(() => law.cdf(1, ...shapes, 0, -1)).toThrow(named);
    expect(() => law.cdf(1, ...shapes, 0, 1, 2)).toThrow(named);
    expect(() => law.cdf(Number.NaN, ...shapes)).toThrow(named);
    expect(() => law.ppf(1.5, ...shapes)).toThrow(named);
    if (shapes.length > 0) expect(() => law.sf(1, ...shapes.map(() => -1))).toThrow(named);
  });
});

describe("laws that are known through one another", () => {
  test("the tail of χ² with 2 degrees is an exponential, of t with 1 a Cauchy law, of F a t law's square", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 500, noNaN: true }), (x) => {
        const { chi2, expon, t, cauchy, f, norm, gamma, poisson, kstwobign } = distributions;
        const near = (a: number, b: number) =>
          expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-11 * Math.abs(b));
        near(chi2.sf(x, 2), expon.sf(x, 0, 2));
        near(t.sf(x, 1), cauchy.sf(x));
        near(f.sf(x * x, 1, 7), 2 * t.sf(x, 7));
        near(chi2.sf(x, 1), 2 * norm.sf(Math.sqrt(x)));
        near(gamma.sf(x + 0.1, 4), poisson.cdf(3, x + 0.1));
        if (x < 6) near(kstwobign.cdf(x + 0.2) + kstwobign.sf(x + 0.2), 1);
      }),
    );
  });
  test("the noncentral χ² law is the central one at 0, and stays finite far out", () => {
    const { ncx2, chi2 } = distributions;
    expect(ncx2.sf(5, 3, 0)).toBeCloseTo(chi2.sf(5, 3), 14);
    expect(ncx2.sf(500, 3, 100)).toBeGreaterThan(0);
    expect(ncx2.cdf(900, 10, 900)).toBeGreaterThan(0.3);
    expect(ncx2.cdf(900, 10, 900)).toBeLessThan(0.6);
  });
  test("deep tails keep their digits", () => {
    const { norm, chi2, t, beta } = distributions;
    for (const p of [1e-20, 1e-100, 1e-300]) {
      expect(norm.sf(norm.isf(p)) / p).toBeCloseTo(1, 10);
      expect(chi2.sf(chi2.isf(p, 7), 7) / p).toBeCloseTo(1, 10);
      expect(t.sf(t.isf(p, 50), 50) / p).toBeCloseTo(1, 10);
      expect(beta.cdf(beta.ppf(p, 2, 5), 2, 5) / p).toBeCloseTo(1, 10);
    }
    expect(norm.ppf(0.5 + 2 ** -40) * 2 ** 40).toBeCloseTo(Math.sqrt(2 * Math.PI), 12);
  });
  test("the finite Kolmogorov law joins its regimes without a step", () => {
    const { kstwo } = distributions;
    for (const n of [20, 140, 141, 3000, 100_000, 100_001]) {
      const seams = [
        0.5 / n,
        1 / n,
        Math.sqrt(2.2 / n),
        Math.sqrt(4 / n),
        (1.4 / n) ** (2 / 3),
        0.5,
        1 - 1 / n,
      ];
      for (const d of seams.filter((seam) => seam < 1)) {
        const [before, after] = [kstwo.sf(d * (1 - 1e-9), n), kstwo.sf(d * (1 + 1e-9), n)];
        // Pelz and Good's series stops at order n^-3/2: a step of 3e-6 is left at n = 141.
        expect(after).toBeLessThanOrEqual(before + 1e-5);
        // Far out the law itself falls this much over the step.
        if (before > 1e-30) expect(Math.abs(after - before)).toBeLessThan(1e-4 * before);
      }
    }
  });
});
