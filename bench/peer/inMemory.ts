import {
  between,
  distinctCount,
  type Expectation,
  klDivergenceBelow,
  lengthBetween,
  matches,
  maxBetween,
  meanBetween,
  minBetween,
  notNull,
  nullFraction,
  oneOf,
  quantilesBetween,
  rowCount,
  stdevBetween,
  sumBetween,
  unique,
} from "veritable";
import { countries } from "../batches.js";

/** The same question, put to both. */
export interface Comparison {
  readonly name: string;
  /** Which table it is put to; the shuffled and random ones hold an `id` alone. */
  readonly table: "orders" | "shuffled" | "random";
  readonly expectations: readonly Expectation[];
  /** One hand-written query over `t`. */
  readonly sql: string;
  /** The rows that fail, fetched too: a second query, where one can't give both. */
  readonly rowsSql?: string;
  /** How many failures DuckDB finds, to check that both did the same work. */
  readonly failures: string;
}

const quoted = (values: readonly string[]) => values.map((value) => `'${value}'`).join(", ");
// The quickest of four ways to ask DuckDB; a literal list is compared value by value, and takes ten times as long.
const unknown = `country NOT IN (SELECT unnest([${quoted(countries)}]))`;
const pattern = "^[^@]+@[^@]+\\.com$";
const EDGES = Array.from({ length: 11 }, (_, i) => 5 + 9.5 * i);
const START = "2023-11-14T22:13:20Z";

const cheap: readonly Expectation[] = [
  rowCount({ min: 1 }),
  notNull("id"),
  notNull("country"),
  notNull("email"),
  notNull("at"),
  nullFraction("price", { max: 0.05 }),
  nullFraction("qty", { max: 0.05 }),
  between("id", { min: 0 }),
  between("price", { min: 5, max: 100 }),
  between("qty", { min: 1, max: 100 }),
  between("at", { min: START }),
  minBetween("price", { min: 5, max: 6 }),
  maxBetween("price", { min: 99, max: 100 }),
  meanBetween("price", { min: 50, max: 55 }),
  stdevBetween("price", { min: 20, max: 30 }),
  meanBetween("qty", { min: 45, max: 55 }),
  sumBetween("qty", { min: 1 }),
  oneOf("country", countries),
  lengthBetween("country", { min: 4, max: 4 }),
  lengthBetween("email", { min: 10, max: 40 }),
];

const cheapMetrics = `count(*), count(id), count(country), count(email), count("at"), count(price), count(qty),
  min(price), max(price), avg(price), stddev_samp(price), avg(qty), sum(qty)`;

const cheapRules = [
  "id < 0",
  "price NOT BETWEEN 5 AND 100",
  "qty NOT BETWEEN 1 AND 100",
  `"at" < TIMESTAMP '${START.slice(0, -1)}'`,
  unknown,
  "length(country) <> 4",
  "length(email) NOT BETWEEN 10 AND 40",
];

/** As above, but that one row in a hundred breaks each row rule but that on the length of `country`, and is quarantined. */
function failing(rows: number): { readonly expectations: Expectation[]; readonly rules: string[] } {
  const hundredth = rows / 100;
  const move = { onFail: "quarantine" } as const;
  const long = `user${hundredth}@example0.com`.length;
  const [first = "", second = "", ...known] = countries;
  const from = new Date(Date.parse(START) + hundredth).toISOString();
  return {
    expectations: [
      ...cheap.filter(({ type }) => !["between", "oneOf", "lengthBetween"].includes(type)),
      between("id", { min: hundredth }, move),
      between("price", { max: 99.05 }, move),
      between("qty", { max: 99 }, move),
      between("at", { min: from }, move),
      oneOf("country", known, move),
      lengthBetween("country", { min: 4, max: 4 }, move),
      lengthBetween("email", { min: long }, move),
    ],
    rules: [
      `id < ${hundredth}`,
      "price > 99.05",
      "qty > 99",
      `"at" < TIMESTAMP '${from.slice(0, -1)}'`,
      `country IN (${quoted([first, second])})`,
      "length(country) <> 4",
      `length(email) < ${long}`,
    ],
  };
}

