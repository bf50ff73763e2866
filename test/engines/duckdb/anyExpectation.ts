import type { Table } from "apache-arrow";
import fc from "fast-check";
import {
  anyOf,
  between,
  distinctCount,
  type Expectation,
  lengthBetween,
  matches,
  maxBetween,
  meanBetween,
  minBetween,
  not,
  notNull,
  notOneOf,
  nullFraction,
  oneOf,
  pairEqual,
  pairGreater,
  rowSumEquals,
  stdevBetween,
  sumBetween,
  unique,
  uniqueTogether,
} from "veritable";
import { resolveColumn } from "../../../src/columns/address.js";
import { BatchViews } from "../../../src/columns/block.js";
import { shownCell } from "../../../src/columns/shown.js";

type Make = (column: string, ...values: never[]) => Expectation;
type Options = Record<string, unknown>;

/** The values of a column as a suite would write them down; those that can't be are left out. */
export function literalsOf(table: Table, column: string): (string | number | boolean)[] {
  const address = resolveColumn(table.schema, [column]);
  if ("problem" in address) return [];
  return table.batches.flatMap((batch) => {
    const view = new BatchViews(batch).view(address);
    return Array.from({ length: batch.numRows }, (_, row) => shownCell(view, row)).filter(
      (value) => value !== null && value !== "NaN" && !String(value).endsWith("ticks"),
    ) as (string | number | boolean)[];
  });
}

const rowOptions = fc.record(
  {
    nulls: fc.constantFrom("skip", "fail"),
    onFail: fc.constantFrom("fail", "warn", "quarantine"),
    mostly: fc.constantFrom(0, 0.5, 0.9),
  },
  { requiredKeys: [] },
);

const PATTERNS = [
  "^a",
  "a|b",
  ".$",
  "^\\s*$",
  "\\d+",
  "^[^@]+@",
  "^.{0,3}$",
  "\\bab\\b",
  "[\\x{80}-\\x{10FFFF}]",
  "^$",
];

/** Any condition on a column, or none. */
function anyWhen(columns: readonly string[], literals: ReadonlyMap<string, readonly unknown[]>) {
  const some = fc.constantFrom(...columns).chain((column) => {
    const value = fc.constantFrom(...literals.get(column)!, null);
    return value.chain((at) =>
      fc.constantFrom<Options>(
        { column: [column], isNull: true },
        ...(at === null
          ? []
          : [
              { column: [column], gt: at },
              { column: [column], in: [at] },
              { not: { column: [column], lte: at } },
              {
                or: [
                  { column: [column], eq: at },
                  { column: [column], isNull: true },
                ],
              },
            ]),
      ),
    );
  });
  return fc.option(some, { nil: undefined, freq: 2 });
}

/** Any expectation about the columns of a table; one that doesn't fit is an error on every engine. */
export function anyExpectation(table: Table): fc.Arbitrary<Expectation> {
  const columns = table.schema.fields.map(({ name }) => name);
  const literals = new Map(columns.map((column) => [column, literalsOf(table, column)]));
  const ref = fc.constantFrom(...columns);
  const when = anyWhen(columns, literals);
  const options = fc
    .tuple(rowOptions, when)
    .map(([some, cond]) => ({ ...some, ...(cond && { when: cond }) }));
  const nan = fc.constantFrom<Options>({}, { nan: "skip" }, { nan: "null" });
  return ref.chain((name) => {
    const column = [name] as const;
    const any = fc.constantFrom<string | number | boolean>(
      ...literals.get(name)!,
      0,
      1.5,
      "a",
      "2020-01-01",
      true,
    );
    const bounds = fc.record(
      { min: any, max: any, minExclusive: any, maxExclusive: any },
      { requiredKeys: [] },
    );
    const numbers = fc.record({ min: fc.integer(), max: fc.double({ noNaN: true }) }, { requiredKeys: [] });
    const made: fc.Arbitrary<() => Expectation>[] = [
      fc.tuple(bounds, options, nan).map(
        ([of, o, n]) =>
          () =>
            between(column as never, of as never, { ...o, ...n } as never),
      ),
      fc.tuple(fc.array(any, { minLength: 1 }), options, fc.boolean()).map(
        ([of, o, isIn]) =>
          () =>
            (isIn ? oneOf : notOneOf)(column as never, of as never, o as never),
      ),
      fc.tuple(options, fc.constantFrom("none", "first")).map(
        ([{ mostly: _, ...o }, keep]) =>
          () =>
            unique(column as never, { ...o, keep } as never),
      ),
      fc.tuple(when).map(
        ([cond]) =>
          () =>
            notNull(column as never, (cond ? { when: cond, onFail: "quarantine" } : {}) as never),
      ),
      fc.tuple(fc.constantFrom(...PATTERNS), options).map(
        ([of, o]) =>
          () =>
            matches(column as never, of, o as never),
      ),
      fc.tuple(fc.nat({ max: 4 }), options, fc.constantFrom("bytes", "codePoints")).map(
        ([max, o, unit]) =>
          () =>
            lengthBetween(column as never, { max } as never, { ...o, unit } as never),
      ),
      fc.tuple(ref, options, nan).map(
        ([other, o, n]) =>
          () =>
            pairEqual(column as never, [other] as never, { ...o, ...n } as never),
      ),
      fc.tuple(ref, options).map(
        ([other, o]) =>
          () =>
            pairGreater(column as never, [other] as never, o as never),
      ),
      fc.tuple(ref, fc.integer({ min: -9, max: 9 })).map(
        ([other, total]) =>
          () =>
            rowSumEquals([column, [other]] as never, total as never),
      ),
      fc.tuple(fc.uniqueArray(ref, { minLength: Math.min(2, columns.length), maxLength: 3 }), when).map(
        ([of, cond]) =>
          () =>
            uniqueTogether(of.map((one) => [one]) as never, (cond ? { when: cond } : {}) as never),
      ),
      fc.tuple(bounds, options).map(
        ([of, o]) =>
          () =>
            anyOf(
              [not(between(column as never, of as never)), notNull(column as never)] as never,
              o as never,
            ),
      ),
      fc
        .tuple(
          numbers,
          when,
          fc.constantFrom<Make>(
            ...([meanBetween, stdevBetween, sumBetween, distinctCount, nullFraction] as never[]),
          ),
        )
        .map(
          ([of, cond, make]) =>
            () =>
              make(name, { min: 0, ...of } as never, (cond ? { when: cond } : {}) as never),
        ),
      fc.tuple(any, when, fc.constantFrom<Make>(...([minBetween, maxBetween] as never[]))).map(
        ([max, cond, make]) =>
          () =>
            make(name, { max } as never, (cond ? { when: cond } : {}) as never),
      ),
    ];
    return fc
      .oneof(...made)
      .map(attempt)
      .filter((one) => one !== undefined);
  });
}

/** An expectation, unless its parameters can't be meant. */
function attempt(make: () => Expectation): Expectation | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}
