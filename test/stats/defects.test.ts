import { describe, expect, test } from "vitest";
import {
  andersonDarlingKSample,
  chiSquareGoodnessOfFit,
  chiSquareHomogeneity,
  cramerVonMisesTwoSample,
  energyDistance,
  hellinger,
  jensenShannonDistance,
  ksTwoSample,
  mannWhitney,
  powerDivergence,
  psi,
  wasserstein,
  welchT,
} from "../../src/stats/index.js";
import { normals, uniforms } from "./samples.js";

/**
 * The defects of other tools (drift study, section 1.7) that lie in a statistic; each must not come back here.
 * Number 12 is about sketches, which are not statistics.
 */
describe("defects that must not come back", () => {
  const reference = normals(1, 2000);
  const shifted = normals(2, 1000).map((x) => x + 0.3);

  test("1: one outlier in the current data does not hide drift from binned distances", () => {
    const outlier = [...shifted.slice(1), 1e6];
    for (const distance of [psi, jensenShannonDistance, hellinger]) {
      const clean = distance(reference, shifted, { bins: 10 }).value!;
      const soiled = distance(reference, outlier, { bins: 10 }).value!;
      expect(clean).toBeGreaterThan(0.05);
      expect(Math.abs(soiled - clean)).toBeLessThan(0.02 * clean);
    }
  });

  test("2: one sentinel in a large reference does not hide drift from KS and Jensen-Shannon", () => {
    const large = normals(3, 20_000);
    const soiled = [...large.slice(1), 1e9];
    const ks = (x: number[]) => ksTwoSample(x, shifted).statistic!;
    const js = (x: number[]) => jensenShannonDistance(x, shifted, { bins: 10 }).value!;
    expect(ks(soiled)).toBeCloseTo(ks(large), 3);
    expect(js(soiled)).toBeCloseTo(js(large), 3);
    expect(ks(soiled)).toBeGreaterThan(0.1);
  });

  test("2: KS does not change its meaning at 10 000 rows", () => {
    const wide = (seed: number, count: number, mean: number) =>
      normals(seed, count).map((x) => Math.exp(3 * x + mean));
    const current = wide(5, 2000, 1);
    const whole = wide(4, 10_000, 0);
    const fewer = ksTwoSample(whole.slice(1), current);
    const more = ksTwoSample([...whole, 1], current);
    expect(fewer.method).toBe("exact");
    expect(more.method).toBe("asymptotic");
    expect(more.statistic).toBeCloseTo(fewer.statistic!, 3);
    expect(fewer.statistic).toBeGreaterThan(0.1);
  });

  test("3: Mann-Whitney sees a shift in either direction", () => {
    const up = mannWhitney(
      reference,
      reference.map((x) => x + 1),
    );
    const down = mannWhitney(
      reference,
      reference.map((x) => x - 1),
    );
    expect(up.pValue).toBeLessThan(1e-100);
    expect(down.pValue).toBeCloseTo(up.pValue!, 15);
    expect(down.pValue! / up.pValue!).toBeCloseTo(1, 6);
  });

  test("4: distances normalised by a scale have no magic floor under it, and no unit", () => {
    for (const normaliseBy of ["std", "iqr"] as const) {
      const tiny = reference.map((x) => x * 1e-6);
      const moved = tiny.map((x) => x + 3e-6);
      expect(wasserstein(tiny, moved, { normaliseBy }).value).toBeGreaterThan(2.5);
      const constant = [5, 5, 5, 5];
      const other = constant.map((x) => x + 0.001);
      expect(wasserstein(constant, other, { normaliseBy })).toEqual({ value: null, reason: "zero-scale" });
      expect(wasserstein(constant, constant, { normaliseBy })).toEqual({ value: 0 });
      const metres = energyDistance(reference, shifted, { normaliseBy }).value!;
      const inMillimetres = (values: number[]) => values.map((x) => x * 1000);
      const millimetres = energyDistance(inMillimetres(reference), inMillimetres(shifted), { normaliseBy })
        .value!;
      expect(millimetres).toBeCloseTo(metres, 10);
    }
  });

  test("5: two samples of one law are not rejected more often than the level says", () => {
    const next = uniforms(17);
    const draw = (rows: number) => {
      const levels = [0, 0, 0, 0, 0];
      for (let i = 0; i < rows; i++) levels[Math.floor(next() * 5)]!++;
      return levels;
    };
    const rejected = { contingency: 0, goodnessOfFit: 0 };
    const trials = 2000;
    for (let i = 0; i < trials; i++) {
      const [before, after] = [draw(200), draw(1000)];
      if (chiSquareHomogeneity(before, after).pValue! < 0.05) rejected.contingency++;
      if (chiSquareGoodnessOfFit(before, after).pValue! < 0.05) rejected.goodnessOfFit++;
    }
    expect(rejected.contingency / trials).toBeLessThan(0.07);
    expect(rejected.contingency / trials).toBeGreaterThan(0.03);
    // The same data, were the reference taken for a constant.
    expect(rejected.goodnessOfFit / trials).toBeGreaterThan(0.5);
  });

  test("6: one row of a new level is not certain drift, a constant column is no NaN, unequal sizes don't throw", () => {
    const newLevel = chiSquareHomogeneity([300, 200, 0], [290, 209, 1]);
    expect(newLevel.pValue).toBeGreaterThan(0.3);
    expect(chiSquareGoodnessOfFit([300, 200, 0], [290, 209, 1])).toMatchObject({
      statistic: null,
      pValue: null,
      reason: "impossible-level",
    });
    expect(chiSquareHomogeneity([25], [30])).toMatchObject({ statistic: 0, pValue: 1, dof: 0 });
    expect(chiSquareGoodnessOfFit([25], [30])).toMatchObject({ pValue: null, reason: "one-level" });
    const unequal = chiSquareHomogeneity([30, 50], [60, 40], { lambda: "log-likelihood" });
    expect(unequal.pValue).toBeGreaterThan(0);
    expect(unequal.pValue).toBeLessThan(0.01);
    expect(powerDivergence([10, 20], [10, 21])).toMatchObject({ pValue: null, reason: "unequal-totals" });
  });

  test("7: PSI does not fall when a rare level vanishes, nor jump because another level is rarer", () => {
    const before = [4999, 5000, 1];
    expect(psi(before, [5000, 5000, 0]).value).toBeLessThan(1e-4);
    expect(psi(before, [5000, 5000, 0]).value).toBeGreaterThanOrEqual(psi(before, [4999, 5000, 1]).value!);
    const withRare = (rows: number) => psi([500, 495, 5, rows / 10], [450, 550, 0, rows / 10]).value!;
    expect(Math.abs(withRare(2) - withRare(1))).toBeLessThan(0.001);
  });

  test("8: an Anderson-Darling p-value beyond its table is a bound, not the table's end", () => {
    const alike = andersonDarlingKSample(normals(6, 50), normals(7, 50));
    expect(alike).toMatchObject({ pValue: null, reason: "outside-table", pValueBounds: [0.25, 1] });
    const apart = andersonDarlingKSample(
      normals(6, 50),
      normals(7, 50).map((x) => x + 3),
    );
    expect(apart).toMatchObject({ pValue: null, reason: "outside-table", pValueBounds: [0, 0.001] });
  });

  test("9: one more row does not change which number is reported", () => {
    const rows = normals(8, 1001);
    const results = [1000, 1001].map((count) => ksTwoSample(rows.slice(0, count), shifted));
    expect(results[0]!.effect.name).toBe(results[1]!.effect.name);
    expect(results[1]!.statistic).toBeCloseTo(results[0]!.statistic!, 2);
    expect(results[1]!.pValue! / results[0]!.pValue!).toBeGreaterThan(0.5);
    expect(results[1]!.pValue! / results[0]!.pValue!).toBeLessThan(2);
  });

  test("10: options reach the statistic that they are given for", () => {
    const byDefault = ksTwoSample(reference, normals(9, 10_001));
    expect(byDefault.method).toBe("asymptotic");
    expect(ksTwoSample(reference, normals(9, 10_001), { method: "exact" }).method).toBe("exact");
    expect(() => ksTwoSample([1], [2], { method: "exactly" as never })).toThrow(
      /exactly.*auto, exact, asymptotic/,
    );
  });

  test("11: values below the baseline's range fall into the first bin, not the last", () => {
    const uniform = Array.from({ length: 1000 }, (_, i) => i);
    const replaced = uniform.map((x) => (x >= 900 ? -100 : x));
    const result = psi(uniform, replaced, { bins: 10 });
    expect(result.value).toBeGreaterThan(0.5);
    expect(result.currentCounts![0]).toBe(200);
    expect(result.currentCounts![9]).toBe(0);
  });

  test("13: Welch's t does not depend on the scale, however large or small", () => {
    const x = normals(10, 40).map((v) => 1 + v / 4);
    const y = normals(11, 40).map((v) => 1.2 + v / 4);
    const plain = welchT(x, y);
    expect(plain.pValue).toBeLessThan(0.05);
    for (const scale of [2 ** 996, 2 ** -996, 2 ** 1020]) {
      const scaled = (values: number[]) => values.map((v) => v * scale);
      expect(welchT(scaled(x), scaled(y))).toEqual(plain);
    }
  });

  test("13: the exact Cramér-von Mises p-value is not 0 for samples with ties", () => {
    const apart = cramerVonMisesTwoSample(Array(12).fill(3.25), Array(15).fill(3.5), { method: "exact" });
    // The only split of 27 rows that is so far apart: 1 in C(27, 12).
    expect(apart.pValue! * 17_383_860).toBeCloseTo(1, 9);
  });
});