const counted = (rules: readonly string[]) => rules.map((rule) => `count_if(${rule})`);
const failures = (rules: readonly string[]) => `SELECT ${counted(rules).join(" + ")} FROM t`;

const distinct = (column: string, table: Comparison["table"], name: string): Comparison => ({
  name,
  table,
  expectations: [unique(column)],
  sql: `SELECT count(${column}), count(DISTINCT ${column}) FROM t`,
  failures: `SELECT count(${column}) - count(DISTINCT ${column}) FROM t`,
});

export function comparisons(rows: number): readonly Comparison[] {
  const moved = failing(rows);
  return [
    {
      name: "numeric scan with a range check",
      table: "orders",
      expectations: [
        between("price", { min: 5, max: 99.05 }),
        minBetween("price", { min: 5, max: 6 }),
        maxBetween("price", { min: 99, max: 100 }),
        meanBetween("price", { min: 50, max: 55 }),
        stdevBetween("price", { min: 20, max: 30 }),
      ],
      sql: `SELECT count(price), min(price), max(price), avg(price), stddev_samp(price),
        count_if(price NOT BETWEEN 5 AND 99.05) FROM t`,
      failures: failures(["price NOT BETWEEN 5 AND 99.05"]),
    },
    {
      name: "membership in 200 values",
      table: "orders",
      expectations: [oneOf("country", countries)],
      sql: `SELECT count_if(${unknown}) FROM t`,
      failures: failures([unknown]),
    },
    {
      name: "e-mail pattern",
      table: "orders",
      expectations: [matches("email", new RegExp(pattern))],
      sql: `SELECT count_if(NOT regexp_matches(email, '${pattern}')) FROM t`,
      failures: failures([`NOT regexp_matches(email, '${pattern}')`]),
    },
    distinct("id", "orders", "unique id, sorted"),
    distinct("id", "shuffled", "unique id, shuffled and dense"),
    distinct("id", "random", "unique id, random"),
    distinct("email", "orders", "unique e-mail"),
    {
      name: "distinct count of 200 levels",
      table: "orders",
      expectations: [distinctCount("country", { max: 200 })],
      sql: "SELECT count(DISTINCT country) FROM t",
      failures: "SELECT 0",
    },
    {
      name: "five exact quantiles",
      table: "orders",
      expectations: [
        quantilesBetween(
          "price",
          [0.05, 0.25, 0.5, 0.75, 0.95].map((q) => ({ q, min: 5, max: 100 })),
        ),
      ],
      sql: "SELECT quantile_cont(price, [0.05, 0.25, 0.5, 0.75, 0.95]) FROM t",
      failures: "SELECT 0",
    },
    {
      name: "histogram on ten bins",
      table: "orders",
      expectations: [
        klDivergenceBelow("price", { bins: EDGES, weights: Array.from({ length: 10 }, () => 0.1) }, 0.1),
      ],
      sql: `SELECT histogram(price, [${EDGES.join(", ")}]) FROM t`,
      failures: "SELECT 0",
    },
    {
      name: "20 cheap checks",
      table: "orders",
      expectations: cheap,
      sql: `SELECT ${[cheapMetrics, ...counted(cheapRules)].join(", ")} FROM t`,
      failures: failures(cheapRules),
    },
    {
      name: "20 cheap checks, 1 % of rows break each of six row rules and are quarantined",
      table: "orders",
      expectations: moved.expectations,
      sql: `SELECT ${[cheapMetrics, ...counted(moved.rules)].join(", ")} FROM t`,
      rowsSql: `SELECT *, rowid, [${moved.rules.join(", ")}] FROM t WHERE ${moved.rules.join(" OR ")}`,
      failures: failures(moved.rules),
    },
  ];
}
