import fc from "fast-check";
import type { StoredOptions } from "../../src/expectations/unit/options.js";

/** A row of the tables that are routed here. */
export interface Row {
  readonly k: number | null;
  readonly s: string | null;
  readonly f: number | null;
}

/** What a rule makes of a row. */
export type Fate = "excluded" | "nan" | "null" | "pass" | "fail";

/** True, false or unknown. */
type Truth = boolean | undefined;

/** A stored expectation, and what it must make of rows, computed the plain way. */
export interface Ruled {
  readonly type: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly options: StoredOptions & { readonly keep?: "none" | "first" };
  readonly fates: (rows: readonly Row[]) => Fate[];
}

type Test = (row: Row) => Truth;

const isMissing = (value: unknown) => value === null;
const known = (value: unknown, test: boolean): Truth => (isMissing(value) ? undefined : test);
const and = (a: Truth, b: Truth): Truth => (a === false || b === false ? false : a && b);
const or = (a: Truth, b: Truth): Truth => (a === true || b === true ? true : a === false ? b : a);
const not = (a: Truth): Truth => (a === undefined ? undefined : !a);

/** Conditions as data, beside what they mean. */
const CONDITIONS: readonly (readonly [when: object, met: Test])[] = [
  [{ k: { gt: 0 } }, ({ k }) => known(k, k! > 0)],
  [{ s: { in: ["a", "b"] } }, ({ s }) => known(s, ["a", "b"].includes(s!))],
  [{ f: { isNull: true } }, ({ f }) => f === null],
  [{ column: "f", gte: 0, lt: 2 }, ({ f }) => known(f, f! >= 0 && f! < 2)],
  [{ k: { ne: 1 }, s: { notIn: ["c"] } }, ({ k, s }) => and(known(k, k !== 1), known(s, s !== "c"))],
  [
    { or: [{ k: { eq: 1 } }, { not: { s: { eq: "a" } } }] },
    ({ k, s }) => or(known(k, k === 1), not(known(s, s === "a"))),
  ],
  [
    { not: { and: [{ k: { lte: 1 } }, { f: { gt: 0 } }] } },
    ({ k, f }) => not(and(known(k, k! <= 1), known(f, f! > 0))),
  ],
  [{ s: { matches: "^[ab]" } }, ({ s }) => known(s, /^[ab]/.test(s!))],
  [{ k: { gt: 99 } }, ({ k }) => known(k, false)],
];

/** Which rows a rule is asked of, by its `when`. */
function asked(rows: readonly Row[], met: Test | undefined): boolean[] {
  return rows.map((row) => met === undefined || met(row) === true);
}

function localFates(
  test: Test,
  met: Test | undefined,
  { nulls, nan }: StoredOptions,
  value: (row: Row) => unknown,
) {
  return (rows: readonly Row[]): Fate[] => {
    const isAsked = asked(rows, met);
    return rows.map((row, i) => {
      if (!isAsked[i]) return "excluded";
      if (Number.isNaN(value(row)) && nan === "skip") return "nan";
      const truth = Number.isNaN(value(row)) && nan === "null" ? undefined : test(row);
      if (truth === undefined) return nulls === "fail" ? "fail" : "null";
      return truth ? "pass" : "fail";
    });
  };
}

function keyedFates(
  column: keyof Row,
  keep: "none" | "first",
  met: Test | undefined,
  nulls: StoredOptions["nulls"],
) {
  return (rows: readonly Row[]): Fate[] => {
    const isAsked = asked(rows, met);
    // NaN equals NaN, and the zeros equal each other.
    const key = (row: Row) => String(row[column] === 0 ? 0 : row[column]);
    return rows.map((row, i) => {
      if (!isAsked[i]) return "excluded";
      if (row[column] === null) return nulls === "fail" ? "fail" : "null";
      const twins = rows.filter(
        (other, j) => isAsked[j] && other[column] !== null && key(other) === key(row),
      );
      return twins.length === 1 || (keep === "first" && twins[0] === row) ? "pass" : "fail";
    });
  };
}

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

const level = fc.oneof(
  fc.record({
    mostly: maybe(fc.constantFrom(0, 0.25, 0.5, 0.9, 1)),
    onFail: maybe(fc.constantFrom("fail", "warn", "quarantine")),
  }),
  fc.record({
    tolerate: fc.record({
      warn: maybe(fc.constantFrom({ rows: 1 }, { rows: 2 }, { percent: 20 })),
      fail: maybe(fc.constantFrom({ rows: 3 }, { percent: 50 }, { percent: 100 })),
    }),
    onFail: maybe(fc.constantFrom("fail", "quarantine")),
  }),
);

