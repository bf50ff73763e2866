import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lengthBetween } from "../../src/expectations/index.js";
import { failedRows, outcomeOf, sameOutcome, seen } from "./outcomes.js";
import { asDictionaries, columnOf, inBatches, tableOf } from "./tables.js";

const words = columnOf("utf8", ["", "a", "é", "😀", "e\u0301", null, "abc"]);

describe("lengthBetween", () => {
  it("counts code points", async () => {
    expect(seen(await sameOutcome(words, lengthBetween("x", { min: 1, max: 1 })))).toEqual({
      status: "fail",
      nulls: 1,
      judged: 6,
      failed: 3,
      failing: [0, 4, 6],
    });
  });

  it("counts bytes on request", async () => {
    expect(
      failedRows(await sameOutcome(words, lengthBetween("x", { min: 2, max: 3 }, { unit: "bytes" }))),
    ).toEqual([0, 1, 3]);
    const points = lengthBetween("x", { max: 1 }, { unit: "codePoints" });
    expect(failedRows(await sameOutcome(words, points))).toEqual([4, 6]);
  });

  it("counts binary in bytes, whatever the unit", async () => {
    const cells = columnOf("binary", ["", "w6k=", null]);
    expect(failedRows(await sameOutcome(cells, lengthBetween("x", { min: 2, max: 2 })))).toEqual([0]);
  });

  it("leaves exclusive bounds out, both at once too", async () => {
    expect(
      failedRows(await sameOutcome(words, lengthBetween("x", { minExclusive: 0, maxExclusive: 2 }))),
    ).toEqual([0, 4, 6]);
    expect(
      failedRows(await sameOutcome(words, lengthBetween("x", { minExclusive: 0.5, maxExclusive: 1.5 }))),
    ).toEqual([0, 4, 6]);
    expect(failedRows(await sameOutcome(words, lengthBetween("x", { min: 0.5, max: 2.5 })))).toEqual([0, 6]);
  });

  it("skips nulls, or fails them; an empty text is no null", async () => {
    expect((await sameOutcome(words, lengthBetween("x", { min: 0 }))).status).toBe("pass");
    expect(failedRows(await sameOutcome(words, lengthBetween("x", { min: 0 }, { nulls: "fail" })))).toEqual([
      5,
    ]);
  });

  it("passes what has nothing to judge", async () => {
    for (const cells of [columnOf("utf8", []), columnOf("utf8", [null, null]), columnOf("null", [null])]) {
      expect((await sameOutcome(cells, lengthBetween("x", { min: 1 }))).status).toBe("pass");
    }
  });

  it("refuses bounds that can't be meant, and columns without lengths", async () => {
    expect(() => lengthBetween("x", {})).toThrow(/needs min/);
    expect(() => lengthBetween("x", { min: 3, max: 2 })).toThrow(/above/);
    // @ts-expect-error no such unit
    expect(() => lengthBetween("x", { min: 1 }, { unit: "graphemes" })).toThrow(/unit/);
    expect((await outcomeOf(columnOf("float64", [5]), lengthBetween("x", { min: 3 }))).error?.code).toBe(
      "config/bad-value",
    );
  });

  it("agrees with JavaScript's code points and with UTF-8's bytes on any text", async () => {
    const texts = fc.array(fc.option(fc.string({ unit: "binary", maxLength: 6 })), { maxLength: 30 });
    const bounds = fc
      .tuple(fc.nat(6), fc.nat(6))
      .map((pair) => pair.sort((a, b) => a - b) as [number, number]);
    await fc.assert(
      fc.asyncProperty(texts, bounds, fc.boolean(), async (cells, [min, max], encoded) => {
        const data = columnOf("utf8", cells);
        const table = encoded ? asDictionaries(data) : inBatches(tableOf(data), 4);
        const outside = (length: (text: string) => number) =>
          cells.flatMap((text, i) =>
            text !== null && (length(text) < min || length(text) > max) ? [i] : [],
          );
        expect(failedRows(await outcomeOf(table, lengthBetween("x", { min, max })))).toEqual(
          outside((text) => [...text].length),
        );
        expect(
          failedRows(await outcomeOf(table, lengthBetween("x", { min, max }, { unit: "bytes" }))),
        ).toEqual(outside((text) => new TextEncoder().encode(text).length));
      }),
      { numRuns: 60 },
    );
  });
});
