import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countBits, gatherBits } from "../../src/columns/gatherBits.js";
import { doublesToInt64, int64ToDoubles } from "../../src/columns/int64.js";
import { keptRuns, RunList, rowsIn } from "../../src/columns/runs.js";
import { runsOf } from "./masks.js";

const masks = fc.oneof(
  fc.array(fc.constantFrom(0, 1), { maxLength: 400 }),
  fc
    .array(fc.tuple(fc.constantFrom(0, 1), fc.nat({ max: 200 })), { maxLength: 20 })
    .map((streaks) => streaks.flatMap(([flag, length]) => new Array<number>(length).fill(flag))),
);

describe("keptRuns", () => {
  it("lists the rows of a flag, no run empty and none touching the next", () => {
    fc.assert(
      fc.property(masks, fc.constantFrom(0 as const, 1 as const), (flags, keep) => {
        const runs = runsOf(Uint8Array.from(flags), keep);
        const again = new Array<number>(flags.length).fill(1 - keep);
        let last = -1;
        for (let r = 0; r < runs.length; r += 2) {
          expect(runs[r]!).toBeGreaterThan(last);
          expect(runs[r + 1]!).toBeGreaterThan(runs[r]!);
          last = runs[r + 1]!;
          again.fill(keep, runs[r], last);
        }
        expect(again).toEqual(flags);
        expect(rowsIn(runs)).toBe(flags.filter((flag) => flag === keep).length);
      }),
    );
  });

  it("gives nothing for a flag that does not occur", () => {
    expect(keptRuns(new Int32Array(0), 0, 1)).toEqual(new Int32Array(0));
    expect(keptRuns(new Int32Array(1), 3, 1)).toEqual(new Int32Array(0));
    expect(keptRuns(new Int32Array(1), 3, 0)).toEqual(Int32Array.of(0, 3));
  });
});

describe("RunList", () => {
  it("joins runs that follow one another, drops empty ones, keeps those that go back", () => {
    const list = new RunList();
    list.add(3, 5);
    list.add(5, 5);
    list.add(5, 9);
    list.add(2, 4);
    list.add(2, 4);
    expect(list.runs).toEqual(Float64Array.of(3, 9, 2, 4, 2, 4));
  });

  it("grows, beyond what 32 bits hold", () => {
    const list = new RunList();
    const ends: number[] = [];
    for (let i = 0; i < 500; i++) {
      list.add(2 ** 33 + 2 * i, 2 ** 33 + 2 * i + 1);
      ends.push(2 ** 33 + 2 * i, 2 ** 33 + 2 * i + 1);
    }
    expect([...list.runs]).toEqual(ends);
  });
});

describe("gatherBits", () => {
  const bitOf = (bitmap: Uint8Array, bit: number) => ((bitmap[bit >> 3] ?? 0) >> (bit & 7)) & 1;

  it("packs the bits of the runs, zeros past the bitmap's end and after the last", () => {
    const bitmaps = fc.oneof(
      fc.uint8Array({ maxLength: 20 }),
      fc.uint8Array({ minLength: 200, maxLength: 300 }),
    );
    fc.assert(
      fc.property(bitmaps, fc.nat({ max: 70 }), masks, (bitmap, offset, flags) => {
        const runs = runsOf(Uint8Array.from(flags), 1);
        const rows = [...flags.keys()].filter((row) => flags[row] === 1);
        const bits = gatherBits(bitmap, offset, runs);
        const expected = rows.map((row) => bitOf(bitmap, offset + row));
        expect(Array.from({ length: bits.length * 8 }, (_, i) => bitOf(bits, i))).toEqual([
          ...expected,
          ...new Array<number>(bits.length * 8 - rows.length).fill(0),
        ]);
        expect(bits.length % 8).toBe(0);
        expect(countBits(bits)).toBe(expected.filter((bit) => bit === 1).length);
      }),
    );
  });

  it("copies long runs whole when both sides begin a byte", () => {
    const bitmap = Uint8Array.from({ length: 400 }, (_, i) => (i * 37) & 255);
    expect(gatherBits(bitmap, 16, Int32Array.of(0, 3000)).subarray(0, 375)).toEqual(bitmap.subarray(2, 377));
  });
});

describe("int64", () => {
  it("turns safe integers into int64 and back, negative ones too", () => {
    fc.assert(
      fc.property(fc.array(fc.maxSafeInteger()), (values) => {
        const wide = doublesToInt64(values);
        expect(wide).toEqual(BigInt64Array.from(values, BigInt));
        expect([...int64ToDoubles(wide)]).toEqual(values.map((value) => value + 0));
      }),
    );
  });
});
