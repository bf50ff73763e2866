import fc from "fast-check";
import {
  between,
  type Expectation,
  increasing,
  lengthBetween,
  matches,
  meanBetween,
  notNull,
  oneOf,
  pairGreater,
  percent,
  renderTerminal,
  rowCount,
  rows,
  satisfies,
  schema,
  suiteFromJson,
  suiteToJson,
  unique,
  uniqueTogether,
  type ValidateOptions,
  ValidationError,
  validate,
} from "veritable";
import { describe, expect, it } from "vitest";
import "veritable/vitest";
import { makeSuite, type Suite } from "../../src/suite/suite.js";
import { tableOf } from "../../src/testing/plainTable.js";
import { anyCase, GIVEN } from "./anyCase.js";

const table = tableOf({
  id: { type: "int64", values: [1, 2, 3] },
  name: { type: "utf8", values: ["a", "b", "c"] },
  price: { type: "float64", values: [1, 2, 3] },
});

type Level = { readonly onFail?: "fail" | "warn" | "quarantine"; readonly mostly?: number };
type Make = (level: Level) => Expectation;

const throws = (): boolean => {
  throw new Error("no answer");
};
const promises = (async () => true) as unknown as () => boolean;

/** Everything that can't be evaluated on the table, whatever it would say of the rows. */
const unanswerable: readonly (readonly [
  name: string,
  make: Make,
  functions?: ValidateOptions["functions"],
])[] = [
  ["a missing column, row by row", (level) => between("idd", { min: 0 }, level)],
  ["a missing column, by key", (level) => unique("idd", level)],
  ["a missing column among keys", (level) => uniqueTogether(["id", "idd"], level)],
  ["a missing column of a pair", (level) => pairGreater("id", "idd", level)],
  ["a missing column in a condition", (level) => notNull("id", { ...level, when: { idd: { gt: 0 } } })],
  ["a column without such a field", (level) => notNull(["name", "first"], level)],
  ["a bound of another type", (level) => between("id", { min: "a" }, level)],
  ["a value of another type in a set", (level) => oneOf("price", [1, "one"], level)],
  ["a pattern on numbers", (level) => matches("id", "^1", level)],
  ["a length of numbers", (level) => lengthBetween("price", { max: 3 }, level)],
  ["a pair of different kinds", (level) => pairGreater("id", "name", level)],
  ["a condition of another type", (level) => notNull("id", { ...level, when: { name: { gt: 1 } } })],
  ["a function that throws", (level) => satisfies(["id"], { ...level, function: "f" }), { f: throws }],
  [
    "a function that throws once",
    (level) => satisfies(["id"], { ...level, function: "f" }),
    { f: (id) => id !== 2n || throws() },
  ],
  ["a function that promises", (level) => satisfies(["id"], { ...level, function: "f" }), { f: promises }],
];

const levels: readonly Level[] = [
  {},
  { onFail: "warn" },
  { onFail: "quarantine" },
  { mostly: 0 },
  { mostly: 0, onFail: "quarantine" },
];

