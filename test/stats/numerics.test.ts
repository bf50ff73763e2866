import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compensatedSum, exactSum } from "../../src/stats/exactSum.js";
import { sortSample } from "../../src/stats/sample.js";
import { scaleOf } from "../../src/stats/scale.js";
import { besselKScaled } from "../../src/stats/special/besselK.js";
import { erfc, erfcx } from "../../src/stats/special/erfc.js";
import { logGamma } from "../../src/stats/special/stirling.js";
import { symmetricEigen } from "../../src/stats/special/symmetricEigen.js";

const wide = fc.double({ min: -1e300, max: 1e300, noNaN: true });

describe("exactSum", () => {
  test("does not depend on the order, and x and -x leave nothing behind", () => {
    fc.assert(
      fc.property(fc.array(wide, { maxLength: 30 }), wide, (x, one) => {
        expect(exactSum([...x].reverse())).toBe(exactSum(x));
        expect(exactSum([...x, one, ...x.map((v) => -v)])).toBe(one + 0);
      }),
    );
  });
  test("rounds once: the sum of scaled integers is the integer sum's double", () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: -(2n ** 53n), max: 2n ** 53n }), { maxLength: 60 }), (whole) => {
        const sum = whole.reduce((total, v) => total + v, 0n);
        expect(exactSum(whole.map(Number))).toBe(Number(sum));
      }),
    );
  });
  test("the compensated sum is as good where little cancels", () => {
    const tenths = Array(1000).fill(0.1);
    expect(compensatedSum(tenths)).toBe(exactSum(tenths));
    expect(compensatedSum([1, 1e100, 1, -1e100])).toBe(2);
  });
});

test("a scale is a power of two that brings the largest value into [1, 2), and can be undone", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => {
      const scale = scaleOf(sortSample([x]));
      const scaled = Math.abs(scale.down(x));
      expect(x === 0 ? scaled === 0 : scaled >= 1 && scaled < 2).toBe(true);
      expect(scale.up(scale.down(x)) + 0).toBe(x + 0);
      if (x !== 0) expect((scale.root / Math.sqrt(Math.abs(x))) * Math.sqrt(scaled)).toBeCloseTo(1, 12);
    }),
    { examples: [[5e-324], [Number.MAX_VALUE], [2 ** -1022]] },
  );
});

describe("special functions, by what they must satisfy", () => {
  test("erfc", () => {
    fc.assert(
      fc.property(fc.double({ min: -5, max: 5, noNaN: true }), (x) => {
        expect(erfc(x) + erfc(-x)).toBeCloseTo(2, 14);
        // Its derivative, across the seam at ½.
        const h = 1e-5;
        const slope = (erfc(x + h) - erfc(x - h)) / (2 * h);
        expect(slope).toBeCloseTo((-2 / Math.sqrt(Math.PI)) * Math.exp(-x * x), 8);
      }),
    );
    expect(erfc(1)).toBeCloseTo(0.15729920705028513, 15);
    expect(erfc(3) / 2.209049699858544e-5).toBeCloseTo(1, 13);
    expect(erfcx(10) * Math.exp(-100)).toBeCloseTo(erfc(10), 50);
    expect(erfcx(1e8) * 1e8 * Math.sqrt(Math.PI)).toBeCloseTo(1, 12);
  });
  test("ln Γ is a factorial, and ½ ln π at a half", () => {
    let factorial = 1;
    for (let n = 1; n < 20; n++) {
      expect(logGamma(n)).toBeCloseTo(Math.log(factorial), 12);
      factorial *= n;
    }
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 14);
    expect(logGamma(1e-10)).toBeCloseTo(-Math.log(1e-10), 9);
  });
  test("K of order ½ is in closed form, and orders follow their recurrence", () => {
    for (const x of [1e-3, 0.1, 1, 10, 500]) {
      expect(besselKScaled(0.5, x) / Math.sqrt(Math.PI / (2 * x))).toBeCloseTo(1, 12);
      // K(ν + 1) = K(ν − 1) + (2ν / x) K(ν), with K(−ν) = K(ν), at ν = 1/4.
      const raised = besselKScaled(3 / 4, x) + besselKScaled(1 / 4, x) / (2 * x);
      expect(besselKScaled(5 / 4, x) / raised).toBeCloseTo(1, 12);
    }
  });
  test("eigenvectors rebuild the matrix", () => {
    const entries = fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 16, maxLength: 16 });
    fc.assert(
      fc.property(entries, (flat) => {
        const matrix = [0, 1, 2, 3].map((i) => [0, 1, 2, 3].map((j) => flat[4 * i + j]! + flat[4 * j + i]!));
        const { values, vectors } = symmetricEigen(matrix);
        for (let i = 0; i < 4; i++) {
          for (let j = 0; j < 4; j++) {
            const rebuilt = values.reduce(
              (sum, value, k) => sum + value * vectors[i]![k]! * vectors[j]![k]!,
              0,
            );
            expect(rebuilt).toBeCloseTo(matrix[i]![j]!, 10);
          }
        }
      }),
    );
  });
});
