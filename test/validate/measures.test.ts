import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { mergeProfiles } from "../../src/drift/mergeProfiles.js";
import { readProfile, writeProfile } from "../../src/drift/profileCodec.js";
import { accuracy, bias, mae, notNull } from "../../src/expectations/index.js";
import type { NotWorseThan } from "../../src/expectations/unit/model/threshold.js";
import { modelDrift } from "../../src/suite/modelDrift.js";
import { suite } from "../../src/suite/suite.js";
import { baselineStore } from "../../src/validate/baselineStore.js";
import { profile } from "../../src/validate/profile.js";
import { validate } from "../../src/validate/validate.js";
import { told } from "../expectations/models.js";
import { outcomeOf } from "../expectations/outcomes.js";
import { tableOf } from "../expectations/tables.js";

const columns = { label: "y", prediction: "yhat" } as const;

/** So many rows of each group, of which the first ones are right. */
function rows(groups: Readonly<Record<string, readonly [right: number, wrong: number]>>) {
  const all = Object.entries(groups).flatMap(([g, [right, wrong]]) =>
    Array.from({ length: right + wrong }, (_, i) => ({ g, off: i < right ? 0 : 1 })),
  );
  return {
    g: { type: "utf8", values: all.map(({ g }) => g) },
    y: { type: "int32", values: all.map((_, i) => i % 7) },
    yhat: { type: "int32", values: all.map(({ off }, i) => (i % 7) + off) },
  };
}

const before = rows({ a: [90, 10], b: [50, 50] });
const kept = (notWorseThan: Partial<NotWorseThan>, more = {}) =>
  accuracy(columns, { notWorseThan: { baseline: "v1", ...notWorseThan }, ...more });

