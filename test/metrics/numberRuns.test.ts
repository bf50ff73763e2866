import fc from "fast-check";
import { expect, it } from "vitest";
import { rowsOf, walkRanks } from "../../src/metrics/knots.js";
import { NumberRuns } from "../../src/metrics/numberRuns.js";
import { sortNumbers } from "../../src/metrics/sortNumbers.js";
import { spreadOfNumbers } from "../../src/metrics/spread.js";
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

it.each<[name: string, draw: (random: () => number) => number]>([
  ["uniform", (random) => random()],
  ["skewed, in and out of range", (random) => Math.exp(9 * random()) - 100],
  ["far apart", (random) => (random() < 0.5 ? -1 : 1) * 10 ** (300 * random())],
  ["many equal, some below all places", (random) => Math.round(random() * 1e5) / 16 - 500],
])("ranks at given places are exact, and the outermost values known: %s", (_, draw) => {
  const random = uniform(11);
  const values = Float64Array.from({ length: 700_000 }, () => draw(random));
  const places = [...new Set(values.slice(0, 900).sort())].map((x, i) => (i % 3 === 0 ? x : x * 1.0001));
  const increasing = [...new Set(places)].sort((a, b) => a - b);
  const runs = new NumberRuns(increasing);
  for (const value of values) runs.add(value);
  const { knots, spread, error } = runs.gathered();
  expect([rowsOf(knots), error]).toEqual([values.length, 0]);
  const sorted = values.slice().sort();
  const rank = (x: number, strictly: boolean) => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (strictly ? sorted[middle]! < x : sorted[middle]! <= x) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const asked = [sorted[0]!, ...increasing, sorted.at(-1)!].sort((a, b) => a - b);
  walkRanks(knots, asked, (nth, below, here) => {
    const x = asked[nth]!;
    expect([below, below + here]).toEqual([rank(x, true), rank(x, false)]);
  });
  expect(Array.from(knots.values)).toEqual([...new Set(Array.from(knots.values))].sort((a, b) => a - b));
  const whole = spreadOfNumbers(values);
  expect(spread.mean / whole.deviation).toBeCloseTo(whole.mean / whole.deviation, 11);
  expect(spread.deviation / whole.deviation).toBeCloseTo(1, 11);
});

it("sorts as the built-in sort does, however the numbers lie", () => {
  const number = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer({ min: -3, max: 3 }).map((x) => x + 0),
    fc.double({ min: 0, max: 1, noNaN: true }),
  );
  fc.assert(
    fc.property(fc.array(number, { minLength: 1, maxLength: 60 }), fc.nat(), (some, seed) => {
      const random = uniform(seed);
      const values = Float64Array.from(
        { length: 5000 },
        () => some[Math.floor(random() * some.length)]! * random() + 0,
      );
      expect(sortNumbers(values.slice())).toEqual(values.slice().sort());
    }),
    { numRuns: 60 },
  );
});
