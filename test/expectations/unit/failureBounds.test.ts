import { describe, expect, it } from "vitest";
import { notNull } from "../../../src/expectations/index.js";
import { judgeTally } from "../../../src/expectations/unit/level.js";
import { percent, rows } from "../../../src/expectations/unit/options.js";

function tally(judged: number, failed: number) {
  return { rows: judged, excluded: 0, ignored: 0, nan: 0, nulls: 0, judged, failed, missing: 0 };
}

describe("rows and percent", () => {
  it("are different things, so that 1 is never 100 %", () => {
    const status = (fail: ReturnType<typeof rows> | ReturnType<typeof percent>) =>
      judgeTally(tally(5, 2), { tolerate: { fail } }).status;
    expect(status(rows(1))).toBe("fail");
    expect(status(rows(3))).toBe("pass");
    expect(status(percent(1))).toBe("fail");
    expect(status(percent(100))).toBe("pass");
  });

  it("refuse what is no such bound with a ConfigError", () => {
    const error = expect.objectContaining({ code: "config/bad-value", name: "ConfigError" });
    for (const count of [0, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => rows(count)).toThrow(error);
    for (const share of [0, -1, 100.1, Number.NaN]) expect(() => percent(share)).toThrow(error);
    expect(() => rows(0)).toThrow("rows(0): it takes a whole number from 1 on");
  });

  it("trigger inclusively, on shares that doubles round too", () => {
    for (const [share, failed, judged] of [
      [0.07, 7, 10_000],
      [0.1, 1, 1000],
      [0.3, 3, 1000],
      [1.1, 11, 1000],
      [33.3, 333, 1000],
    ] as const) {
      const at = judgeTally(tally(judged, failed), { tolerate: { fail: percent(share) } });
      const below = judgeTally(tally(judged, failed - 1), { tolerate: { fail: percent(share) } });
      expect([at.status, below.status], `${share} %`).toEqual(["fail", "pass"]);
    }
    expect(judgeTally(tally(10, 0), { tolerate: { fail: percent(0.001) } }).status).toBe("pass");
  });
});

describe("meta", () => {
  it("is whatever JSON can hold, and nothing else", () => {
    expect(notNull("x", { meta: { a: [1, { b: null }] } }).meta).toEqual({ a: [1, { b: null }] });
    expect(() => notNull("x", { meta: { a: () => 1 } })).toThrow(/meta/);
  });
});
