import { readdirSync, readFileSync } from "node:fs";
import type { Table } from "apache-arrow";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { typeFromName } from "../../src/columns/typeFromName.js";
import { kindOf } from "../../src/columns/typeName.js";
import {
  between,
  ConfigError,
  columnExists,
  type Expectation,
  lengthBetween,
  matches,
  meanBetween,
  noDrift,
  notMatches,
  notNull,
  notOneOf,
  pairGreater,
  rowCount,
  satisfies,
  suite,
  suiteFromJson,
  unique,
  validate,
} from "../../src/entries/index.js";
import { make } from "../../src/expectations/unit/make.js";
import { registry } from "../../src/expectations/unit/registry.js";
import type { AnyUnit } from "../../src/expectations/unit/unit.js";
import { identify, makeSuite, type Suite } from "../../src/suite/suite.js";
import {
  arbitraryTable,
  type SuiteTableOptions,
  smallestViolation,
  violatingTable,
} from "../../src/testing/index.js";
import { givenTo } from "../../src/testing/laws/unitTables.js";

const units = [...registry().values()].map((unit) => [unit.type, unit] as const);
const numRuns = Number(process.env.RUNS ?? 4);

const example = (unit: AnyUnit) => make(unit, unit.about.example.params, { id: "target" }) as Expectation;

async function checkMeets(of: Suite, options: SuiteTableOptions = {}): Promise<void> {
  await fc.assert(
    fc.asyncProperty(arbitraryTable(of, options), async (table) => {
      const { status, outcomes } = await validate(table, of, options);
      const others = outcomes.filter((one) => one.status !== "pass");
      expect([status, others.map(({ id, message }) => `${id}: ${message}`)]).toEqual(["pass", []]);
    }),
    { numRuns },
  );
}

async function brokenRules(table: Table, of: Suite, options: SuiteTableOptions): Promise<string[]> {
  const { outcomes } = await validate(table, of, options);
  return outcomes.flatMap(({ id, status }) => (status === "pass" ? [] : [`${id}: ${status}`]));
}

async function checkViolates(of: Suite, id: string, options: SuiteTableOptions = {}): Promise<void> {
  await fc.assert(
    fc.asyncProperty(violatingTable(of, id, options), async (table) => {
      const broken = await brokenRules(table, of, options);
      expect([`${id}: fail`, `${id}: warn`]).toContain(broken.join("; "));
    }),
    { numRuns },
  );
}

/** Rules on the columns of an example that leave room for it, and for its violation. */
function besides(unit: AnyUnit): Expectation[] {
  const columns = Object.entries(unit.about.example.table);
  const onSame = columns.flatMap(([name, { type }]): Expectation[] => {
    switch (kindOf(typeFromName(type))) {
      case "number":
        return [columnExists([name]), between([name], { min: -1e9, max: 1e9 }), notOneOf([name], [99])];
      case "string":
        return [columnExists([name]), lengthBetween([name], { max: 100 }), notMatches([name], "~~")];
      default:
        return [columnExists([name])];
    }
  });
  // What says how many columns there are, or which, has no place for others.
  if (unit.shape === "table") return [...onSame, rowCount({ max: 90 })];
  return [
    ...onSame,
    unique("other_id"),
    notNull("other_id"),
    matches("other_mail", /^\w+@\w+\.com$/),
    between("other_from", { min: 0, max: 50 }),
    pairGreater("other_to", "other_from"),
    meanBetween("other_share", { min: 0.25, max: 0.5 }),
  ];
}

describe.each(units)("tables of %s", (_name, unit) => {
  const options = givenTo(unit) as SuiteTableOptions;
  const alone = makeSuite("alone", [example(unit)], {});
  const larger = makeSuite("larger", [...besides(unit), example(unit)], {});

  it("meet it", () => checkMeets(alone, options));
  it("meet it among other rules", () => checkMeets(larger, options));

  const { table: _, rows: __, ...given } = unit.about.violation;
  if (Object.keys(given).length > 0) {
    it("don't break what the run's inputs decide, which is said", () => {
      expect(() => violatingTable(alone, "target", options)).toThrow(ConfigError);
      expect(() => violatingTable(alone, "target", options)).toThrow(/target/);
    });
    return;
  }
  it("break it", () => checkViolates(alone, "target", options));
  it("break it and no other rule", () => checkViolates(larger, "target", options));
});

/**
 * The suites of this repository, but for rules that want more rows than a test should have, and for that of the flights:
 * an order, quantiles and 200 airports together are more than the search finds, which its message says.
 */
const folder = new URL("../../suites/", import.meta.url);
const suites = readdirSync(folder)
  .filter((file) => file !== "flights.json")
  .map((file) => suiteFromJson(JSON.parse(readFileSync(new URL(file, folder), "utf8"))))
  .map((of) => {
    const small = of.expectations.filter(({ min }) => !(typeof min === "number" && min > 1000));
    const { expectations: _, name, ...policy } = of;
    return makeSuite(name, small, policy);
  });

// A schema says that `id` holds no null, and the sum of no rows is none: these can't be broken without another.
const implied = ["rowCount", "notNull(id)"];

describe.each(suites.map((of) => [of.name, of] as const))("suite %s", (_, of) => {
  it("is met by its tables", () => checkMeets(of));
  it.each(
    identify(of)
      .map(({ id }) => id)
      .filter((id) => !implied.includes(id)),
  )("has tables that break %s alone", (id) => checkViolates(of, id));
});

