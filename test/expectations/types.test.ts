import { expect, it } from "vitest";
import {
  allOf,
  anyOf,
  between,
  columnExists,
  implies,
  increasing,
  isNull,
  lengthBetween,
  matches,
  meanBetween,
  not,
  notNull,
  pairEqual,
  satisfies,
  schema,
  unique,
  uniqueTogether,
} from "../../src/expectations/index.js";
import { suite } from "../../src/suite/suite.js";

const declared = schema({ id: "int64", name: "utf8?", address: "struct<city: utf8>" });

it("takes what fits the suite's schema", () => {
  const made = suite("t", [
    declared,
    notNull("id"),
    uniqueTogether(["id", "name"]),
    pairEqual("id", "id"),
    lengthBetween("address.city", { min: 1 }),
    lengthBetween(["address", "city"], { min: 1 }),
    anyOf([between("id", { min: 1 }), matches("name", /a/)]),
    implies(notNull("id"), not(isNull("name"))),
    satisfies(["id", "name"], { function: "f" }),
    columnExists("id"),
  ]);
  expect(made.expectations).toHaveLength(10);
});

it("refuses at compile time a column that isn't there, one of several too", () => {
  // @ts-expect-error no column "nme"
  suite("t", [declared, notNull("nme")]);
  // @ts-expect-error no column "nme"
  suite("t", [declared, uniqueTogether(["id", "nme"])]);
  // @ts-expect-error no column "nme"
  suite("t", [declared, pairEqual("id", "nme")]);
  // @ts-expect-error no column "nme"
  suite("t", [declared, satisfies(["id", "nme"], { function: "f" })]);
  // @ts-expect-error no column "nme"
  suite("t", [declared, anyOf([notNull("id"), notNull("nme")])]);
  // @ts-expect-error no column "nme"
  suite("t", [declared, implies(notNull("nme"), notNull("id"))]);
  // @ts-expect-error no column "nme"
  suite("t", [declared, columnExists("nme")]);
});

it("refuses at compile time a column of the wrong kind, inside another expectation too", () => {
  // @ts-expect-error an int64 has no length
  suite("t", [declared, lengthBetween("id", { min: 1 })]);
  // @ts-expect-error text has no mean
  suite("t", [declared, meanBetween("name", { min: 1 })]);
  // @ts-expect-error a pattern needs text
  suite("t", [declared, allOf([notNull("id"), matches("id", /a/)])]);
  // @ts-expect-error a pattern needs text
  suite("t", [declared, not(matches("id", /a/))]);
});

it("refuses at compile time members that aren't about single rows", () => {
  // @ts-expect-error unique is about other rows too
  expect(() => anyOf([unique("id")])).toThrow();
  // @ts-expect-error a mean is of the whole column
  expect(() => not(meanBetween("id", { min: 1 }))).toThrow();
  // @ts-expect-error an order is of other rows too
  expect(() => implies(notNull("id"), increasing("id"))).toThrow();
});