function check(suite: Suite, options: ValidateOptions) {
  return async () => {
    const run = await validate(table, suite, options);
    const [{ id, status, error }] = run.outcomes.filter((outcome) => outcome.id === "asked") as [
      (typeof run.outcomes)[0],
    ];
    expect([run.status, status]).toEqual(["error", "error"]);
    expect(error?.code).toMatch(/^(config|engine)\//);
    expect(() => run.orThrow()).toThrow(ValidationError);
    for (const level of ["status", "counts", "sample", "full"] as const) {
      const json = run.toJSON({ level });
      expect(json.status).toBe("error");
      expect(json.outcomes.find((outcome) => outcome.id === id)?.status).toBe("error");
      expect(json.summary.error).toBe(1);
    }
    expect(renderTerminal(run.toJSON(), { color: false })).toMatch(/^\S+ ERROR/);
    await expect(expect(table).toMeet(suite, options)).rejects.toThrow(/could not be evaluated/);
    await expect(expect(table).not.toMeet(suite, options)).rejects.toThrow(/could not be evaluated/);
  };
}

for (const [what, make, functions] of unanswerable) {
  describe(`${what} is never a pass`, () => {
    for (const level of levels) {
      const asked = make({ ...level, id: "asked" } as Level);
      const options = functions ? { functions } : {};
      it(`alone, with ${JSON.stringify(level)}`, check(makeSuite("s", [asked], {}), options));
      const others = [
        rowCount({ min: 1 }),
        asked,
        notNull("id"),
        between("price", { max: 2 }, { onFail: "quarantine" }),
      ];
      it(
        `among others, with ${JSON.stringify(level)}`,
        check(makeSuite("s", others, {}), { ...options, sample: 0 }),
      );
    }

    it("from a stored suite", () => {
      const stored = suiteToJson(makeSuite("s", [make({ id: "asked" } as Level)], {}));
      return check(suiteFromJson(JSON.parse(JSON.stringify(stored))), functions ? { functions } : {})();
    });

    it("with everything redacted", () => {
      const suite = makeSuite("s", [make({ id: "asked" } as Level)], {});
      const redact = { id: "drop", name: "hash", price: "mask" } as const;
      return check(suite, { ...(functions ? { functions } : {}), redact })();
    });
  });
}

describe("what isn't about rows", () => {
  it.each<[name: string, asked: Expectation, code: string]>([
    [
      "an aggregate of a missing column",
      meanBetween("prise", { min: 0 }, { id: "asked" }),
      "config/unknown-name",
    ],
    [
      "an aggregate that may be empty",
      meanBetween("prise", { min: 0 }, { id: "asked", onEmpty: "pass" }),
      "config/unknown-name",
    ],
    ["an aggregate that doesn't fit", meanBetween("name", { min: 0 }, { id: "asked" }), "config/bad-value"],
    ["an order of a missing column", increasing("prise", { id: "asked" }), "config/unknown-name"],
    [
      "a count by a missing column",
      rowCount({ min: 0 }, { id: "asked", when: { prise: { gt: 0 } } }),
      "config/unknown-name",
    ],
  ])("%s", async (_, asked, code) => {
    await check(makeSuite("s", [asked], {}), {})();
    const run = await validate(table, makeSuite("s", [asked], {}));
    expect(run.outcomes[0]!.error?.code).toBe(code);
  });

  it("a missing column or another type is a schema's plain failure", async () => {
    const suite = makeSuite("s", [schema({ idd: "int64?", name: "int32" })], {});
    const run = await validate(table, suite);
    expect([run.status, run.outcomes[0]!.status]).toEqual(["fail", "fail"]);
    expect(() => run.orThrow()).toThrow(/"idd" is missing.*"name" is utf8, not int32/);
    await expect(table).not.toMeet(suite);
  });
});

it("on any rows and among any rules, what can't be evaluated is an error", async () => {
  const unmet: readonly ((level: object) => Expectation)[] = [
    (level) => notNull("nobody", level),
    (level) => between("name", { min: 1 }, level),
    (level) => matches("qty", "^1", level),
    (level) => notNull("qty", { ...level, when: { nobody: { gt: 1 } } }),
    (level) => unique("nobody", level),
  ];
  const cases = fc.tuple(anyCase, fc.constantFrom(...unmet), fc.constantFrom(...levels), fc.nat());
  await fc.assert(
    fc.asyncProperty(cases, async ([{ table, suite }, make, level, at]) => {
      const rules = [...suite.expectations];
      rules.splice(at % (rules.length + 1), 0, make({ ...level, id: "asked" }));
      const run = await validate(table, makeSuite("s", rules, { allowEmpty: true }), GIVEN);
      expect(run.status).toBe("error");
      expect(run.outcomes.find(({ id }) => id === "asked")!.status).toBe("error");
      expect(() => run.orThrow()).toThrow(ValidationError);
    }),
    { numRuns: 60 },
  );
});

it("on no rows at all, a missing column is still no pass", async () => {
  const suite = makeSuite("s", [notNull("idd")], { allowEmpty: true });
  expect((await validate(table.slice(0, 0), suite)).status).toBe("error");
});

it("a level that tolerates rows tolerates no error", async () => {
  const tolerate = { warn: rows(100), fail: percent(100) };
  const suite = makeSuite("s", [satisfies(["id"], { function: "f", tolerate })], {});
  const run = await validate(table, suite, { functions: { f: throws } });
  expect([run.status, run.outcomes[0]!.counts?.failed]).toEqual(["error", 3]);
});

it("a function that throws on some rows is asked of the others", async () => {
  const seen: unknown[] = [];
  const f = (id: unknown): boolean => {
    seen.push(id);
    return id === 2n ? throws() : id !== 3n;
  };
  const suite = makeSuite("s", [satisfies(["id"], { function: "f" })], {});
  const run = await validate(table, suite, { functions: { f } });
  expect(seen).toEqual([1n, 2n, 3n]);
  expect(run.outcomes[0]).toMatchObject({
    status: "error",
    counts: { judged: 3, failed: 2 },
    sample: { items: [{ row: 1, reason: "threw: no answer" }, { row: 2 }] },
  });
});
