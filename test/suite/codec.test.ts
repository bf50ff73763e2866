import { describe, expect, test } from "vitest";
import {
  anyOf,
  between,
  ConfigError,
  matches,
  notNull,
  oneOf,
  percent,
  rows,
  schema,
  suite,
  suiteFromJson,
  suiteFromText,
  suiteToJson,
} from "../../src/entries/index.js";
import { hashJson } from "../../src/validate/hash.js";

const orders = suite(
  "orders",
  [
    schema({ id: "int64", qty: "int32?", email: "utf8", at: "timestamp[us]" }),
    notNull("id", { id: "the key", tags: ["key"], meta: { owner: "ops" } }),
    between(
      "qty",
      { min: 1, maxExclusive: 100 },
      { tolerate: { warn: rows(1), fail: percent(1) }, onFail: "quarantine" },
    ),
    between("id", { max: 9007199254740993n }),
    between(
      "at",
      { min: new Date("2024-01-01T00:00:00Z") },
      { when: { qty: { gt: 0 }, email: { matches: /@/i } } },
    ),
    matches("email", /^[^@\s]+@[^@\s]+$/u, { nulls: "fail" }),
    oneOf("qty", [1, 2], {
      mostly: 0.5,
      when: { or: [{ qty: { isNull: false } }, { not: { column: "id", eq: 3 } }] },
    }),
    anyOf([notNull("qty"), notNull("email")]),
  ],
  { quarantine: { failAbove: percent(5) }, allowEmpty: true, description: "A day of orders." },
);

const yaml = `
name: orders
description: A day of orders.
allowEmpty: true
quarantine: { failAbove: { percent: 5 } }
expectations:
  - { type: schema, columns: { id: int64, qty: "int32?", email: utf8, at: "timestamp[us]" } }
  - { type: notNull, column: id, id: the key, tags: [key], meta: { owner: ops } }
  - type: between
    column: qty
    min: 1
    maxExclusive: 100
    tolerate: { warn: { rows: 1 }, fail: { percent: 1 } }
    onFail: quarantine
  - { type: between, column: id, max: "9007199254740993" }
  - type: between
    column: at
    min: "2024-01-01T00:00:00.000Z"
    when: { qty: { gt: 0 }, email: { matches: { source: "@", flags: i } } }
  - { type: matches, column: email, pattern: { source: '^[^@\\s]+@[^@\\s]+$', flags: u }, nulls: fail }
  - type: oneOf
    column: qty
    values: [1, 2]
    mostly: 0.5
    when: { or: [{ qty: { isNull: false } }, { not: { column: id, eq: 3 } }] }
  - { type: anyOf, of: [{ type: notNull, column: qty }, { type: notNull, column: email }] }
`;

describe("a suite in TypeScript, JSON and YAML", () => {
  test("is the same suite", async () => {
    const fromJson = await suiteFromText(JSON.stringify(suiteToJson(orders)), "json");
    const fromYaml = await suiteFromText(yaml, "yaml");
    expect(fromJson).toEqual(orders);
    expect(fromYaml).toEqual(orders);
    expect(hashJson(suiteToJson(fromYaml))).toBe(hashJson(suiteToJson(orders)));
  });

  test("has another hash when anything in it is different", () => {
    const json = suiteToJson(orders);
    const [first, ...others] = json.expectations;
    const moved = suiteFromJson({ ...json, expectations: [...others, first] });
    expect(hashJson(suiteToJson(moved))).not.toBe(hashJson(json));
  });

  test("is frozen all the way down", () => {
    expect(Object.isFrozen(orders)).toBe(true);
    expect(Object.isFrozen(orders.expectations[2])).toBe(true);
    expect(Object.isFrozen(orders.expectations[2]?.tolerate)).toBe(true);
  });
});

describe("a suite that isn't one is refused, with the path and the nearest name", () => {
  const refused = (value: unknown) => {
    try {
      suiteFromJson(value);
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigError);
      return (error as ConfigError).message;
    }
    throw new Error("it was taken");
  };
  const withOne = (expectation: object) => ({
    name: "s",
    expectations: [{ type: "notNull", column: "a" }, expectation],
  });

  test.each([
    [
      "an expectation that isn't there",
      withOne({ type: "betwen", column: "a", min: 1 }),
      'expectations[1]: no expectation is called "betwen"; did you mean "between"?',
    ],
    [
      "an option that isn't one",
      withOne({ type: "between", column: "a", min: 1, mosty: 1 }),
      'expectations[1]: between("a") has no option "mosty"; did you mean "mostly"?',
    ],
    [
      "an option of another kind of expectation",
      withOne({ type: "meanBetween", column: "a", min: 1, mostly: 1 }),
      'expectations[1]: meanBetween("a") can\'t honour "mostly": it isn\'t about rows',
    ],
    [
      "a value of the wrong type, deep inside",
      withOne({ type: "between", column: "a", min: 1, tolerate: { warn: { rows: 0 } } }),
      'expectations[1]: between("a") tolerate.warn',
    ],
    [
      "a key of the suite that isn't one",
      { name: "s", expectation: [] },
      'a suite has no "expectation"; did you mean "expectations"?',
    ],
    ["a name that could leave its folder", { name: "../s", expectations: [] }, 'suite name "../s"'],
    ["a newer version", { name: "s", version: 2, expectations: [] }, "suite version 2"],
    ["another format", { name: "s", format: "dbt", expectations: [] }, 'format "dbt"'],
    ["no list", { name: "s" }, "expectations is not a list"],
    ["no object", [], "a suite is an object"],
    [
      "an id that comes twice",
      {
        name: "s",
        expectations: [
          { type: "notNull", column: "a", id: "x" },
          { type: "notNull", column: "b", id: "x" },
        ],
      },
      'id "x" comes twice',
    ],
  ])("%s", (_, value, said) => {
    expect(refused(value)).toContain(said);
  });

  test("a key that could reach a prototype", () => {
    const hostile = JSON.parse(
      '{"name":"s","expectations":[{"type":"notNull","column":"a","meta":{"__proto__":{"polluted":1}}}]}',
    );
    expect(refused(hostile)).toContain("__proto__");
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  test("nesting without end", () => {
    let when: object = { a: { gt: 1 } };
    for (let i = 0; i < 10_000; i++) when = { not: when };
    expect(refused(withOne({ type: "notNull", column: "a", when }))).toContain("nested more than");
  });

  test("YAML that grows out of aliases", async () => {
    const bomb = [
      "a: &a [1, 1]",
      ...Array.from({ length: 30 }, (_, i) => {
        const [from, to] = [
          String.fromCharCode(97 + (i % 26)) + (i >= 26 ? "x" : ""),
          String.fromCharCode(97 + ((i + 1) % 26)) + (i + 1 >= 26 ? "x" : ""),
        ];
        return `${to}: &${to} [*${from}, *${from}, *${from}]`;
      }),
    ].join("\n");
    await expect(suiteFromText(bomb, "yaml")).rejects.toThrow(ConfigError);
  });

  test("text that isn't JSON", async () => {
    await expect(suiteFromText("{", "json")).rejects.toThrow(/not JSON/);
  });
});
