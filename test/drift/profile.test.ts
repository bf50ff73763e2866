import { tableFromArrays } from "apache-arrow";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeProfiles } from "../../src/drift/mergeProfiles.js";
import type { NumericProfile, Profile } from "../../src/drift/profile.js";
import { writeProfile } from "../../src/drift/profileCodec.js";
import { type Knots, walkRanks } from "../../src/metrics/knots.js";
import { profile } from "../../src/validate/profile.js";
import { everyShape, inBatches, tableOf } from "../expectations/tables.js";
import { draws, LAWS, numbersTable, shuffled, textTable } from "./samples.js";

const laws = Object.keys(LAWS) as (keyof typeof LAWS)[];
const numbersOf = (of: Profile): NumericProfile => of.columns[0]!.numbers!;

/** The largest difference between the ranks a profile tells and those of the values themselves, as a share. */
function worstRank(of: NumericProfile, values: Float64Array): number {
  const sorted = values.slice().sort();
  const exact: Knots = {
    values: [...new Set(sorted)],
    at: [],
    gaps: [],
  };
  const below = new Map<number, number>();
  for (const [i, value] of sorted.entries()) if (!below.has(value)) below.set(value, i);
  let worst = 0;
  walkRanks(of.places, exact.values, (nth, told) => {
    worst = Math.max(worst, Math.abs(told - below.get(exact.values[nth]!)!));
  });
  return worst / values.length;
}

describe("a profile", () => {
  it("counts what a column holds", async () => {
    const cells = {
      x: { type: "float64", values: [1, -2, null, Number.NaN, 0, Number.POSITIVE_INFINITY, 1] },
      b: { type: "bool", values: [true, false, null, true, true, false, true] },
      s: { type: "utf8", values: ["a", "b", "a", null, "é", "", "a"] },
      t: {
        type: "timestamp[ms]",
        values: [null, "1970-01-01T05:00", "1970-01-04T05:59", "1969-12-31T23:00", null, null, null],
      },
    };
    const made = await profile(tableOf(cells));
    expect(made.rows).toBe(7);
    expect(made.columns[0]).toMatchObject({
      type: "float64",
      nulls: 1,
      nans: 1,
      plusInfinities: 1,
      minusInfinities: 0,
      numbers: {
        count: 4,
        zeros: 1,
        negatives: 1,
        distinct: 3,
        error: 0,
        places: { values: [-2, 0, 1], at: [1, 1, 2], gaps: [0, 0, 0] },
      },
    });
    expect(made.columns[0]!.numbers!.moments!.mean).toBe(0);
    expect(made.columns[1]!.levels).toMatchObject({
      levels: [
        ["true", 4],
        ["false", 2],
      ],
    });
    expect(made.columns[2]!.levels).toMatchObject({
      levels: [
        ["a", 3],
        ["", 1],
        ["b", 1],
        ["é", 1],
      ],
      otherRows: 0,
      distinct: 4,
      singletons: 3,
    });
    expect(made.columns[2]!.lengths!.places).toMatchObject({ values: [0, 1], at: [1, 5] });
    expect(made.columns[3]!.clock!.hours[5]).toBe(2);
    expect(made.columns[3]!.clock!.hours[23]).toBe(1);
    // A Thursday, the Sunday after it, and the Wednesday before it.
    expect(made.columns[3]!.clock!.weekdays).toEqual([1, 0, 0, 1, 1, 0, 0]);
  });

  it("is the same bytes in every shape that Arrow gives the rows", async () => {
    const cells = {
      x: { type: "int64", values: [5, null, 3, 3, -1, 9007199254740993n] },
      s: { type: "utf8", values: ["a", "b", null, "a", "c", "a"] },
      d: { type: "decimal128(10, 2)", values: ["1.50", null, "2.25", "1.50", "-3.00", "0.01"] },
    };
    const [first, ...others] = await Promise.all(
      everyShape(cells).map(async ([shape, table]) => [shape, writeProfile(await profile(table))] as const),
    );
    for (const [shape, bytes] of others) expect(bytes, shape).toBe(first![1]);
  });

  it.each(laws)("of %s is the same bytes whatever the order of the rows and the batches", async (law) => {
    const values = draws(law, 20_000, 7);
    const whole = writeProfile(await profile(numbersTable(values)));
    expect(writeProfile(await profile(numbersTable(shuffled(values, 3))))).toBe(whole);
    expect(writeProfile(await profile(inBatches(numbersTable(values), 777)))).toBe(whole);
  });

  it.each(laws)("of %s tells every rank within its stated error, in 24 KB", async (law) => {
    const values = draws(law, 200_000, 11);
    const made = await profile(numbersTable(values));
    const { error } = numbersOf(made);
    expect(error).toBeLessThanOrEqual(1 / 1000);
    expect(worstRank(numbersOf(made), values)).toBeLessThanOrEqual(error);
    expect(writeProfile(made).length).toBeLessThan(24_000);
  });

  it("keeps a list of up to 2000 values exactly", async () => {
    const values = Float64Array.from({ length: 2000 }, (_, i) => i);
    expect(numbersOf(await profile(numbersTable(values))).error).toBe(0);
    const more = Float64Array.from({ length: 2001 }, (_, i) => i);
    expect(numbersOf(await profile(numbersTable(more))).error).toBeGreaterThan(0);
  });

  it("has moments that neither overflow nor vanish", async () => {
    for (const scale of [1e300, 1, 1e-300]) {
      const values = Float64Array.from([1, 2, 3, 6], (x) => x * scale);
      const { mean, deviation, skewness } = numbersOf(await profile(numbersTable(values))).moments!;
      expect(mean / scale).toBeCloseTo(3, 12);
      expect(deviation / scale).toBeCloseTo(Math.sqrt(14 / 4), 12);
      expect(skewness).toBeCloseTo(18 / 4 / (14 / 4) ** 1.5, 12);
    }
  });

  it("says nothing about columns it wasn't asked about", async () => {
    const table = tableFromArrays({ a: Float64Array.of(1), b: Float64Array.of(2) });
    expect((await profile(table, { columns: ["b"] })).columns.map(({ name }) => name)).toEqual(["b"]);
    await expect(profile(table, { columns: ["c"] })).rejects.toThrow(/no column "c"/);
    await expect(profile(table, { colums: ["b"] } as never)).rejects.toThrow(/no option "colums"/);
  });
});