const choices = fc.record({
  when: maybe(fc.constantFrom(...CONDITIONS)),
  nulls: maybe(fc.constantFrom("skip", "fail")),
  nan: maybe(fc.constantFrom("fail", "skip", "null")),
  keep: fc.constantFrom("none", "first"),
  level,
  kind: fc.constantFrom(
    "kRange",
    "fRange",
    "sSet",
    "sPattern",
    "kFilled",
    "fFilled",
    "kUnique",
    "sUnique",
    "fUnique",
  ),
});

type Choices = typeof choices extends fc.Arbitrary<infer C> ? C : never;

function ruled({ when, nulls, nan, keep, level, kind }: Choices): Ruled {
  const [condition, met] = when ?? [];
  const common = { ...(level as StoredOptions), ...(condition ? { when: condition } : {}) } as StoredOptions;
  const nullable = { ...common, ...(nulls ? { nulls } : {}) } as StoredOptions;
  const numeric = { ...nullable, ...(nan ? { nan } : {}) } as StoredOptions;
  const local = (
    type: string,
    params: object,
    options: StoredOptions,
    column: keyof Row,
    test: Test,
  ): Ruled => ({
    type,
    params: { column, ...params },
    options,
    fates: localFates(test, met, options, (row) => row[column]),
  });
  const unique = (column: keyof Row): Ruled => ({
    type: "unique",
    params: { column, keep },
    options: nullable,
    fates: keyedFates(column, keep as "none", met, nulls as "skip"),
  });
  switch (kind) {
    case "kRange":
      return local("between", { min: 1, max: 2 }, numeric, "k", ({ k }) => known(k, k! >= 1 && k! <= 2));
    case "fRange":
      return local("between", { minExclusive: -1, maxExclusive: 2 }, numeric, "f", ({ f }) =>
        known(f, f! > -1 && f! < 2),
      );
    case "sSet":
      return local("oneOf", { values: ["a", ""] }, nullable, "s", ({ s }) =>
        known(s, ["a", ""].includes(s!)),
      );
    case "sPattern":
      return local("matches", { pattern: "b|c" }, nullable, "s", ({ s }) => known(s, /b|c/.test(s!)));
    case "kFilled":
      return local("notNull", {}, common, "k", ({ k }) => k !== null);
    case "fFilled":
      return local("notNull", {}, common, "f", ({ f }) => f !== null);
    case "kUnique":
      return unique("k");
    case "sUnique":
      return unique("s");
    default:
      return unique("f");
  }
}

/** Any row rule under any mix of filters, duplicates, tolerances and null policies. */
export const anyRule: fc.Arbitrary<Ruled> = choices.map(ruled);

/** Rows with many repeats, nulls, NaN and both zeros; some columns hold nulls only. */
export const anyRows: fc.Arbitrary<Row[]> = fc
  .tuple(
    fc.array(
      fc.record({
        k: fc.constantFrom(null, 0, 1, 2, 3),
        s: fc.constantFrom(null, "", "a", "b", "c"),
        f: fc.constantFrom(null, -1, 0, -0, 0.5, 2, Number.NaN, Number.POSITIVE_INFINITY),
      }),
      { maxLength: 24 },
    ),
    fc.constantFrom(undefined, undefined, undefined, "k", "s", "f"),
  )
  .map(([rows, emptied]) => rows.map((row) => (emptied === undefined ? row : { ...row, [emptied]: null })));

/** The level that section 4 of the rules gives an expectation, by the fates of its rows. */
export function levelBy({ options: { tolerate, mostly, onFail } }: Ruled, fates: readonly Fate[]): string {
  const failed = fates.filter((fate) => fate === "fail").length;
  const judged = failed + fates.filter((fate) => fate === "pass").length;
  if (failed === 0) return "pass";
  if (tolerate) {
    const reached = (bound: { rows: number } | { percent: number } | undefined) =>
      bound !== undefined &&
      ("rows" in bound ? failed >= bound.rows : failed / judged >= bound.percent / 100);
    return reached(tolerate.fail) ? "fail" : reached(tolerate.warn) ? "warn" : "pass";
  }
  if (mostly !== undefined && (judged - failed) / judged >= mostly) return "pass";
  return onFail === undefined || onFail === "fail" ? "fail" : "warn";
}
