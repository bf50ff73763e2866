import { describe, expect, it } from "vitest";
import { accuracy, mae, rocAuc } from "../../../src/expectations/index.js";
import type { SliceBounds, Threshold } from "../../../src/expectations/unit/model/threshold.js";
import { proportionInterval } from "../../../src/stats/index.js";
import { told } from "../models.js";
import { outcomeOf } from "../outcomes.js";
import type { Cells } from "../tables.js";

const columns = { label: "y", prediction: "yhat" } as const;

/** Rows of slices: how many of each are right, and how many wrong. */
function sliced(
  counts: Readonly<Record<string, readonly [right: number, wrong: number]>>,
  type = "utf8",
): Cells {
  const rows = Object.entries(counts).flatMap(([slice, [right, wrong]]) =>
    Array.from({ length: right + wrong }, (_, i) => ({ slice, isRight: i < right })),
  );
  const cellOf = (slice: string) => (slice === "null" ? null : type === "utf8" ? slice : Number(slice));
  return {
    country: { type, values: rows.map(({ slice }) => cellOf(slice)) },
    y: { type: "int8", values: rows.map(() => 1) },
    yhat: { type: "int8", values: rows.map(({ isRight }) => Number(isRight)) },
  };
}

const judged = async (cells: Cells, threshold: Threshold, options = {}) => {
  const outcome = await outcomeOf(cells, accuracy(columns, threshold, options));
  return { outcome, status: outcome.status, message: outcome.message, slices: told(outcome)?.slices };
};

describe("a threshold", () => {
  it("is inclusive on either side", async () => {
    const cells = sliced({ FR: [9, 1] });
    for (const [threshold, status] of [
      [{ atLeast: 0.9 }, "pass"],
      [{ atLeast: 0.9001 }, "fail"],
      [{ atMost: 0.9 }, "pass"],
      [{ atMost: 0.8999 }, "fail"],
      [{ atLeast: 0.8, atMost: 0.95 }, "pass"],
    ] as const) {
      expect((await judged(cells, threshold)).status, JSON.stringify(threshold)).toBe(status);
    }
  });

  it("says nothing below the rows it wants, and what that means is the author's word", async () => {
    const cells = sliced({ FR: [5, 5] });
    for (const [inconclusive, status] of [
      [undefined, "warn"],
      ["pass", "pass"],
      ["fail", "fail"],
    ] as const) {
      const threshold = { atLeast: 0.9, minRows: 11, ...(inconclusive ? { inconclusive } : {}) };
      const { outcome, message } = await judged(cells, threshold);
      expect([outcome.status, message]).toEqual([status, "inconclusive: fewer than 11 rows"]);
      expect(told(outcome)).toMatchObject({ value: 0.5, rows: 10 });
    }
    const enough = await judged(cells, { atLeast: 0.9, minRows: 10 });
    expect(enough.status).toBe("fail");
    const warns = await judged(
      cells,
      { atLeast: 0.9, minRows: 11, inconclusive: "fail" },
      { onFail: "warn" },
    );
    expect(warns.status).toBe("warn");
  });

  it("with a confidence is met, broken or open by the bounds", async () => {
    const cells = sliced({ FR: [80, 20] });
    const [lower, upper] = proportionInterval(80, 100, 0.95)!;
    for (const [atLeast, status] of [
      [0.7, "pass"],
      [0.8, "warn"],
      [0.85, "warn"],
      [0.9, "fail"],
    ] as const) {
      const { outcome } = await judged(cells, { atLeast, confidence: 0.95 } as Threshold);
      expect(outcome.status, String(atLeast)).toBe(status);
      expect(told(outcome)).toMatchObject({
        lower,
        upper,
      });
    }
    const above = await judged(cells, { atMost: 0.7, confidence: 0.95 } as Threshold);
    expect(above.status).toBe("fail");
  });

  it("counts rows without a label or a prediction, and says so", async () => {
    const cells = {
      y: { type: "utf8", values: ["a", null, null, "b", "b"] },
      yhat: { type: "utf8", values: ["a", "a", null, null, "b"] },
    };
    const { outcome } = await judged(cells, { atLeast: 1 });
    expect([outcome.status, outcome.message]).toEqual([
      "pass",
      "within bounds (2 unlabelled, 1 unpredicted)",
    ]);
    expect(told(outcome)).toMatchObject({ rows: 2, unlabelled: 2, unpredicted: 1 });
    const none = await judged(
      { y: { type: "utf8", values: [null] }, yhat: { type: "utf8", values: ["a"] } },
      { atLeast: 0 },
    );
    expect([none.status, none.message]).toEqual(["fail", "no row to score (1 unlabelled)"]);
  });

  it("of a score that NaN spoils is broken, unless nan says otherwise", async () => {
    const cells = {
      y: { type: "float64", values: [1, Number.NaN, 2, null] },
      yhat: { type: "float64", values: [1, 1, Number.NaN, Number.NaN] },
    };
    for (const make of [accuracy, mae]) {
      const of = async (nan: "fail" | "skip" | "null") => {
        const outcome = await outcomeOf(cells, make(columns, { atLeast: 0 }, { nan }));
        return [
          outcome.status,
          told(outcome).rows,
          told(outcome).unlabelled,
          told(outcome).unpredicted,
          told(outcome).nan,
        ];
      };
      expect(await of("fail")).toEqual(["fail", 1, 1, 0, 2]);
      expect(await of("skip")).toEqual(["pass", 1, 1, 0, 2]);
      expect(await of("null")).toEqual(["pass", 1, 2, 1, 0]);
    }
  });

  it("that can't be meant is refused", () => {
    const bad: readonly [Threshold, RegExp][] = [
      [{}, /needs atLeast, atMost or notWorseThan/],
      [{ atLeast: 0.9, atMost: 0.8 }, /atLeast 0.9 is above atMost 0.8/],
      [{ atLeast: 0.9, slices: { FR: { atLeast: 0.8 } } }, /slices only with by/],
      [
        { atLeast: 0.9, by: "country", slices: { FR: { atMost: 0.8 } } },
        /slices: "FR": atLeast 0.9 is above/,
      ],
      [{ notWorseThan: { baseline: "v1", by: 1, relative: 1 } }, /by or relative, not both/],
      [{ atLeast: 0.9, minRows: 0 }, /minRows/],
    ];
    for (const [threshold, message] of bad) expect(() => accuracy(columns, threshold)).toThrow(message);
    // @ts-expect-error a score is no row
    expect(() => accuracy(columns, { atLeast: 1 }, { onFail: "quarantine" })).toThrow(
      /isn't about single rows/,
    );
  });
});

