import { describe, expect, it } from "vitest";
import { exitCodeOfError, exitCodeOfRun } from "../../src/cli/exitCodes.js";
import { ConfigError, EngineError, InputError } from "../../src/errors/index.js";
import type { RunJson } from "../../src/results/run.js";
import { ordersRun } from "../report/orders.js";

const sink = { kind: "sink", status: "error", message: "disk full" } as const;
const input = { kind: "input", status: "error", message: "cut short" } as const;
const broken = { id: "a", type: "a", status: "error" } as const;

describe("exit codes", () => {
  it.each<[string, Partial<RunJson>, number]>([
    ["pass", { status: "pass", reasons: [], outcomes: [] }, 0],
    ["warn", { status: "warn", reasons: [], outcomes: [broken] }, 0],
    ["fail", { status: "fail", reasons: [], outcomes: [] }, 1],
    ["an outcome that could not be evaluated", { status: "error", reasons: [], outcomes: [broken] }, 3],
    ["a source that could not be read", { status: "error", reasons: [input], outcomes: [] }, 3],
    ["rows that could not be written", { status: "error", reasons: [sink], outcomes: [] }, 4],
    ["both", { status: "error", reasons: [sink, input], outcomes: [] }, 3],
    [
      "rows unwritten of a run that could not be evaluated",
      { status: "error", reasons: [sink], outcomes: [broken] },
      3,
    ],
  ])("of a run: %s", (_, of, code) => {
    expect(exitCodeOfRun({ ...ordersRun, ...of })).toBe(code);
  });

  it.each([
    [new ConfigError("config/bad-value", "x"), 2],
    [new InputError("input/corrupt", "x"), 3],
    [new EngineError("engine/failed", "x"), 3],
    [new EngineError("engine/write-failed", "x"), 4],
    [new TypeError("x"), 3],
  ])("of what is thrown: %s", (error, code) => {
    expect(exitCodeOfError(error)).toBe(code);
  });
});
