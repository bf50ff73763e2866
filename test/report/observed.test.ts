import { describe, expect, it } from "vitest";
import { renderJUnit, renderMarkdown, renderTerminal } from "../../src/report/index.js";
import { observedText } from "../../src/report/observed.js";
import type { Json } from "../../src/results/json.js";
import { ordersRun } from "./orders.js";

const outcome = (observed: Json, message = "out of bounds") => ({
  id: "score",
  type: "accuracy",
  status: "fail" as const,
  expected: "accuracy is at least 0.9",
  message,
  observed,
});

describe("observedText", () => {
  it.each<[name: string, observed: Json, text: string]>([
    ["parts", { value: 0.81, rows: 200, atLeast: 0.9 }, "value 0.81, rows 200, atLeast 0.9"],
    ["a part that is null", { value: null, index: 0, isThere: false }, "value null, index 0, isThere false"],
    ["parts of parts", { shares: { baseline: 0, current: 0.75 } }, "shares (baseline 0, current 0.75)"],
    ["a list of values", { found: ["a", 1] }, 'found ["a",1]'],
    ["an empty list", { found: [] }, "found []"],
    ["a list of parts", { groups: [{ of: "x" }, { of: "y", n: 2 }] }, "groups (of x; of y, n 2)"],
    ["a long list", { groups: [1, 2, 3, 4, 5].map((n) => ({ n })) }, "groups (n 1; n 2; n 3; 2 more)"],
    ["texts that look like parts", { slice: "a, rows 9", of: "(x)" }, 'slice "a, rows 9", of "(x)"'],
    ["texts that look like other values", { slice: "null", of: "" }, 'slice "null", of ""'],
    ["a list by itself", ["id", "qty"], '["id","qty"]'],
  ])("tells %s", (_, observed, text) => {
    expect(observedText(outcome(observed))).toBe(text);
  });

  it("says no sentence again that the message holds", () => {
    const observed = { kind: "shape", message: "share: 0 % before, 75 % now" };
    expect(observedText(outcome(observed, "drift: share: 0 % before, 75 % now"))).toBe("kind shape");
    expect(observedText(outcome(observed, "drift"))).toBe(
      'kind shape, message "share: 0 % before, 75 % now"',
    );
    expect(observedText(outcome({ message: "as it was" }, "it is as it was"))).toBeUndefined();
  });

  it.each([1, "text", null, true, {}])(
    "has nothing to tell of %j, which is said elsewhere or is nothing",
    (value) => {
      expect(observedText(outcome(value as Json))).toBeUndefined();
    },
  );
});

describe("what was observed", () => {
  const slices = { broken: 1, shown: [{ slice: "FR", value: 0.5 }] };
  const run = { ...ordersRun, reasons: [], outcomes: [outcome({ value: 0.81, rows: 200, slices })] };
  const text = "value 0.81, rows 200, slices (broken 1, shown (slice FR, value 0.5))";

  it("stands in a terminal report on lines of its own", () => {
    expect(renderTerminal(run)).toContain(`      observed   ${text}\n`);
    expect(renderTerminal(run, { width: 50 })).toContain("value 0.81, rows 200, slices\n");
  });

  it("stands in Markdown beside what was found", () => {
    expect(renderMarkdown(run)).toContain(`| accuracy is at least 0.9 | out of bounds: \`${text}\` |`);
  });

  it("stands in the text of a JUnit failure", () => {
    expect(renderJUnit(run)).toContain(`found: out of bounds\nobserved: ${text}</failure>`);
  });
});
