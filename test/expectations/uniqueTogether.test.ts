import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { uniqueTogether } from "../../src/expectations/index.js";
import { failedRows, outcomeOf, sameOutcome, seen } from "./outcomes.js";
import { inBatches, tableOf } from "./tables.js";

function pair(a: readonly (number | null)[], b: readonly (string | null)[]) {
  return { a: { type: "int64", values: a }, b: { type: "utf8", values: b } };
}

describe("uniqueTogether", () => {
  it("fails every member of a group of equal keys, nulls equal to each other", async () => {
    const cells = pair([1, 1, 1, 2, null, null], ["x", "y", "x", null, "x", "x"]);
    expect(seen(await sameOutcome(cells, uniqueTogether(["a", "b"])))).toEqual({
      status: "fail",
      judged: 6,
      failed: 4,
      failing: [0, 2, 4, 5],
    });
  });

  it("spares the first of a group on request", async () => {
    const cells = pair([1, 1, 1, 1], ["x", "y", "x", "x"]);
    expect(failedRows(await sameOutcome(cells, uniqueTogether(["a", "b"], { keep: "first" })))).toEqual([
      2, 3,
    ]);
  });

  it("ignores rows by what is missing in them, and counts them as ignored", async () => {
    const cells = pair([null, null, 1, 1, null, null], [null, null, null, null, "x", "x"]);
    expect(seen(await sameOutcome(cells, uniqueTogether(["a", "b"])))).toEqual({
      status: "fail",
      ignored: 2,
      judged: 4,
      failed: 4,
      failing: [2, 3, 4, 5],
    });
    const any = uniqueTogether(["a", "b"], { ignoreRowIf: "any_value_is_missing" });
    expect(seen(await sameOutcome(cells, any))).toEqual({ status: "pass", ignored: 6, failing: [] });
    const never = uniqueTogether(["a", "b"], { ignoreRowIf: "never" });
    expect(failedRows(await sameOutcome(cells, never))).toEqual([0, 1, 2, 3, 4, 5]);
    const all = uniqueTogether(["a", "b"], { ignoreRowIf: "all_values_are_missing" });
    expect(failedRows(await sameOutcome(cells, all))).toEqual([2, 3, 4, 5]);
  });

  it("keeps apart keys whose parts run together alike, and a null from an empty text", async () => {
    const cells = {
      a: { type: "utf8", values: ["ab", "a", "", null] },
      b: { type: "utf8", values: ["c", "bc", "", ""] },
    };
    expect((await sameOutcome(cells, uniqueTogether(["a", "b"]))).status).toBe("pass");
  });

  it("has NaN equal NaN and -0 equal 0, and loses no digit", async () => {
    const floats = {
      a: { type: "float64", values: [Number.NaN, Number.NaN, 0, -0] },
      b: { type: "int64", values: [1, 1, 2n ** 53n, 2n ** 53n + 1n] },
    };
    expect(failedRows(await sameOutcome(floats, uniqueTogether(["a", "b"])))).toEqual([0, 1]);
  });

  it("passes empty tables and columns without values", async () => {
    expect((await sameOutcome(pair([], []), uniqueTogether(["a", "b"]))).status).toBe("pass");
    const nulls = await sameOutcome(pair([null, null], [null, null]), uniqueTogether(["a", "b"]));
    expect(seen(nulls)).toEqual({ status: "pass", ignored: 2, failing: [] });
  });

  it("asks only the rows its condition selects", async () => {
    const cells = pair([1, 1, 1], ["x", "x", "x"]);
    const outcome = await sameOutcome(
      { ...cells, n: { type: "int32", values: [0, 1, 2] } },
      uniqueTogether(["a", "b"], { when: { n: { gt: 0 } } }),
    );
    expect(seen(outcome)).toEqual({ status: "fail", excluded: 1, judged: 2, failed: 2, failing: [1, 2] });
  });

  it("refuses fewer than two columns, and the option nulls, which it has no use for", () => {
    expect(() => uniqueTogether(["a"])).toThrow(/two columns or more/);
    // @ts-expect-error nulls are equal to each other here
    expect(() => uniqueTogether(["a", "b"], { nulls: "fail" })).toThrow(/can't honour "nulls"/);
  });

  it("agrees with a plain count of keys in any batches", async () => {
    const a = fc.option(fc.integer({ min: 0, max: 2 }));
    const b = fc.option(fc.constantFrom("", "x", "y"));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(a, b), { maxLength: 20 }),
        fc.integer({ min: 1, max: 9 }),
        async (keys, size) => {
          const table = inBatches(
            tableOf(
              pair(
                keys.map(([x]) => x),
                keys.map(([, y]) => y),
              ),
            ),
            size,
          );
          const texts = keys.map((key) => JSON.stringify(key));
          const repeated = texts.flatMap((text, i) =>
            text !== "[null,null]" && texts.indexOf(text) !== texts.lastIndexOf(text) ? [i] : [],
          );
          expect(failedRows(await outcomeOf(table, uniqueTogether(["a", "b"])))).toEqual(repeated);
        },
      ),
      { numRuns: 50 },
    );
  });
});
