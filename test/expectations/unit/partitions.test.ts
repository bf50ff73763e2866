import fc from "fast-check";
import { expect, it } from "vitest";
import { countBins } from "../../../src/expectations/unit/partitions.js";

it("counts values in any order into intervals, each closed below, and the last above too", () => {
  const numbers = fc.array(fc.integer({ min: -6, max: 6 }), { maxLength: 30 });
  const increasing = fc.uniqueArray(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(fc.array(numbers, { maxLength: 3 }), increasing, (parts, some) => {
      const edges = some.sort((a, b) => a - b);
      const counts = new Array<number>(edges.length + 1).fill(0);
      for (const value of parts.flat()) {
        const isTop = value === edges.at(-1);
        counts[edges.filter((edge) => value >= edge).length - (isTop ? 1 : 0)]!++;
      }
      const given = parts.map((part) => Float64Array.from(part, (value) => value * 100));
      expect(countBins(given, edges, 100)).toEqual(counts);
    }),
  );
});
