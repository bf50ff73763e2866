import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columnOrder } from "../../src/expectations/index.js";
import { outcomeOf } from "./outcomes.js";

interface Details {
  readonly missing: string[];
  readonly unexpected: string[];
  readonly misplaced: { column: string; expected: number; found: number }[];
}

async function judged(names: readonly string[], wanted: readonly string[]) {
  // Each name begins with a letter, so that an object keeps their order.
  const cells = Object.fromEntries(names.map((name) => [name, { type: "int32", values: [1] }]));
  const { status, details } = await outcomeOf(cells, columnOrder(wanted));
  return { status, ...(details as unknown as Details) };
}

describe("columnOrder", () => {
  it("passes these columns in this order only", async () => {
    expect((await judged(["a", "b", "c"], ["a", "b", "c"])).status).toBe("pass");
    expect(await judged(["a", "c", "b"], ["a", "b", "c"])).toMatchObject({
      status: "fail",
      missing: [],
      unexpected: [],
    });
  });

  it("doesn't mark what stands behind an inserted or a missing column", async () => {
    expect(await judged(["new", "a", "b", "c"], ["a", "b", "c"])).toEqual({
      status: "fail",
      missing: [],
      unexpected: ["new"],
      misplaced: [],
    });
    expect(await judged(["b", "c"], ["a", "b", "c"])).toEqual({
      status: "fail",
      missing: ["a"],
      unexpected: [],
      misplaced: [],
    });
  });

  it("marks the fewest columns that would have to move", async () => {
    expect(await judged(["d", "a", "b", "c"], ["a", "b", "c", "d"])).toEqual({
      status: "fail",
      missing: [],
      unexpected: [],
      misplaced: [{ column: "d", expected: 3, found: 0 }],
    });
    const all = await judged(["x", "c", "b", "d"], ["a", "b", "c", "d"]);
    expect(all).toMatchObject({ missing: ["a"], unexpected: ["x"] });
    expect(all.misplaced).toHaveLength(1);
  });

  it("says what differs", async () => {
    const cells = {
      b: { type: "int32", values: [] },
      a: { type: "int32", values: [] },
      x: { type: "int32", values: [] },
    };
    const outcome = await outcomeOf(cells, columnOrder(["a", "b", "c"]));
    expect(outcome.message).toMatch(/^missing: \["c"\]; not expected: \["x"\]; out of place: \["[ab]"\]$/);
    expect(outcome.observed).toEqual(["b", "a", "x"]);
    expect(outcome.expected).toBe('the columns are ["a", "b", "c"], in this order');
  });

  it("refuses a list that names a column twice", () => {
    expect(() => columnOrder(["a", "a"])).toThrow(/names a column twice/);
  });

  it("names a set whose removal leaves the rest in order, and no smaller one exists", async () => {
    const letters = ["a", "b", "c", "d", "e", "f"];
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(letters, { minLength: 1 }),
        fc.shuffledSubarray(letters, { minLength: 1 }),
        async (found, wanted) => {
          const { misplaced, missing, unexpected } = await judged(found, wanted);
          expect(missing).toEqual(wanted.filter((name) => !found.includes(name)));
          expect(unexpected).toEqual(found.filter((name) => !wanted.includes(name)));
          const shared = found.filter((name) => wanted.includes(name));
          const inOrder = (names: string[]) =>
            names.every((name, i) => i === 0 || wanted.indexOf(names[i - 1]!) < wanted.indexOf(name));
          const kept = shared.filter((name) => !misplaced.some(({ column }) => column === name));
          expect(inOrder(kept)).toBe(true);
          const subsets = Array.from({ length: 2 ** shared.length }, (_, bits) =>
            shared.filter((_, i) => (bits >> i) & 1),
          );
          expect(kept).toHaveLength(Math.max(...subsets.filter(inOrder).map((names) => names.length)));
        },
      ),
      { numRuns: 60 },
    );
  });
});
