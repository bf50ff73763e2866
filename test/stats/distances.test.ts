import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type BinnedResult,
  type DistanceResult,
  energyDistance,
  hellinger,
  jensenShannonDistance,
  klDivergence,
  ksTwoSample,
  lInfinity,
  psi,
  type Sample,
  totalVariation,
  wasserstein,
} from "../../src/stats/index.js";
import { counts, normals, sample, value } from "./samples.js";

type Distance = (reference: Sample, current: Sample) => DistanceResult;

const OVER_COUNTS: Record<string, { distance: Distance; most: number; symmetric: boolean }> = {
  psi: { distance: (p, q) => psi(p, q), most: 2 * Math.log(1e4), symmetric: true },
  klDivergence: {
    distance: (p, q) => klDivergence(p, q, { floor: 1e-4 }),
    most: Math.log(1e4),
    symmetric: false,
  },
  jensenShannonDistance: { distance: (p, q) => jensenShannonDistance(p, q), most: 1, symmetric: true },
  hellinger: { distance: (p, q) => hellinger(p, q), most: 1, symmetric: true },
  totalVariation: { distance: (p, q) => totalVariation(p, q), most: 1, symmetric: true },
  lInfinity: { distance: (p, q) => lInfinity(p, q), most: 1, symmetric: true },
};

for (const [name, { distance, most, symmetric }] of Object.entries(OVER_COUNTS)) {
  describe(`${name} over counts`, () => {
    test("is 0 between a vector and itself, and its multiple", () => {
      fc.assert(
        fc.property(counts, fc.integer({ min: 1, max: 9 }), ({ reference }, k) => {
          expect(distance(reference, reference).value).toBe(0);
          const scaled = reference.map((count) => count * k);
          expect(distance(reference, scaled).value).toBeLessThan(1e-7);
        }),
      );
    });
    test("is finite, not negative and within its bound", () => {
      fc.assert(
        fc.property(counts, ({ reference, current }) => {
          const { value, reason } = distance(reference, current);
          expect(reason).toBeUndefined();
          expect(Number.isFinite(value)).toBe(true);
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(most + 1e-9);
        }),
      );
    });
    if (symmetric) {
      test("is symmetric", () => {
        fc.assert(
          fc.property(counts, ({ reference, current }) => {
            expect(distance(reference, current).value).toBeCloseTo(distance(current, reference).value!, 12);
          }),
        );
      });
    }
    test("does not depend on the order of the levels", () => {
      fc.assert(
        fc.property(counts, fc.nat(), ({ reference, current }, turn) => {
          const turned = (levels: number[]) => levels.map((_, i) => levels[(i + turn) % levels.length]!);
          expect(distance(turned(reference), turned(current)).value).toBeCloseTo(
            distance(reference, current).value!,
            12,
          );
        }),
      );
    });
  });
}

const OVER_SAMPLES: Record<string, Distance> = { wasserstein, energyDistance };

for (const [name, distance] of Object.entries(OVER_SAMPLES)) {
  describe(`${name} over samples`, () => {
    test("is 0 between a sample and itself, symmetric, finite, and blind to the order of rows", () => {
      fc.assert(
        fc.property(sample, sample, (x, y) => {
          const forward = distance(x, y).value!;
          expect(distance(x, x).value).toBe(0);
          expect(forward).toBeGreaterThanOrEqual(0);
          expect(Number.isFinite(forward)).toBe(true);
          expect(distance(y, x).value).toBeCloseTo(forward, 6);
          expect(distance([...x].reverse(), [...y].reverse()).value).toBe(forward);
        }),
      );
    });
    test("takes whole weights for repeated rows", () => {
      const weighted = fc.array(fc.tuple(value, fc.integer({ min: 1, max: 4 })), {
        minLength: 1,
        maxLength: 10,
      });
      fc.assert(
        fc.property(weighted, sample, (pairs, y) => {
          const rows = pairs.flatMap(([x, weight]) => Array.from({ length: weight }, () => x));
          const values = pairs.map(([x]) => x);
          const got = (name === "wasserstein" ? wasserstein : energyDistance)(values, y, {
            referenceWeights: pairs.map(([, weight]) => weight),
          });
          expect(got.value).toBeCloseTo(distance(rows, y).value!, 6);
        }),
      );
    });
  });
}

