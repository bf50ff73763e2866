import {
  explain,
  lint,
  param,
  revalidate,
  rowCount,
  scalar,
  suite,
  suiteFromJson,
  suiteToJson,
  validate,
} from "veritable";
import { describe, expect, it } from "vitest";
import "../../src/testing/vitest.js";
import { outcomeOf } from "./outcomes.js";
import { tableOf } from "./tables.js";

const table = tableOf({ id: { type: "int32", values: [1, 2, 3] } });
const small = scalar("modelSizeMb", { atMost: 20 });
const sized = suite("model", [small]);

/** A source that can't be read without a test that fails. */
function unreadable() {
  return {
    async *[Symbol.asyncIterator]() {
      yield await Promise.reject(new Error("the data were read"));
    },
  };
}

it.each([
  [{ atMost: 20 }, 20, "pass", "modelSizeMb is at most 20"],
  [{ atMost: 20 }, 20.000001, "fail", "modelSizeMb is at most 20"],
  [{ atLeast: -1 }, -1, "pass", "modelSizeMb is at least -1"],
  [{ atLeast: -1 }, -1.5, "fail", "modelSizeMb is at least -1"],
  [{ atLeast: 1, atMost: 2 }, 1.5, "pass", "modelSizeMb is at least 1 and at most 2"],
  [{ atLeast: 1, atMost: 2 }, 0, "fail", "modelSizeMb is at least 1 and at most 2"],
  [{ atLeast: 1, atMost: 2 }, 3, "fail", "modelSizeMb is at least 1 and at most 2"],
] as const)("%j holds of %d: %s", async (bounds, value, status, claim) => {
  const outcome = await outcomeOf(table, scalar("modelSizeMb", bounds), { scalars: { modelSizeMb: value } });
  expect(outcome).toMatchObject({ status, expected: claim, evidence: "metadata", columns: [] });
  expect(outcome.observed).toEqual({ value, ...bounds });
});

it("refuses bounds that bound nothing, or that nothing meets", () => {
  expect(() => scalar("x", {})).toThrow("needs atLeast or atMost");
  expect(() => scalar("x", { atLeast: 2, atMost: 1 })).toThrow("atLeast 2 is above atMost 1");
  expect(() => scalar("", { atMost: 1 })).toThrow(/name/);
});

describe("a number that isn't given", () => {
  it("is missed by name, before any data are read", async () => {
    await expect(validate(unreadable(), sized, { scalars: { modelSizeMB: 12 } })).rejects.toMatchObject({
      name: "ConfigError",
      code: "config/missing-runtime-input",
      message: expect.stringContaining(
        'scalar names the scalar "modelSizeMb", which wasn\'t given; did you mean "modelSizeMB"?; validate takes it as scalars: { "modelSizeMb": number }',
      ),
      details: { unit: "scalar", parameter: "scalars", value: "modelSizeMb", choices: ["modelSizeMB"] },
    });
    await expect(validate(unreadable(), sized)).rejects.toMatchObject({
      code: "config/missing-runtime-input",
    });
    await expect(explain(table, sized)).rejects.toMatchObject({ code: "config/missing-runtime-input" });
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, "12", null, undefined, 12n])("is not %s", async (value) => {
    const scalars = { other: value } as unknown as Record<string, number>;
    await expect(
      validate(unreadable(), suite("s", [rowCount({ min: 1 })]), { scalars }),
    ).rejects.toMatchObject({
      code: "config/bad-value",
      message: expect.stringContaining('scalars: "other" is no finite number'),
    });
  });
});

it("reads no column", async () => {
  const explained = await explain(table, sized, { scalars: { modelSizeMb: 12 } });
  expect(explained.columnsRead).toEqual([]);
  expect(explained.expectations).toMatchObject([
    { type: "scalar", evidence: { atBest: "metadata", atWorst: "metadata" }, states: [] },
  ]);
});

it("is listed by lint among what a run has to be given", async () => {
  const twice = suite("s", [
    small,
    scalar("latencyMs", { atMost: 50 }),
    scalar("modelSizeMb", { atLeast: 1 }),
  ]);
  expect(await lint(twice)).toEqual([
    { level: "note", message: 'a run has to be given scalars: "modelSizeMb", "latencyMs"' },
  ]);
  expect((await lint(sized, table, { scalars: { modelSizeMb: 1 } })).map(({ level }) => level)).toEqual([
    "warning",
  ]);
});

it("takes parameters for its bounds and its name, and is stored as JSON", async () => {
  const open = suite("s", [scalar(param("which"), { atMost: param("most") })]);
  const read = suiteFromJson(JSON.parse(JSON.stringify(suiteToJson(open))));
  const given = { params: { which: "latencyMs", most: 40 } };
  const status = async (latencyMs: number) =>
    (await validate(table, read, { ...given, scalars: { latencyMs } })).status;
  expect([await status(40), await status(41)]).toEqual(["pass", "fail"]);
  await expect(validate(table, read, given)).rejects.toThrow('names the scalar "latencyMs"');
});

it("is judged by the matcher, and left alone where mended rows are judged again", async () => {
  await expect(table).toMeet(sized, { scalars: { modelSizeMb: 12 } });
  await expect(table).not.toMeet(sized, { scalars: { modelSizeMb: 21 } });
  const again = await revalidate(table, sized, { scalars: { modelSizeMb: 21 } });
  expect(again.outcomes[0]!.status).toBe("skipped");
});
