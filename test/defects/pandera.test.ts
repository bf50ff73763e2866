import {
  between,
  type Expectation,
  meanBetween,
  notNull,
  satisfies,
  schema,
  unique,
  uniqueTogether,
  type ValidateOptions,
  validate,
} from "veritable";
import { describe, expect, it } from "vitest";
import { makeSuite } from "../../src/suite/suite.js";
import { tableOf } from "../../src/testing/plainTable.js";

const table = tableOf({
  id: { type: "int64", values: [1, 2, 2, 4] },
  day: { type: "date32", values: ["2024-01-01", "2024-01-02", "2024-01-02", "2024-01-04"] },
  price: { type: "float64", values: [1, -2, 3, null] },
});

async function sides(expectation: Expectation, options: ValidateOptions = {}) {
  const run = await validate(table, makeSuite("s", [expectation], {}), options);
  const rows = async (side: typeof run.accepted) => Array.from((await side.table()).getChild("id")!, Number);
  return { status: run.status, accepted: await rows(run.accepted), quarantined: await rows(run.quarantined) };
}

const quarantine = { onFail: "quarantine" } as const;

/** What `drop_invalid_rows` on Arrow does with each of these: gives all rows back, and no error. */
describe("pandera 0.33 on Arrow", () => {
  it("duplicates of a column are moved", async () => {
    expect(await sides(unique("id", quarantine))).toEqual({
      status: "warn",
      accepted: [1, 4],
      quarantined: [2, 2],
    });
  });

  it("duplicates of several columns are moved", async () => {
    expect(await sides(uniqueTogether(["id", "day"], quarantine))).toEqual({
      status: "warn",
      accepted: [1, 4],
      quarantined: [2, 2],
    });
  });

  it("a column of another type fails", async () => {
    expect(await sides(schema({ id: "utf8", day: "date32", price: "float64?" }))).toMatchObject({
      status: "fail",
    });
  });

  it("a column that isn't there fails a schema, and is an error of every rule about it", async () => {
    expect(await sides(schema({ id: "int64", amount: "float64" }))).toMatchObject({ status: "fail" });
    expect(await sides(between("amount", { min: 0 }, quarantine))).toMatchObject({ status: "error" });
    expect(await sides(unique("amount", quarantine))).toMatchObject({ status: "error" });
  });

  it("a row that a check of one's own rejects is moved", async () => {
    const asked = satisfies(["price"], { ...quarantine, function: "isPositive" });
    const functions = { isPositive: (price: unknown) => Number(price) > 0 };
    expect(await sides(asked, { functions })).toEqual({
      status: "warn",
      accepted: [1, 2, 4],
      quarantined: [2],
    });
  });

  it("a check of one's own about the whole column fails", async () => {
    expect(await sides(meanBetween("price", { min: 5 }))).toEqual({
      status: "fail",
      accepted: [1, 2, 2, 4],
      quarantined: [],
    });
  });

  it("rows that a built-in rule rejects are moved, and no others", async () => {
    expect(await sides(between("price", { min: 0 }, quarantine))).toEqual({
      status: "warn",
      accepted: [1, 2, 4],
      quarantined: [2],
    });
    expect(await sides(notNull("price", quarantine))).toEqual({
      status: "warn",
      accepted: [1, 2, 2],
      quarantined: [4],
    });
  });

  it("rows that are equal in every column are told apart: no innocent row goes along", async () => {
    const twins = tableOf({ a: { type: "int32", values: [1, 9, 1, 9, 1] } });
    const suite = makeSuite("s", [unique("a", { ...quarantine, keep: "first" })], {});
    const run = await validate(twins, suite);
    expect(Array.from((await run.accepted.table()).getChild("a")!)).toEqual([1, 9]);
    expect(Array.from((await run.quarantined.table()).getChild("_row")!, Number)).toEqual([2, 3, 4]);
  });

  it("failing rows can be found, and their values keep their type", async () => {
    const suite = makeSuite("s", [between("price", { min: 0 })], {});
    const [outcome] = (await validate(table, suite, { keys: ["id", "day"] })).outcomes;
    expect(outcome?.sample?.items).toEqual([
      { row: 1, values: { price: -2 }, keys: { id: 2, day: "2024-01-02" } },
    ]);
  });

  it("failing rows are not all held in memory", async () => {
    const many = tableOf({ a: { type: "int32", values: new Array(50_000).fill(-1) } });
    const [outcome] = (await validate(many, makeSuite("s", [between("a", { min: 0 })], {}))).outcomes;
    expect(outcome?.sample?.items).toHaveLength(20);
    expect(outcome?.counts?.failed).toBe(50_000);
  });
});