const someNumbers = fc.array(
  fc.oneof(fc.integer({ min: -5, max: 5 }), fc.double({ noNaN: true, noDefaultInfinity: true })),
  { maxLength: 60 },
);
const someTexts = fc.array(fc.option(fc.constantFrom("a", "b", "c", "dd", "é")), { maxLength: 60 });

describe("merged profiles", () => {
  it("are the profile of the whole, hash aside, where all values are kept", async () => {
    await fc.assert(
      fc.asyncProperty(someNumbers, someNumbers, async (a, b) => {
        const parts = await Promise.all([a, b].map((part) => profile(numbersTable(Float64Array.from(part)))));
        const whole = await profile(numbersTable(Float64Array.from([...a, ...b])));
        expect(mergeProfiles(parts).columns).toEqual(whole.columns);
      }),
    );
    await fc.assert(
      fc.asyncProperty(someTexts, someTexts, async (a, b) => {
        const parts = await Promise.all([a, b].map((part) => profile(textTable(part))));
        expect(mergeProfiles(parts).columns).toEqual((await profile(textTable([...a, ...b]))).columns);
      }),
    );
  });

  it("don't depend on the order they are given in", async () => {
    const parts = await Promise.all(
      [1, 2, 3].map((seed) => profile(numbersTable(draws("lognormal", 5000 * seed, seed)))),
    );
    const [a, b, c] = parts as [Profile, Profile, Profile];
    expect(mergeProfiles([c, a, b])).toEqual(mergeProfiles([a, b, c]));
  });

  it.each(laws)("of %s tell every rank within the error they state", async (law) => {
    const seeds = [1, 2, 3, 4];
    const parts = await Promise.all(seeds.map((seed) => profile(numbersTable(draws(law, 9000, seed)))));
    const merged = mergeProfiles([mergeProfiles(parts.slice(0, 2)), mergeProfiles(parts.slice(2))]);
    const values = Float64Array.from(seeds.flatMap((seed) => [...draws(law, 9000, seed)]));
    const whole = numbersOf(await profile(numbersTable(values)));
    expect(merged.rows).toBe(36_000);
    expect(merged.merges).toBe(3);
    expect(numbersOf(merged).error).toBeLessThan(0.01);
    expect(worstRank(numbersOf(merged), values)).toBeLessThanOrEqual(numbersOf(merged).error);
    const { mean, deviation, skewness, kurtosis } = numbersOf(merged).moments!;
    expect(mean / whole.moments!.mean).toBeCloseTo(1, 9);
    expect(deviation / whole.moments!.deviation).toBeCloseTo(1, 9);
    expect(skewness / whole.moments!.skewness).toBeCloseTo(1, 6);
    expect(kurtosis / whole.moments!.kurtosis).toBeCloseTo(1, 6);
  });

  it("refuse other columns, types and privacy modes", async () => {
    const x = await profile(numbersTable(Float64Array.of(1)));
    expect(() => mergeProfiles([])).toThrow(/no profile/);
    expect(() => mergeProfiles([x, { ...x, privacy: { mode: "binsOnly" } }])).toThrow(/privacy/);
    const other = await profile(textTable(["a"]));
    expect(() => mergeProfiles([x, other])).toThrow(/columns or types/);
  });
});