test("wasserstein is at most the range of the pooled values, and exactly the shift of a shifted sample", () => {
  fc.assert(
    fc.property(sample, sample, (x, y) => {
      const range = Math.max(...x, ...y) - Math.min(...x, ...y);
      expect(wasserstein(x, y).value).toBeLessThanOrEqual(range * (1 + 1e-12));
    }),
  );
  const x = normals(1, 50);
  expect(
    wasserstein(
      x,
      x.map((v) => v + 2),
    ).value,
  ).toBeCloseTo(2, 12);
});

test("Hellinger and total variation bound each other: H² ≤ TVD ≤ H√2", () => {
  fc.assert(
    fc.property(counts, ({ reference, current }) => {
      const h = hellinger(reference, current).value!;
      const tvd = totalVariation(reference, current).value!;
      expect(h * h).toBeLessThanOrEqual(tvd + 1e-12);
      expect(tvd).toBeLessThanOrEqual(h * Math.SQRT2 + 1e-12);
    }),
  );
});

test("PSI and KS grow along a growing shift", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
      const reference = normals(seed, 200);
      const shifts = [0, 0.2, 0.5, 1, 2].map((shift) => reference.map((x) => x + shift));
      const rising = (values: (number | null)[]) => values.every((v, i) => i === 0 || v! > values[i - 1]!);
      expect(rising(shifts.map((current) => psi(reference, current, { bins: 5 }).value))).toBe(true);
      expect(rising(shifts.map((current) => ksTwoSample(reference, current).statistic))).toBe(true);
    }),
    { numRuns: 30 },
  );
});

test("terms add up to the value, and say where the difference is", () => {
  const sum = ({ terms }: DistanceResult) => terms!.reduce((total, term) => total + term, 0);
  const reference = [50, 30, 20];
  const current = [50, 10, 40];
  expect(sum(psi(reference, current))).toBeCloseTo(psi(reference, current).value!, 12);
  expect(sum(klDivergence(reference, current))).toBeCloseTo(klDivergence(reference, current).value!, 12);
  expect(sum(jensenShannonDistance(reference, current))).toBeCloseTo(
    jensenShannonDistance(reference, current).value! ** 2,
    12,
  );
  expect(sum(totalVariation(reference, current))).toBeCloseTo(0.2, 12);
  expect(psi(reference, current).terms![0]).toBe(0);
  expect(lInfinity([5, 5, 10], [4, 6, 10]).index).toBe(0);
});

describe("binning", () => {
  const edgesOf = (result: BinnedResult) => result.edges;

  test("takes its edges from the reference only, and leaves the outer bins open", () => {
    const reference = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    const far = psi(reference, [-1e9, 1e9], { bins: 5 });
    expect(edgesOf(far)).toEqual(edgesOf(psi(reference, reference, { bins: 5 })));
    expect(far.currentCounts).toEqual([1, 0, 0, 0, 1]);
  });
  test("closes the side it is told to", () => {
    expect(totalVariation([1, 2], [2, 3], { edges: [2], side: "right" }).referenceCounts).toEqual([2, 0]);
    expect(totalVariation([1, 2], [2, 3], { edges: [2], side: "left" }).referenceCounts).toEqual([1, 1]);
  });
  test("collapses equal quantiles, and gives nulls a bin of their own", () => {
    const result = psi([0, 0, 0, 0, 5], [0, 5, 5, 5, 5], { bins: 4, nullCounts: [0, 5] });
    expect(result.edges).toEqual([0]);
    expect(result.currentCounts).toEqual([1, 4, 5]);
    expect(result.currentProportions).toEqual([0.1, 0.4, 0.5]);
  });
  test("reads whole weights as repeated rows", () => {
    const byRows = psi([1, 2, 2, 3, 7], [2, 3, 3, 4], { bins: 3 });
    const byWeights = psi([1, 2, 3, 7], [2, 3, 4], {
      bins: 3,
      referenceWeights: [1, 2, 1, 1],
      currentWeights: [1, 2, 1],
    });
    expect(byWeights).toEqual(byRows);
  });
  test("reads fractional weights by cumulative share", () => {
    const result = psi([1, 2, 3, 4], [1], {
      bins: 2,
      referenceWeights: [0.1, 0.2, 0.3, 0.4],
      currentWeights: [0.5],
    });
    expect(result.edges).toEqual([3]);
    expect(result.referenceCounts!.map((share) => Math.round(share * 10))).toEqual([6, 4]);
  });
});

