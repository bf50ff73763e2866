import fc from "fast-check";
import * as oracle from "simple-statistics";
import { expect, describe as group, test } from "vitest";
import {
  adjustments,
  adjustPValues,
  combinations,
  combinePValues,
  describe,
  quantile,
  quantileMethods,
} from "../../src/stats/index.js";
import { sample } from "./samples.js";

group("describe agrees with simple-statistics", () => {
  const near = (got: number | null, want: number, size: number) =>
    expect(Math.abs(got! - want)).toBeLessThanOrEqual(1e-9 * Math.max(size, 1e-300));

  test("on what any sample has", () => {
    // The oracle's squares vanish below 1e-154; ours don't.
    const everyday = sample.filter((x) => x.every((v) => v === 0 || Math.abs(v) > 1e-100));
    fc.assert(
      fc.property(everyday, (x) => {
        const d = describe(x);
        const size = Math.max(...x.map(Math.abs));
        near(d.sum, oracle.sum(x), size * x.length);
        near(d.mean, oracle.mean(x), size);
        near(d.median, oracle.median(x), size);
        near(d.mad, oracle.medianAbsoluteDeviation(x), size);
        near(d.populationVariance, oracle.variance(x), size * size);
        near(d.populationStd, oracle.standardDeviation(x), size);
        expect(d.min).toBe(oracle.min(x) + 0);
        expect(d.max).toBe(oracle.max(x) + 0);
        expect(d.distinct).toBe(new Set(x).size);
        expect(d.modeCount).toBe(Math.max(...x.map((value) => x.filter((other) => other === value).length)));
      }),
    );
  });
  test("on the shape of integers", () => {
    const integers = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 4, maxLength: 40 });
    fc.assert(
      fc.property(
        integers.filter((x) => new Set(x).size > 1),
        (x) => {
          const d = describe(x);
          near(d.variance, oracle.sampleVariance(x), d.variance!);
          near(d.skewnessUnbiased, oracle.sampleSkewness(x), 100);
          near(d.kurtosisUnbiased, oracle.sampleKurtosis(x), 1000);
        },
      ),
    );
  });
});

