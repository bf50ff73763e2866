import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  accuracy,
  averages,
  balancedAccuracy,
  brierScore,
  distributions,
  expectedCalibrationError,
  f1,
  logLoss,
  lossInterval,
  mannWhitney,
  mcc,
  meanInterval,
  precision,
  proportionInterval,
  r2,
  recall,
  rocAuc,
  rocAucInterval,
} from "../../src/stats/index.js";

// scikit-learn 1.9.1 on y = 0 1 2 2 1 0 2 1 1 0 3 2 0 1 2 and ŷ = 0 2 2 2 1 0 1 1 0 0 2 2 0 1 4.
const confusion = [
  [4, 0, 0, 0, 0],
  [1, 3, 1, 0, 0],
  [0, 1, 3, 0, 1],
  [0, 0, 1, 0, 0],
  [0, 0, 0, 0, 0],
];
const labels = [0, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0];
const scores = [0.1, 0.8, 0.35, 0.4, 0.9, 0.35, 0.35, 0.2, 0.95, 0.6, 0.6, 0.6];
const ofLabel = (label: number) => scores.filter((_, i) => labels[i] === label);
const [negatives, positives] = [ofLabel(0), ofLabel(1)];

const count = fc.oneof(fc.constant(0), fc.nat(50));
const anyConfusion = fc
  .integer({ min: 1, max: 5 })
  .chain((size) =>
    fc.array(fc.array(count, { minLength: size, maxLength: size }), { minLength: size, maxLength: size }),
  )
  .filter((matrix) => matrix.flat().some((rows) => rows > 0));
const probability = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 0.5, 1));

/** Labels and predictions, a row each, as a confusion matrix counts them. */
const rowsOf = (matrix: number[][]) =>
  matrix.flatMap((row, y) => row.flatMap((rows, p) => Array.from({ length: rows }, () => ({ y, p }))));

describe("scores of classes", () => {
  it("agree with scikit-learn", () => {
    expect(accuracy(confusion)).toEqual({ value: 10 / 15, n: 15 });
    expect(balancedAccuracy(confusion).value).toBeCloseTo(0.55, 14);
    expect(mcc(confusion).value).toBeCloseTo(0.5379746835443038, 14);
    const wanted = {
      precision: { macro: 0.43, micro: 0.6666666666666666, weighted: 0.6633333333333333, positive: 0.6 },
      recall: { macro: 0.44, micro: 0.6666666666666666, weighted: 0.6666666666666666, positive: 0.6 },
      f1: {
        macro: 0.4311111111111111,
        micro: 0.6666666666666666,
        weighted: 0.6592592592592593,
        positive: 0.6,
      },
    };
    for (const [name, score] of Object.entries({ precision, recall, f1 })) {
      const values = wanted[name as keyof typeof wanted];
      for (const average of averages)
        expect(score(confusion, { average }).value).toBeCloseTo(values[average], 14);
      expect(score(confusion, { positive: 2 }).value).toBeCloseTo(values.positive, 14);
    }
  });

  it("agree with a loop over the rows", () => {
    fc.assert(
      fc.property(anyConfusion, fc.nat(4), (matrix, chosen) => {
        const rows = rowsOf(matrix);
        const positive = chosen % matrix.length;
        const share = (of: typeof rows, isHit: (row: { y: number; p: number }) => boolean) =>
          of.length === 0 ? null : of.filter(isHit).length / of.length;
        expect(accuracy(matrix).value).toBe(share(rows, ({ y, p }) => y === p));
        const predicted = rows.filter(({ p }) => p === positive);
        const there = rows.filter(({ y }) => y === positive);
        const [sharp, found] = [
          share(predicted, ({ y }) => y === positive),
          share(there, ({ p }) => p === positive),
        ];
        expect(precision(matrix, { positive }).value).toBe(sharp);
        expect(recall(matrix, { positive }).value).toBe(found);
        const harmonic = sharp! + found! > 0 ? (2 * sharp! * found!) / (sharp! + found!) : 0;
        const single = f1(matrix, { positive }).value;
        if (single === null) expect([sharp, found]).toEqual([null, null]);
        else expect(single).toBeCloseTo(harmonic, 12);
        // Pearson's correlation, summed over the classes' indicators.
        const mean = (of: (row: { y: number; p: number }) => number) =>
          rows.reduce((sum, row) => sum + of(row), 0) / rows.length;
        const classes = matrix.map((_, k) => k);
        const total = (of: (k: number) => number) => classes.reduce((sum, k) => sum + of(k), 0);
        const is = (value: number, k: number) => Number(value === k);
        const cov = total(
          (k) =>
            mean(({ y, p }) => is(y, k) * is(p, k)) - mean(({ y }) => is(y, k)) * mean(({ p }) => is(p, k)),
        );
        const spread = (side: "y" | "p") =>
          total((k) => mean((row) => is(row[side], k)) * (1 - mean((row) => is(row[side], k))));
        const correlation = mcc(matrix).value;
        if (correlation === null) expect(spread("y") * spread("p")).toBe(0);
        else expect(correlation).toBeCloseTo(cov / Math.sqrt(spread("y") * spread("p")), 9);
      }),
    );
  });

  it("say why there is none", () => {
    expect(accuracy([])).toEqual({ value: null, n: 0, reason: "empty" });
    expect(accuracy([[0]])).toEqual({ value: null, n: 0, reason: "empty" });
    expect(
      mcc([
        [3, 1],
        [0, 0],
      ]),
    ).toEqual({ value: null, n: 4, reason: "one-level" });
    expect(
      precision(
        [
          [3, 0],
          [1, 0],
        ],
        { positive: 1 },
      ),
    ).toEqual({ value: null, n: 4, reason: "zero-total" });
    expect(
      recall(
        [
          [3, 1],
          [0, 0],
        ],
        { positive: 1 },
      ),
    ).toEqual({ value: null, n: 4, reason: "zero-total" });
    expect(
      accuracy([
        [1, -1],
        [0, 1],
      ]).reason,
    ).toBe("negative-weight");
    expect(() => accuracy([[1, 2]])).toThrow(/must be square/);
    expect(() => recall([[1]], { positive: 1 })).toThrow(/place of a class/);
    expect(() => f1([[1]], { average: "samples" as never })).toThrow(/choose one of macro/);
  });
});

