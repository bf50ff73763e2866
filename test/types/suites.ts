import {
  allOf,
  anyOf,
  between,
  implies,
  increasing,
  matches,
  meanBetween,
  not,
  notNull,
  oneOf,
  pairGreater,
  percent,
  rowCount,
  rows,
  type Suite,
  schema,
  suite,
  unique,
  uniqueTogether,
  validate,
} from "veritable";

// Compiled, never run: what the compiler must accept, and what it must refuse where a line says so.

const columns = schema({
  id: "int64",
  email: "utf8",
  qty: "int32?",
  price: "float64?",
  amount: "decimal128(10, 2)",
  country: "dictionary<int32, utf8>",
  paid: "bool",
  at: "timestamp[us, UTC]",
  day: "date32?",
  tags: "list<utf8>",
  address: "struct<city: utf8, geo: struct<lat: float64>>",
});

export const accepted: Suite<{ readonly id: "int64" }> = suite("accepted", [
  schema({ id: "int64" }),
  notNull("id"),
]);

export const fitting = suite("fitting", [
  columns,
  rowCount({ min: 1, max: 1_000_000 }),
  notNull("tags"),
  unique("id", { keep: "first", onFail: "quarantine" }),
  uniqueTogether(["id", "email"]),
  between("qty", { min: 1 }, { tolerate: { warn: rows(1), fail: percent(1) }, onFail: "quarantine" }),
  between("at", { min: new Date(0), maxExclusive: "2030-01-01" }),
  between("country", { min: "A" }),
  oneOf("paid", [true]),
  matches("country", /^[A-Z]{2}$/, { when: { price: { gt: 0 }, day: { isNull: false } } }),
  meanBetween("price", { min: 9.5 }, { onFail: "warn", onEmpty: "skip" }),
  meanBetween("amount", { min: 1 }),
  increasing("day", { mostly: 0.9 }),
  pairGreater("price", "qty"),
  anyOf([notNull("email"), allOf([notNull("price"), not(between("qty", { max: 0 }))])]),
  implies(oneOf("country", ["FR"]), notNull("price")),
]);

export const paths = suite("paths", [
  columns,
  notNull("address.city"),
  notNull(["address", "geo", "lat"]),
  meanBetween(["price"], { min: 1 }),
  // @ts-expect-error the struct is misspelled
  notNull("adress.city"),
  // @ts-expect-error the struct is misspelled
  notNull(["adress", "city"]),
  // @ts-expect-error an integer has no fields
  notNull("id.low"),
  // @ts-expect-error a path of one name is a column
  meanBetween(["email"], { min: 1 }),
]);

export const names = suite("names", [
  columns,
  // @ts-expect-error no such column
  notNull("idd"),
  // @ts-expect-error no such column
  uniqueTogether(["id", "mail"]),
  // @ts-expect-error no such column
  pairGreater("price", "quantity"),
  // @ts-expect-error no such column, inside
  anyOf([notNull("email"), notNull("mail")]),
  // @ts-expect-error no such column, deep inside
  implies(notNull("email"), not(allOf([notNull("id"), notNull("mail")]))),
]);

export const kinds = suite("kinds", [
  columns,
  // @ts-expect-error text has no mean
  meanBetween("email", { min: 1 }),
  // @ts-expect-error text in a dictionary has none either
  meanBetween("country", { min: 1 }),
  // @ts-expect-error a list has none
  meanBetween("tags", { min: 1 }),
  // @ts-expect-error a moment is not matched by a pattern
  matches("at", /2020/),
  // @ts-expect-error true is not between anything
  between("paid", { min: 0 }),
  // @ts-expect-error not a text, inside
  anyOf([notNull("email"), matches("id", /1/)]),
]);

export const options = suite("options", [
  columns,
  // @ts-expect-error an aggregate moves no rows
  meanBetween("price", { min: 1 }, { onFail: "quarantine" }),
  // @ts-expect-error an order moves no rows: those that are left need not be in order
  increasing("id", { onFail: "quarantine" }),
  // @ts-expect-error the table moves no rows
  rowCount({ min: 1 }, { onFail: "quarantine" }),
  // @ts-expect-error a number of what, rows or percent
  between("qty", { min: 1 }, { tolerate: { fail: 1 } }),
  // @ts-expect-error a share is a number
  between("qty", { min: 1 }, { mostly: percent(99) }),
  // @ts-expect-error an aggregate is not about rows
  meanBetween("price", { min: 1 }, { mostly: 0.9 }),
  // @ts-expect-error to be told from null is the rule itself
  notNull("id", { nulls: "fail" }),
  // @ts-expect-error no such option
  unique("id", { kep: "first" }),
  // @ts-expect-error no such test
  notNull("id", { when: { price: { above: 0 } } }),
]);

// @ts-expect-error a share of all rows, not a count
suite("policy", [columns], { quarantine: { failAbove: rows(5) } });
// @ts-expect-error no such policy
suite("policies", [columns], { allowEmtpy: true });

export const withoutSchema = suite("withoutSchema", [
  notNull("anything"),
  meanBetween("whatever", { min: 1 }),
  between(["a", "b"], { min: 1 }),
]);

export const pairs = suite("pairs", [
  schema([
    ["2021", "int64"],
    ["order no", "utf8?"],
  ]),
  unique("2021"),
  matches("order no", /x/),
  // @ts-expect-error no such column
  notNull("2022"),
  // @ts-expect-error a number is not matched by a pattern
  matches("2021", /x/),
]);

const declared: Readonly<Record<string, string>> = { id: "int64" };
const named: string = "id";

export const untold = suite("untold", [
  schema(declared),
  notNull("anything"),
  meanBetween("whatever", { min: 1 }),
]);
export const computed = suite("computed", [
  columns,
  notNull(named),
  ...["id", "email"].map((name) => notNull(name)),
]);

const shared = [notNull("id"), unique("id")] as const;
export const spread = suite("spread", [columns, ...shared]);
// @ts-expect-error what is spread is checked too
export const spreadWrong = suite("spread", [schema({ key: "int64" }), ...shared]);

export async function split(): Promise<readonly ["pass" | "warn" | "fail" | "error", number]> {
  const run = await validate("orders.parquet", fitting, { keys: ["id"], redact: { email: "hash" } });
  // @ts-expect-error there is no such redaction
  await validate("orders.parquet", fitting, { redact: { email: "hide" } });
  return [run.status, run.quarantined.rows];
}
