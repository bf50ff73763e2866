import { expect, it } from "vitest";
import { rowsOf, walkRanks } from "../../src/metrics/knots.js";
import { NumberRuns } from "../../src/metrics/numberRuns.js";
import { uniform } from "../drift/samples.js";

it("keeps more distinct numbers than it may within the error it states", () => {
  const size = 4_600_000;
  const random = uniform(5);
  const values = Float64Array.from({ length: size }, () => random() ** 3 + random() * 1e-9);
  const runs = new NumberRuns();
  for (const value of values) runs.add(value);
  const { knots, spread, error } = runs.gathered();
  expect(rowsOf(knots)).toBe(size);
  expect(knots.values.length).toBeLessThan(600_000);
  expect(error).toBeGreaterThan(0);
  expect(error / size).toBeLessThan(1e-4);
  const sorted = values.slice().sort();
  const places = Array.from({ length: 2000 }, (_, i) => sorted[Math.floor((i / 2000) * size)]!);
  let worst = 0;
  walkRanks(knots, places, (nth, below) => {
    worst = Math.max(worst, Math.abs(below - Math.floor((nth / 2000) * size)));
  });
  expect(worst).toBeLessThanOrEqual(error);
  const mean = values.reduce((sum, value) => sum + value, 0) / size;
  expect(spread.mean).toBeCloseTo(mean, 9);
  expect([knots.values[0], knots.values[knots.values.length - 1]]).toEqual([sorted[0], sorted[size - 1]]);
}, 60_000);

it("stays exact, however many rows, while the distinct values are few", () => {
  const runs = new NumberRuns();
  for (let i = 0; i < 5_000_000; i++) runs.add(i % 1000);
  const { knots, error } = runs.gathered();
  expect(error).toBe(0);
  expect(Array.from(knots.at)).toEqual(Array(1000).fill(5000));
});