describe("scores of probabilities", () => {
  it("agree with scikit-learn", () => {
    expect(rocAuc(positives, negatives)).toEqual({ value: 0.6666666666666666, n: 12 });
    expect(logLoss(positives, negatives).value).toBeCloseTo(0.7193279313133331, 14);
    expect(brierScore(positives, negatives).value).toBeCloseTo(0.23416666666666666, 15);
    expect(logLoss([0, 1], [1]).value).toBeCloseTo(24.029102259411435, 12);
  });

  it("bins by equal width, edges to the right", () => {
    const { value, bins } = expectedCalibrationError(positives, negatives);
    expect(value).toBeCloseTo(0.2416666666666667, 14);
    expect(bins[6]).toEqual({ rows: 3, meanScore: expect.closeTo(0.6, 14), positiveShare: 2 / 3 });
    // 0.29 x 100 is 28.999999999999996, and 0.57 x 100 is 56.99999999999999.
    expect(
      expectedCalibrationError([0.29, 0.57, 1], [], { bins: 100 }).bins.flatMap(({ rows }, k) =>
        rows ? [k] : [],
      ),
    ).toEqual([29, 57, 99]);
    expect(expectedCalibrationError([1, 1], [0, 0]).value).toBe(0);
    expect(expectedCalibrationError([0], [1]).value).toBe(1);
  });

  it("count pairs, ties by half", () => {
    fc.assert(
      fc.property(
        fc.array(probability, { minLength: 1 }),
        fc.array(probability, { minLength: 1 }),
        (above, below) => {
          const pairs = above.flatMap((p) => below.map((n) => (p > n ? 1 : p === n ? 0.5 : 0)));
          const area = rocAuc(above, below).value!;
          expect(area).toBeCloseTo(pairs.reduce((sum: number, won) => sum + won, 0) / pairs.length, 12);
          expect(area + rocAuc(below, above).value!).toBeCloseTo(1, 12);
          const { statistic } = mannWhitney(above, below);
          if (statistic !== null) expect(statistic / pairs.length).toBeCloseTo(area, 12);
        },
      ),
    );
  });

  it("say why there is none", () => {
    expect(rocAuc([], [])).toEqual({ value: null, n: 0, reason: "empty" });
    expect(rocAuc([0.5], [])).toEqual({ value: null, n: 1, reason: "one-level" });
    expect(rocAuc([Number.NaN], [0.1]).reason).toBe("not-a-number");
    expect(rocAuc([Number.POSITIVE_INFINITY], [Number.NEGATIVE_INFINITY]).value).toBe(1);
    for (const score of [logLoss, brierScore, expectedCalibrationError]) {
      expect(score([0.5], [1.5])).toMatchObject({ value: null, n: 2, reason: "not-a-probability" });
      expect(score([], []).reason).toBe("empty");
      expect(score([Number.NaN], []).reason).toBe("not-a-number");
    }
    expect(() => expectedCalibrationError([1], [], { bins: 0 })).toThrow(/whole number from 1/);
    expect(() => logLoss([1], [], { epsilon: 1 })).toThrow(/below 0.5/);
  });
});