group("describe", () => {
  test("does not depend on the order of rows, to the last bit", () => {
    fc.assert(
      fc.property(sample, fc.infiniteStream(fc.nat()), (x, keys) => {
        const shuffled = x
          .map((value) => ({ value, key: keys.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ value }) => value);
        expect(describe(shuffled)).toEqual(describe(x));
      }),
    );
  });
  test("scales with the data by powers of two, exactly", () => {
    const x = [1, 2, 2.5, 7, -3];
    const [small, large] = [describe(x), describe(x.map((v) => v * 2 ** 500))];
    expect(large.std).toBe(small.std! * 2 ** 500);
    expect(large.variance).toBe(small.variance! * 2 ** 1000);
    expect(large.skewness).toBe(small.skewness);
    expect(large.kurtosisUnbiased).toBe(small.kurtosisUnbiased);
  });
  test("says why a number is missing", () => {
    expect(describe([]).reasons.mean).toBe("empty");
    expect(describe([1, Number.NaN]).reasons.max).toBe("not-a-number");
    expect(describe([1, Number.POSITIVE_INFINITY])).toMatchObject({ count: 2, sum: null });
    expect(describe([3]).reasons).toEqual({
      variance: "too-few-values",
      std: "too-few-values",
      skewness: "too-few-values",
      skewnessUnbiased: "too-few-values",
      kurtosis: "too-few-values",
      kurtosisUnbiased: "too-few-values",
    });
    expect(describe([2, 2, 2]).reasons.skewness).toBe("zero-variance");
    expect(describe([1e200, -1e200])).toMatchObject({ variance: null, reasons: { variance: "overflow" } });
    expect(describe([1.7e308, 1.7e308])).toMatchObject({ sum: null, mean: 1.7e308 });
  });
  test("holds no NaN and no infinity, whatever the sample", () => {
    const anything = fc.array(fc.double(), { maxLength: 8 });
    fc.assert(
      fc.property(anything, (x) => {
        const { reasons, ...numbers } = describe(x);
        for (const [name, value] of Object.entries(numbers)) {
          if (value === null) expect(reasons).toHaveProperty(name);
          else expect(Number.isFinite(value)).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});

group("quantile", () => {
  test("is monotone in q, within the sample's range, and blind to order, by every method", () => {
    const q = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(sample, q, q, fc.constantFrom(...quantileMethods), (x, a, b, method) => {
        const [low, high] = quantile(x, [Math.min(a, b), Math.max(a, b)], { method });
        const slack = 1e-9 * Math.max(...x.map(Math.abs));
        expect(low).toBeLessThanOrEqual(high! + slack);
        expect(low).toBeGreaterThanOrEqual(Math.min(...x));
        expect(high).toBeLessThanOrEqual(Math.max(...x));
        expect(quantile([...x].reverse(), a, { method })).toBe(quantile(x, a, { method }));
      }),
    );
  });
  test("agrees with simple-statistics on the median and the extremes", () => {
    fc.assert(
      fc.property(sample, (x) => {
        expect(quantile(x, 0.5)).toBeCloseTo(oracle.median(x), 6);
        expect(quantile(x, 0)).toBe(oracle.min(x) + 0);
        expect(quantile(x, 1)).toBe(oracle.max(x) + 0);
      }),
    );
  });
  test("is null where there is none, and takes typed arrays and values that are sorted already", () => {
    expect(quantile([], 0.5)).toBeNull();
    expect(quantile([1, Number.NaN], 0.5)).toBeNull();
    expect(quantile([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY], 0.5)).toBeNull();
    expect(quantile([-1.7e308, 1.7e308], 0.75)).toBeCloseTo(0.85e308, -300);
    expect(quantile(Float64Array.of(1, 2, 4), [0.25, 0.5], { sorted: true })).toEqual([1.5, 2]);
    expect(() => quantile([1], 1.5)).toThrow(/quantile: q is 1.5/);
    expect(() => quantile([1], 0.5, { method: "hazel" as never })).toThrow(/did you mean "hazen"/);
  });
});

const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 });

group("adjustPValues", () => {
  test("never lowers a p-value, keeps their order, and is ordered bh ≤ by, holm ≤ bonferroni", () => {
    fc.assert(
      fc.property(pValues, (p) => {
        const by = Object.fromEntries(adjustments.map((method) => [method, adjustPValues(p, { method })]));
        p.forEach((raw, i) => {
          for (const method of adjustments) expect(by[method]![i]).toBeGreaterThanOrEqual(raw);
          expect(by.bh![i]).toBeLessThanOrEqual(by.by![i]! + 1e-15);
          expect(by.holm![i]).toBeLessThanOrEqual(by.bonferroni![i]! + 1e-15);
          expect(by.bh![i]).toBeLessThanOrEqual(by.holm![i]! + 1e-15);
          for (const method of adjustments) {
            p.forEach((other, j) => {
              if (raw < other) expect(by[method]![i]).toBeLessThanOrEqual(by[method]![j]!);
            });
          }
        });
      }),
    );
  });
  test("leaves out what was not tested", () => {
    expect(adjustPValues([0.01, null, 0.04])).toEqual([0.02, null, 0.04]);
    expect(adjustPValues([])).toEqual([]);
    expect(() => adjustPValues([Number.NaN])).toThrow(/pValues is NaN/);
  });
});

group("combinePValues", () => {
  test("gives a probability by every rule, and a single p-value back", () => {
    fc.assert(
      fc.property(pValues, fc.constantFrom(...combinations), (p, method) => {
        const { pValue, reason } = combinePValues(p, { method });
        if (pValue === null) expect(reason).toBe("infinite");
        else expect(pValue >= 0 && pValue <= 1).toBe(true);
      }),
    );
    for (const method of combinations) {
      // Mudholkar and George's t law is an approximation, good to a few per cent.
      expect(combinePValues([0.03], { method }).pValue).toBeCloseTo(
        0.03,
        method === "mudholkar_george" ? 2 : 12,
      );
    }
  });
  test("weighs Stouffer's z, refuses weights elsewhere, and leaves nulls out", () => {
    const even = combinePValues([0.01, 0.5], { method: "stouffer" }).pValue!;
    expect(combinePValues([0.01, 0.5], { method: "stouffer", weights: [3, 1] }).pValue).toBeLessThan(even);
    expect(() => combinePValues([0.01], { method: "fisher", weights: [1] })).toThrow(/weights/);
    expect(combinePValues([0.01, null, 0.5]).pValue).toBe(combinePValues([0.01, 0.5]).pValue);
    expect(combinePValues([])).toEqual({ statistic: null, pValue: null, reason: "empty" });
    expect(combinePValues([0, 0.5])).toEqual({ statistic: null, pValue: 0, reason: "infinite" });
  });
});
