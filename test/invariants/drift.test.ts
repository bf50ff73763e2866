import { type Table, tableFromArrays } from "apache-arrow";
import fc from "fast-check";
import { compare, profile } from "veritable/drift";
import {
  energyDistance,
  hellinger,
  jensenShannonDistance,
  ksTwoSample,
  lInfinity,
  psi,
  totalVariation,
  wasserstein,
} from "veritable/stats";
import { tableOf } from "veritable/testing";
import { describe, expect, it } from "vitest";

const anyColumn = fc.constantFrom("float64", "int64", "utf8", "bool").chain((type) => {
  const values: Readonly<Record<string, readonly (string | number | boolean)[]>> = {
    float64: [0, "-0", 0.5, 1e300, -1e300, "NaN", "Infinity", "-Infinity", 5e-324],
    int64: [0, 1, 2, "9223372036854775807", "-9223372036854775808"],
    utf8: ["", "a", "b", "é", "__proto__"],
    bool: [true, false],
  };
  const cells = fc.array(fc.constantFrom(null, ...values[type]!), { maxLength: 40 });
  return fc.record({ type: fc.constant(type), before: cells, now: cells });
});

type Cells = (string | number | boolean | null)[];
const column = (type: string, values: Cells): Table => tableOf({ x: { type, values } });

/** Every number in a JSON value. */
function numbersIn(value: unknown): number[] {
  if (typeof value === "number") return [value];
  return value !== null && typeof value === "object" ? Object.values(value).flatMap(numbersIn) : [];
}

/** What says that two sides don't differ, where that isn't 0. */
const NOTHING: Readonly<Record<string, number>> = { auc: 0.5, varianceRatio: 1 };

describe("drift is", () => {
  it("finite, or null with a reason", async () => {
    await fc.assert(
      fc.asyncProperty(anyColumn, async ({ type, before, now }) => {
        const report = await compare(column(type, now), await profile(column(type, before)));
        for (const number of numbersIn(report)) expect(number).toSatisfy(Number.isFinite);
        for (const { value, reason } of report.columns.flatMap(({ statistics }) => statistics))
          expect(value === null).toBe(reason !== undefined);
      }),
    );
  });

  it("zero on identical data", async () => {
    await fc.assert(
      fc.asyncProperty(anyColumn, async ({ type, before }) => {
        const table = column(type, before as Cells);
        const report = await compare(table, await profile(table));
        expect(report.verdict).not.toBe("drift");
        for (const { name, value } of report.columns[0]!.statistics)
          if (value !== null) expect(Math.abs(value - (NOTHING[name] ?? 0)), name).toBeLessThan(1e-12);
      }),
    );
  });

  const counts = fc
    .integer({ min: 2, max: 8 })
    .chain((size) =>
      fc.tuple(
        ...[0, 1].map(() =>
          fc
            .array(fc.nat({ max: 1000 }), { minLength: size, maxLength: size })
            .filter((of) => of.some((n) => n > 0)),
        ),
      ),
    );

  it.each([
    ["psi", psi],
    ["jensenShannonDistance", jensenShannonDistance],
    ["hellinger", hellinger],
    ["totalVariation", totalVariation],
    ["lInfinity", lInfinity],
  ] as const)("symmetric over counts: %s", (_, distance) => {
    fc.assert(
      fc.property(counts, ([p, q]) => {
        expect(distance(p!, q!).value).toBeCloseTo(distance(q!, p!).value!, 12);
        expect(distance(p!, p!).value).toBe(0);
      }),
    );
  });

  const sample = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 30 });

  it.each([
    ["wasserstein", (x: number[], y: number[]) => wasserstein(x, y).value!],
    ["energyDistance", (x: number[], y: number[]) => energyDistance(x, y).value!],
    ["ks", (x: number[], y: number[]) => ksTwoSample(x, y).statistic!],
  ] as const)("symmetric over samples: %s", (_, distance) => {
    fc.assert(
      fc.property(sample, sample, (x, y) => {
        expect(distance(x, y)).toBeCloseTo(distance(y, x), 6);
        expect(distance(x, x)).toBe(0);
      }),
    );
  });

  it("monotone on a shifted sequence", async () => {
    const spread = fc.record({
      rows: fc.integer({ min: 1000, max: 4000 }),
      scale: fc.constantFrom(1e-3, 1, 1e6),
      centre: fc.constantFrom(-50, 0, 3),
    });
    await fc.assert(
      fc.asyncProperty(spread, async ({ rows, scale, centre }) => {
        // The quantiles of a logistic law: a bell that has no gaps.
        const draw = (shift: number) =>
          tableFromArrays({
            x: Float64Array.from({ length: rows }, (_, i) => {
              const p = (i + 0.5) / rows;
              return (Math.log(p / (1 - p)) + shift + centre) * scale;
            }),
          });
        const baseline = await profile(draw(0));
        const seen: Record<string, number>[] = [];
        for (const shift of [0, 0.25, 0.5, 1, 2, 4]) {
          const [x] = (await compare(draw(shift), baseline)).columns;
          seen.push(Object.fromEntries(x!.statistics.map(({ name, value }) => [name, value!])));
        }
        for (const name of ["ks", "psi", "js", "hellinger", "wasserstein"])
          for (const [i, { [name]: value }] of seen.slice(1).entries())
            expect(value, `${name} at step ${i + 1}`).toBeGreaterThan(seen[i]![name]!);
      }),
      { numRuns: 5 },
    );
  });
});