it("R² agrees with scikit-learn, and is undefined of equal labels", () => {
  // y = 3 -0.5 2 7 4.25 0 -2.5, ŷ = 2.5 0 2 8 4 -1 -2.
  expect(r2(2.8125, 61.482142857142854, 7).value).toBeCloseTo(0.9542550101655533, 14);
  expect(r2(1, 0, 2)).toEqual({ value: null, n: 2, reason: "zero-variance" });
  expect(r2(0, 0, 0).reason).toBe("empty");
  expect(r2(Number.POSITIVE_INFINITY, 1, 2).reason).toBe("not-finite");
});

describe("bounds", () => {
  it("of a proportion are Wilson's, as statsmodels has them", () => {
    const cases = [
      [45, 50, 0.8084624858484291, 0.950470965522555],
      [50, 50, 0.9486668142137298, 1],
      [0, 10, 0, 0.2129419700834071],
      [3, 7, 0.186443190363956, 0.7105229089864071],
    ] as const;
    for (const [of, rows, low, high] of cases) {
      const bounds = proportionInterval(of, rows)!;
      expect(bounds[0]).toBeCloseTo(low, 13);
      expect(bounds[1]).toBeCloseTo(high, 13);
    }
    expect(proportionInterval(0, 0)).toBeNull();
    expect(() => proportionInterval(1, 2, 0.5)).toThrow(/above 0.5/);
    expect(() => proportionInterval(3, 2)).toThrow(/from 0 to the rows/);
  });

  it("of a mean are normal", () => {
    const half = (1.6448536269514722 * 2) / 10;
    expect(meanInterval(5, 2, 100)).toEqual([expect.closeTo(5 - half, 13), expect.closeTo(5 + half, 13)]);
    expect(meanInterval(5, 0, 1)).toBeNull();
    expect(lossInterval(brierScore([1], []))).toBeNull();
    const [low, high] = lossInterval(brierScore([0.1, 0.9], [0.2]))!;
    expect([low, high > 0.5]).toEqual([0, true]);
  });

  it("of an area lie where it is z of Hanley and McNeil's standard errors away", () => {
    // Their variance with the exponential law's Q1 and Q2, both class sizes less one being the mean size less one.
    const error = (a: number, m: number, n: number) => {
      const others = (m + n) / 2 - 1;
      const [q1, q2] = [a / (2 - a), (2 * a * a) / (1 + a)];
      return Math.sqrt((a * (1 - a) + others * (q1 - a * a) + others * (q2 - a * a)) / (m * n));
    };
    const sizes = fc.integer({ min: 1, max: 300 });
    fc.assert(
      fc.property(probability, sizes, sizes, fc.constantFrom(0.8, 0.95, 0.99), (area, m, n, confidence) => {
        const z = distributions.norm.ppf(confidence);
        const [low, high] = rocAucInterval(area, m, n, confidence)!;
        expect(low).toBeLessThanOrEqual(area);
        expect(high).toBeGreaterThanOrEqual(area);
        for (const bound of [low, high]) {
          if (bound > 0.001 && bound < 0.999)
            expect(Math.abs(area - bound) / error(bound, m, n)).toBeCloseTo(z, 6);
        }
      }),
    );
    expect(rocAucInterval(1, 3, 3)![0]).toBeLessThan(0.8);
    expect(rocAucInterval(1, 0, 3)).toBeNull();
    expect(() => rocAucInterval(1.1, 3, 3)).toThrow(/from 0 to 1/);
  });
});