describe("what can't be measured has a reason", () => {
  test.each([
    ["no levels", psi([], []), "empty"],
    ["no rows", hellinger([0, 0], [1, 2]), "zero-total"],
    ["a negative count", totalVariation([1, -1], [1, 2]), "negative-weight"],
    ["a NaN count", jensenShannonDistance([1, Number.NaN], [1, 2]), "not-a-number"],
    ["an infinite count", lInfinity([1, Number.POSITIVE_INFINITY], [1, 2]), "not-finite"],
    ["a level that only one side has, without a floor", klDivergence([1, 1], [1, 0]), "infinite"],
    ["a PSI without a floor", psi([1, 1], [1, 0], { floor: 0 }), "infinite"],
    ["an empty sample", wasserstein([], [1]), "empty"],
    ["an infinite value", energyDistance([1], [Number.NEGATIVE_INFINITY]), "not-finite"],
    ["a NaN value", wasserstein([Number.NaN, 1], [1]), "not-a-number"],
    ["a constant reference, normalised", wasserstein([5, 5], [6, 7], { normaliseBy: "std" }), "zero-scale"],
    ["a distance beyond the doubles", wasserstein([-1.7e308], [1.7e308]), "overflow"],
  ])("%s", (_, result: DistanceResult, reason) => {
    expect(result).toMatchObject({ value: null, reason });
  });
  test.each([
    ["levels that don't match", () => psi([1, 2], [1])],
    ["bins and edges together", () => psi([1, 2], [1], { bins: 2, edges: [1] })],
    ["weights of counts", () => psi([1, 2], [1, 2], { referenceWeights: [1, 1] })],
    ["a side of counts", () => psi([1, 2], [1, 2], { side: "left" })],
    ["one bin", () => psi([1, 2], [1], { bins: 1 })],
    ["edges that fall", () => psi([1, 2], [1], { edges: [2, 1] })],
    ["a floor of 1", () => psi([1, 2], [1, 2], { floor: 1 })],
    ["negative smoothing", () => psi([1, 2], [1, 2], { smoothing: -1 })],
    ["weights of another length", () => wasserstein([1, 2], [1], { referenceWeights: [1] })],
    ["a base that is none", () => jensenShannonDistance([1], [1], { base: "10" as never })],
  ])("%s is the author's mistake", (_, call) => {
    expect(call).toThrow(/psi|wasserstein|jensenShannonDistance/);
  });
});

test("a normalised distance does not depend on the unit", () => {
  const x = normals(3, 80);
  const y = normals(4, 60).map((v) => v + 0.5);
  for (const normaliseBy of ["std", "iqr"] as const) {
    for (const distance of [wasserstein, energyDistance]) {
      const metres = distance(x, y, { normaliseBy }).value!;
      const scale = (values: number[]) => values.map((v) => v * 1000);
      expect(distance(scale(x), scale(y), { normaliseBy }).value).toBeCloseTo(metres, 12);
    }
  }
});
