import { describe, expect, it } from "vitest";
import {
  anyOf,
  between,
  increasing,
  matches,
  not,
  notNull,
  oneOf,
  rowCount,
  satisfies,
  unique,
} from "../../src/expectations/index.js";
import type { RowExpectation } from "../../src/expectations/unit/expectation.js";
import { make } from "../../src/expectations/unit/make.js";
import { failedRows, outcomeOf, sameOutcome, seen } from "./outcomes.js";

const people = {
  email: { type: "utf8", values: ["a@b.c", "nobody", null, null, "nobody", null] },
  age: { type: "int32", values: [40, 8, 8, 40, null, null] },
};
const reachable = [matches("email", /@/), between("age", { max: 12 })] as const;

describe("anyOf", () => {
  it("passes what meets a member, fails what breaks all, and skips what no member settles", async () => {
    // By row: yes; no or yes; unknown or yes; unknown or no; no or unknown; unknown or unknown.
    expect(seen(await sameOutcome(people, anyOf(reachable)))).toEqual({
      status: "pass",
      nulls: 3,
      judged: 3,
      failing: [],
    });
    expect(
      seen(await sameOutcome(people, anyOf([matches("email", /@/), between("age", { max: 5 })]))),
    ).toEqual({
      status: "fail",
      nulls: 4,
      judged: 2,
      failed: 1,
      failing: [1],
    });
  });

  it("fails what no member settles on request, of the whole or of a member", async () => {
    expect(failedRows(await sameOutcome(people, anyOf(reachable, { nulls: "fail" })))).toEqual([3, 4, 5]);
    const strict = anyOf([
      matches("email", /@/, { nulls: "fail" }),
      between("age", { max: 12 }, { nulls: "fail" }),
    ]);
    expect(failedRows(await sameOutcome(people, strict))).toEqual([3, 4, 5]);
  });

  it("honours the options nan and when of its members", async () => {
    const cells = {
      x: { type: "float64", values: [Number.NaN, Number.NaN, 1] },
      on: { type: "bool", values: [true, false, true] },
    };
    const failing = async (member: RowExpectation) => failedRows(await sameOutcome(cells, anyOf([member])));
    expect(await failing(between("x", { min: 0 }))).toEqual([0, 1]);
    expect(await failing(between("x", { min: 0 }, { nan: "skip" }))).toEqual([]);
    expect(await failing(between("x", { min: 0 }, { nan: "null", nulls: "fail" }))).toEqual([0, 1]);
    expect(await failing(between("x", { min: 0 }, { when: { on: { eq: true } } }))).toEqual([0]);
  });

  it("takes members made of members, and functions", async () => {
    const functions = { isOld: (age: unknown) => Number(age) > 30 };
    const nested = anyOf([anyOf([notNull("email")]), satisfies(["age"], { function: "isOld" })]);
    const outcome = await sameOutcome(people, nested, { functions });
    expect(seen(outcome)).toEqual({ status: "fail", nulls: 1, judged: 5, failed: 1, failing: [2] });
  });

  it("counts a function that throws against the row, and is an error", async () => {
    const functions = {
      never: () => {
        throw new Error("no");
      },
    };
    const outcome = await outcomeOf(
      people,
      anyOf([notNull("email"), satisfies(["age"], { function: "never" })]),
      {
        functions,
      },
    );
    expect(outcome.status).toBe("error");
    expect(failedRows(outcome)).toEqual([2, 3]);
    expect(outcome.sample?.items[0]?.reason).toBe("threw: no");
  });

  it("names its members and their columns", async () => {
    const outcome = await outcomeOf(people, anyOf(reachable));
    expect(outcome.columns).toEqual(["email", "age"]);
    expect(outcome.expected).toBe("any of: email matches /@/; age is at most 12");
    const described = anyOf([notNull("email", { description: "can be written to" })]);
    expect((await outcomeOf(people, described)).expected).toBe("any of: can be written to");
  });

  it("quarantines, tolerates and asks by condition as a whole", async () => {
    const expectation = anyOf([between("age", { max: 5 })], {
      onFail: "quarantine",
      when: { email: { isNull: false } },
      mostly: 0.5,
    });
    expect(seen(await sameOutcome(people, expectation))).toMatchObject({
      status: "warn",
      excluded: 3,
      judged: 2,
    });
  });

  it("passes empty tables and columns without values", async () => {
    const empty = { email: { type: "utf8", values: [] }, age: { type: "int32", values: [] } };
    expect((await sameOutcome(empty, anyOf(reachable))).status).toBe("pass");
    const nulls = { email: { type: "utf8", values: [null] }, age: { type: "null", values: [null] } };
    expect(seen(await sameOutcome(nulls, anyOf(reachable)))).toMatchObject({ status: "pass", nulls: 1 });
  });

  it("refuses members that no row can be held to by itself", () => {
    // @ts-expect-error unique is about other rows too
    expect(() => anyOf([notNull("a"), unique("a")])).toThrow(
      /of\[1\]: unique can't be judged on a row by itself/,
    );
    // @ts-expect-error increasing is about other rows too
    expect(() => anyOf([increasing("a")])).toThrow(/of\[0\]: increasing/);
    // @ts-expect-error rowCount is about the table
    expect(() => anyOf([rowCount({ min: 1 })])).toThrow(/of\[0\]: rowCount/);
    expect(() => anyOf([])).toThrow(/needs a member/);
  });

  it("refuses options of members that say what breaking them means, naming the member's path", () => {
    const refused = [
      notNull("a", { id: "mine" }),
      notNull("a", { onFail: "warn" }),
      notNull("a", { mostly: 0.5 }),
      notNull("a", { tolerate: { warn: { rows: 1 } } }),
      notNull("a", { onEmpty: "fail" }),
      notNull("a", { tags: ["x"] }),
      notNull("a", { meta: { x: 1 } }),
    ];
    for (const member of refused) {
      const build = () => anyOf([oneOf("b", [1]), not(member)]);
      expect(build).toThrow(
        expect.objectContaining({
          code: "config/unsupported-option",
          message: expect.stringMatching(/^not of: notNull can't take "\w+" inside another expectation/),
        }),
      );
    }
    const inner = { type: "not", of: { type: "notNull", column: "a", mostly: 1 } };
    expect(() => make(anyOf.unit, { of: [{ type: "notNull", column: "a" }, inner] })).toThrow(
      expect.objectContaining({
        code: "config/unsupported-option",
        message: expect.stringMatching(/^anyOf of\[1\]: not of: notNull can't take "mostly"/),
      }),
    );
  });

  it("refuses stored members that are wrong in themselves, naming path and parameter", () => {
    const build = (member: object) => () => make(anyOf.unit, { of: [member] });
    expect(build({ type: "betwen", column: "x" })).toThrow(
      /of\[0\]: no expectation is called "betwen"; did you mean "between"/,
    );
    expect(build({ type: "between", column: "x" })).toThrow(/of\[0\]: between\("x"\) needs min/);
    expect(build({ column: "x" })).toThrow(/of\[0\]: is no expectation: it has no type/);
    expect(build({ type: "notNull", column: "x", colour: 1 })).toThrow(/of\[0\]: .*no option "colour"/);
  });
});
