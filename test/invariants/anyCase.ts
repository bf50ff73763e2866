import { type RecordBatch, Table } from "apache-arrow";
import fc from "fast-check";
import {
  anyOf,
  between,
  type Expectation,
  implies,
  inTable,
  isNull,
  matches,
  notNull,
  oneOf,
  pairGreater,
  rowSumEquals,
  type Suite,
  satisfies,
  suite,
  unique,
  uniqueTogether,
  uniqueWithinRow,
  type ValidateOptions,
} from "veritable";
import { anyBatching, tableOf } from "veritable/testing";

type Cell = string | number | null;

/** Few values of each column, so that they come again and again, and what is hard about its type. */
const CELLS: Readonly<Record<string, { readonly type: string; readonly values: readonly Cell[] }>> = {
  id: { type: "int64", values: [null, 1, 2, 3, "9007199254740993", "-9223372036854775808"] },
  qty: { type: "int32", values: [null, 0, 1, 2, 3] },
  price: { type: "float64", values: [null, -1, "-0", 0, 0.5, 2, "NaN", "Infinity"] },
  name: { type: "utf8", values: [null, "", "a", "b", "c", "é", "N/A"] },
  group: { type: "dictionary<int8, utf8>", values: [null, "x", "y"] },
};

function anyTable(): fc.Arbitrary<Table> {
  const row = fc.record(
    Object.fromEntries(Object.entries(CELLS).map(([name, { values }]) => [name, fc.constantFrom(...values)])),
  );
  const emptied = fc.constantFrom(undefined, undefined, ...Object.keys(CELLS));
  return fc.tuple(fc.array(row, { maxLength: 24 }), emptied).map(([rows, column]) => {
    const cells = Object.entries(CELLS).map(([name, { type }]) => {
      return [name, { type, values: rows.map((of) => (name === column ? null : of[name]!)) }] as const;
    });
    return tableOf(Object.fromEntries(cells));
  });
}

/** What any rule about rows takes. */
interface Level {
  readonly onFail?: "fail" | "warn" | "quarantine";
  readonly mostly?: number;
  readonly when?: object;
}

const WHEN: readonly object[] = [
  { qty: { gt: 0 } },
  { group: { in: ["x"] } },
  { price: { isNull: true } },
  { or: [{ qty: { lte: 1 } }, { not: { name: { eq: "a" } } }] },
  { id: { gt: 99, lt: 100 } },
];

const RULES: readonly ((level: object) => Expectation)[] = [
  (level) => between("qty", { min: 1, max: 2 }, level),
  (level) => between("price", { minExclusive: -1 }, { ...level, nan: "skip" }),
  (level) => between("id", { max: "9007199254740992" }, { ...level, nulls: "fail" }),
  (level) => oneOf("name", ["a", "b"], { ...level, missing: ["N/A"] }),
  (level) => matches("name", "^[abé]?$", level),
  (level) => notNull("price", level),
  (level) => isNull("name", level),
  (level) => unique("id", level),
  (level) => unique("price", { ...level, nulls: "fail" }),
  (level) => unique("group", { ...level, keep: "first" }),
  (level) => uniqueTogether(["qty", "group"], level),
  (level) => uniqueWithinRow(["id", "qty"], level),
  (level) => pairGreater("id", "qty", { ...level, orEqual: true }),
  (level) => rowSumEquals(["id", "qty"], 3, level),
  (level) => anyOf([notNull("name"), between("qty", { max: 1 })], level),
  (level) => implies(between("qty", { min: 1 }), notNull("group"), level),
  (level) => inTable("group", { table: "groups", column: "name" }, level),
  (level) => satisfies(["qty"], { ...level, function: "isEven" }),
];

/** What suites of `anyCase` are given at run time. */
export const GIVEN: ValidateOptions = {
  functions: { isEven: (qty) => Number(qty) % 2 === 0 },
  tables: { groups: tableOf({ name: { type: "utf8", values: ["x", null] } }) },
};

const anyLevel: fc.Arbitrary<Level> = fc.record(
  {
    onFail: fc.constantFrom("fail", "warn", "quarantine", "quarantine"),
    mostly: fc.constantFrom(0, 0.5, 1),
    when: fc.constantFrom(...WHEN),
  },
  { requiredKeys: [] },
);

/** Any rules about rows, each under a level of its own, in any order. */
export const anyRules: fc.Arbitrary<Expectation[]> = fc
  .shuffledSubarray([...RULES], { minLength: 1, maxLength: 6 })
  .chain((rules) =>
    fc
      .array(anyLevel, { minLength: rules.length, maxLength: rules.length })
      .map((levels) => rules.map((rule, i) => rule({ ...levels[i], id: `rule ${i}` }))),
  );

/** Rows as a table of one batch, in batches and as a table of these, and a suite. */
export interface Case {
  readonly whole: Table;
  readonly table: Table;
  readonly batches: readonly RecordBatch[];
  readonly suite: Suite;
}

/** Rows with repeats, nulls and NaN, or none, or a column of nulls only; and rules with filters, groups and keys. */
export const anyCase: fc.Arbitrary<Case> = fc
  .record({ whole: anyTable(), rules: anyRules })
  .chain(({ whole, rules }) =>
    anyBatching(whole.batches[0]!).map((batches) => ({
      whole,
      table: new Table(whole.schema, [...batches]),
      batches,
      suite: suite("any", rules as never, { allowEmpty: true }) as Suite,
    })),
  );