describe("a baseline of a model", () => {
  it("keeps what expectations measured, through its file", async () => {
    const measures = [kept({}, { by: "g" }), mae(columns, { atMost: 1 })];
    const made = await profile(tableOf(before), { columns: [], measures });
    expect(made.measures).toEqual([
      {
        type: "accuracy",
        of: columns,
        value: 0.7,
        rows: 200,
        by: "g",
        slices: [
          { slice: "a", value: 0.9, rows: 100 },
          { slice: "b", value: 0.5, rows: 100 },
        ],
      },
      { type: "mae", of: columns, value: expect.closeTo(0.3, 12), rows: 200 },
    ]);
    expect(readProfile(writeProfile(made))).toEqual(made);
    const edited = writeProfile(made).replace('"value":0.7', '"value":0.1');
    expect(() => readProfile(edited)).toThrow(/changed by hand/);
    expect(() => mergeProfiles([made, made])).toThrow(/can't be put together/);
    const folder = await mkdtemp(join(tmpdir(), "measures-"));
    try {
      const store = baselineStore(folder);
      await store.put("v1", made);
      const run = await validate(tableOf(before), suite("s", measures), { baselines: store });
      expect(run.outcomes.map(({ status }) => status)).toEqual(["pass", "pass"]);
      expect(told(run.outcomes[0]!).baseline).toBe(0.7);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("bounds how much worse a score, and each slice's, may be", async () => {
    const v1 = await profile(tableOf(before), {
      measures: [kept({}, { by: "g" }), kept({}, { when: { g: { eq: "a" } } })],
    });
    const of = (groups: Parameters<typeof rows>[0], expectation = kept({ by: 0.05 }, { by: "g" })) =>
      outcomeOf(rows(groups), expectation, { baselines: { v1 } });
    const statusOf = async (...args: Parameters<typeof of>) => (await of(...args)).status;
    expect(await statusOf({ a: [86, 14], b: [46, 54] })).toBe("pass");
    // Better as a whole, and worse in a slice.
    const slice = await of({ a: [84, 16], b: [90, 10] });
    expect([slice.status, slice.message]).toEqual(["fail", "out of bounds in 1 of 2 slices"]);
    expect(told(slice).slices!.shown).toMatchObject([
      { slice: "a", value: 0.84, atLeast: expect.closeTo(0.85, 12) },
    ]);
    // A slice that the baseline never saw.
    expect(await statusOf({ a: [90, 10], b: [50, 50], c: [100, 0] })).toBe("warn");
    expect(await statusOf({ a: [69, 31] }, kept({}))).toBe("fail");
    expect(await statusOf({ a: [70, 30] }, kept({}))).toBe("pass");
    expect(await statusOf({ a: [64, 36] }, kept({ relative: 0.1 }))).toBe("pass");
    expect(await statusOf({ a: [62, 38] }, kept({ relative: 0.1 }))).toBe("fail");
    expect(await statusOf({ a: [89, 11] }, kept({}, { when: { g: { eq: "a" } } }))).toBe("fail");
  });

  it("that lacks the measure, or its slices, makes the outcome an error", async () => {
    const v1 = await profile(tableOf(before), { measures: [kept({})] });
    for (const expectation of [
      kept({}, { by: "g" }),
      mae(columns, { notWorseThan: { baseline: "v1" } }),
      kept({}, { when: { g: { eq: "a" } } }),
    ]) {
      const outcome = await outcomeOf(before, expectation, { baselines: { v1 } });
      expect([outcome.status, outcome.error?.code]).toEqual(["error", "config/unknown-name"]);
      expect(outcome.message).toMatch(/profile\(source, \{ measures/);
    }
    await expect(outcomeOf(before, kept({}))).rejects.toMatchObject({ code: "config/missing-runtime-input" });
  });

  it("holds a lower score, and a bias, the other way round", async () => {
    const of = (errors: readonly number[]) => ({
      y: { type: "float64", values: errors.map(() => 0) },
      yhat: { type: "float64", values: errors },
    });
    const measures = [
      mae(columns, { notWorseThan: { baseline: "v1", by: 0.5 } }),
      bias(columns, { notWorseThan: { baseline: "v1", by: 0.5 } }),
    ];
    const v1 = await profile(tableOf(of([-1, -1])), { measures });
    const statuses = async (errors: readonly number[]) => {
      const run = await validate(tableOf(of(errors)), suite("s", measures), { baselines: { v1 } });
      return run.outcomes.map(({ status }) => status);
    };
    expect(await statuses([-1.5, -1.5])).toEqual(["pass", "pass"]);
    expect(await statuses([-1.6, -1.6])).toEqual(["fail", "fail"]);
    expect(await statuses([1.5, 1.5])).toEqual(["pass", "pass"]);
    expect(await statuses([2, -2])).toEqual(["fail", "pass"]);
  });

  it("tells no slices that its privacy mode hides", async () => {
    const table = tableOf(rows({ a: [9, 1], b: [2, 1] }));
    const slicesUnder = async (privacy: Parameters<typeof profile>[1] & object) =>
      (await profile(table, { ...privacy, measures: [kept({}, { by: "g" })] })).measures![0]!.slices!.map(
        ({ slice }) => slice,
      );
    expect(await slicesUnder({})).toEqual(["a", "b"]);
    expect(await slicesUnder({ privacy: { mode: "kAnonymous", k: 5 } })).toEqual(["a"]);
    expect(await slicesUnder({ privacy: "binsOnly" })).toEqual([]);
  });

  it("is refused what measures nothing, or what isn't there", async () => {
    await expect(profile(tableOf(before), { measures: [notNull("y")] })).rejects.toThrow(
      /notNull measures nothing/,
    );
    const gone = accuracy({ label: "z", prediction: "yhat" }, { atLeast: 0 });
    await expect(profile(tableOf(before), { measures: [gone] })).rejects.toThrow(/no column "z"/);
    await expect(profile(tableOf(before), { measures: [{ type: "accuracy" }] as never })).rejects.toThrow(
      /expected a suite/,
    );
  });
});

describe("modelDrift", () => {
  it("fails a prediction that moved, and warns of a feature", async () => {
    const of = (by: number, age: number) =>
      tableOf({
        p: { type: "float64", values: Array.from({ length: 2000 }, (_, i) => (i % 100) / 100 + by) },
        age: { type: "float64", values: Array.from({ length: 2000 }, (_, i) => (i % 89) + age) },
      });
    const train = await profile(of(0, 0));
    const drift = suite("model", [...modelDrift({ baseline: "train", prediction: "p", features: ["age"] })]);
    const statuses = async (by: number, age: number) => {
      const run = await validate(of(by, age), drift, { baselines: { train } });
      return run.outcomes.map(({ status }) => status);
    };
    expect(await statuses(0, 0)).toEqual(["pass", "pass"]);
    expect(await statuses(0.3, 60)).toEqual(["fail", "warn"]);
    expect(() => modelDrift({ baseline: "train" })).toThrow(/names no column/);
  });
});