describe("slices", () => {
  it("are judged each, and the worst are shown first", async () => {
    const cells = sliced({ FR: [9, 1], US: [99, 1], DE: [2, 2], null: [3, 7] });
    const { status, message, slices } = await judged(cells, { atLeast: 0.9, minRows: 10, by: "country" });
    expect([status, message]).toEqual(["fail", "out of bounds in 1 of 4 slices"]);
    expect(slices).toMatchObject({ total: 4, broken: 1, inconclusive: 1 });
    expect(slices!.shown).toEqual([
      { slice: null, verdict: "broken", value: 0.3, rows: 10, atLeast: 0.9 },
      { slice: "DE", verdict: "inconclusive", why: "fewer than 10 rows", value: 0.5, rows: 4, atLeast: 0.9 },
    ]);
  });

  it("have bounds of their own, and one that isn't there is no pass", async () => {
    const cells = sliced({ FR: [85, 15], US: [100, 0] });
    const own = async (slices: Record<string, SliceBounds>) =>
      judged(cells, { atLeast: 0.9, by: "country", slices });
    expect((await own({})).status).toBe("fail");
    expect((await own({ FR: { atLeast: 0.85 } })).status).toBe("pass");
    expect((await own({ FR: { minRows: 101 } })).status).toBe("warn");
    const absent = await own({ FR: { atLeast: 0.85 }, IT: { atLeast: 0.5 } });
    expect([absent.status, absent.message]).toEqual([
      "warn",
      "inconclusive: nobody can tell of 1 of 3 slices",
    ]);
    expect(absent.slices!.shown).toEqual([
      { slice: "IT", verdict: "inconclusive", why: "no such slice", rows: 0 },
    ]);
  });

  it("are shown as far as twenty, and counted all", async () => {
    const many = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [String(i), [0, 1] as const]));
    const { slices } = await judged(sliced(many, "int32"), { atLeast: 0.9, by: "country" });
    expect([slices!.total, slices!.broken, slices!.shown!.length]).toEqual([30, 30, 20]);
    expect(slices!.shown![0]!.slice).toBe(0);
  });

  it("are too many beyond a thousand, and of a column that isn't one of values", async () => {
    const many = Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [String(i), [1, 0] as const]));
    const over = await judged(sliced(many, "int32"), { atLeast: 0.9, by: "country" });
    expect([over.status, over.outcome.error?.code]).toEqual(["error", "config/bad-value"]);
    expect(over.message).toMatch(/more than 1,000 values/);
    const cells = { ...sliced({ FR: [1, 0] }), raw: { type: "binary", values: ["AA=="] } };
    expect((await judged(cells, { atLeast: 0.9, by: "raw" })).message).toMatch(/doesn't fit "raw"/);
    expect((await judged(cells, { atLeast: 0.9, by: "nowhere" })).outcome.error?.code).toBe(
      "config/unknown-name",
    );
  });

  it("of any score are what a condition on the slice says of it", async () => {
    const cells = {
      g: { type: "bool", values: [true, false, true, true, false, false, true] },
      y: { type: "float64", values: [1, 0, 0, 1, 1, 0, 1] },
      yhat: { type: "float64", values: [0.9, 0.2, 0.4, 0.3, 0.8, 0.9, 0.4] },
    };
    const scored = { label: "y", score: "yhat" } as const;
    for (const make of [
      (threshold: Threshold, options: object) => mae(columns, threshold, options),
      (threshold: Threshold, options: object) => rocAuc(scored, { positive: 1, ...threshold }, options),
    ]) {
      const outcome = await outcomeOf(cells, make({ atMost: -1, by: "g" }, {}));
      for (const one of told(outcome).slices!.shown!) {
        const alone = await outcomeOf(cells, make({ atMost: -1 }, { when: { g: { eq: one.slice } } }));
        expect(one).toMatchObject({ value: told(alone).value, rows: told(alone).rows });
      }
      expect(told(outcome).slices!.shown!.map(({ slice }) => slice)).toEqual([false, true]);
    }
  });
});