describe("tables of suites", () => {
  const orders = suites.find(({ name }) => name === "orders")!;
  const age = suite("people", [between("age", { min: 0, max: 120 }), unique("id")]);

  it("are the same for the same seed", () => {
    const text = (table: Table) => JSON.stringify(table.toArray().map(String));
    const [once, again] = [1, 2].map(() =>
      fc.sample(arbitraryTable(orders), { seed: 7, numRuns: 5 }).map(text),
    );
    expect(once).toEqual(again);
  });

  it("hold bounds, nulls, several batches and dictionaries", () => {
    const tables = fc.sample(arbitraryTable(age), { seed: 1, numRuns: 60 });
    const ages = new Set(tables.flatMap((table) => [...(table.getChild("age") ?? [])]));
    expect([0, 120, null].filter((one) => !ages.has(one))).toEqual([]);
    expect(Math.max(...tables.map(({ batches }) => batches.length))).toBeGreaterThan(1);
    const types = new Set(tables.flatMap(({ schema }) => schema.fields.map(({ type }) => String(type))));
    expect([...types].some((type) => type.startsWith("Dictionary"))).toBe(true);
  });

  it("have as many rows as they are asked for", () => {
    const options = { minRows: 3, maxRows: 5 };
    for (const table of fc.sample(arbitraryTable(age, options), { seed: 3, numRuns: 30 })) {
      expect(table.numRows).toBeGreaterThanOrEqual(3);
      expect(table.numRows).toBeLessThanOrEqual(5);
    }
    expect(() => arbitraryTable(age, { minRows: 5, maxRows: 3 })).toThrow("minRows 5 is above maxRows 3");
    expect(() => arbitraryTable(age, { minRows: 0.5 })).toThrow("minRows 0.5 is no count of rows");
  });

  it("shrink to the smallest that break a rule", async () => {
    const told = await fc.check(
      fc.asyncProperty(violatingTable(age, "unique"), async (table) => {
        const { status } = await validate(table, age);
        expect(status).toBe("pass");
      }),
      { numRuns: 1 },
    );
    const [smallest] = told.counterexample!;
    expect(smallest.numRows).toBe(2);
    const rows = (table: Table) => table.toArray().map((row) => ({ ...row.toJSON() }));
    expect(rows(smallestViolation(age, "unique(id)")).map(({ id }) => id)).toEqual([0n, 0n]);
    const [only, ...others] = rows(smallestViolation(age, "between(age)"));
    expect(others).toEqual([]);
    expect([-1, 121]).toContain(only!.age);
  });

  it("shrink to small ones that meet it", async () => {
    const told = await fc.check(
      fc.property(arbitraryTable(age, { minRows: 4 }), (table) => table.numRows < 4),
      { numRuns: 1 },
    );
    expect(told.counterexample?.[0].numRows).toBe(4);
  });

  it("come of functions that can be met by chance", () =>
    checkMeets(suite("s", [satisfies(["a", "b"], { function: "agree" })]), {
      functions: { agree: (a, b) => Math.abs(Number(a) - Number(b)) <= 1 },
    }));
});

describe("a suite without such tables", () => {
  const said = (make: () => unknown): string => {
    try {
      make();
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigError);
      return (error as Error).message;
    }
    return "nothing";
  };

  it("names rules that contradict each other, and no others", () => {
    const of = suite("s", [
      unique("id"),
      between("age", { min: 0, max: 9 }),
      between("age", { min: 10 }, { nulls: "fail" }),
      notNull("name"),
    ]);
    expect(said(() => arbitraryTable(of))).toBe(
      'suite "s": no table of 1,000 rows at most was found that meets between(age) (age is between 0 and 9) and between(age)#2 (age is at least 10) together',
    );
  });

  it("names a rule that nothing meets", () => {
    const of = suite("s", [unique("id"), satisfies("id", { function: "never", nulls: "fail" })]);
    const functions = { never: () => false };
    expect(said(() => arbitraryTable(of, { functions }))).toContain("that meets satisfies(id)");
  });

  it("names a rule that wants more rows than there may be", () => {
    const of = suite("s", [unique("id"), rowCount({ min: 2_000_000 })]);
    expect(said(() => arbitraryTable(of))).toContain("1,000 rows at most was found that meets rowCount (");
    expect(said(() => arbitraryTable(suite("s", [rowCount({ min: 9 })]), { maxRows: 8 }))).toContain(
      "8 rows",
    );
  });

  it("says which rule implies the one to break", () => {
    const of = suite("s", [between("age", { min: 0, max: 9 }), between("age", { min: -5 }), unique("id")]);
    expect(said(() => violatingTable(of, "between(age)#2"))).toBe(
      'suite "s": between(age)#2 (age is at least -5) can\'t be broken alone: every table tried that breaks it breaks between(age) (age is between 0 and 9) too',
    );
  });

  it("says that nothing breaks a rule", () => {
    const of = suite("s", [satisfies(["id"], { function: "always" }), unique("id")]);
    const functions = { always: () => true };
    expect(said(() => violatingTable(of, "satisfies(id)", { functions }))).toContain(
      "can't be broken alone: no table was found that breaks it",
    );
  });

  it("names what was not given, and rules that aren't there", () => {
    const of = suite("s", [satisfies(["id"], { function: "given" }), unique("id"), unique("key")]);
    expect(said(() => arbitraryTable(of))).toContain('no function "given" was given');
    const functions = { given: () => true };
    expect(said(() => violatingTable(of, "uniqe(id)", { functions }))).toContain('did you mean "unique(id)"');
    expect(said(() => violatingTable(of, "unique", { functions }))).toContain(
      '2 rules of suite "s" are called "unique": unique(id), unique(key)',
    );
    const drifting = suite("s", [noDrift("price", { baseline: "orders" })]);
    expect(said(() => arbitraryTable(drifting))).toContain('the baseline "orders", which wasn\'t given');
    const nested = suite("s", [notNull(["address", "city"])]);
    expect(said(() => arbitraryTable(nested))).toContain('"address.city", which lies inside a struct');
  });
});
