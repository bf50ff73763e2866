import { expect, it } from "vitest";
import { doublesByKernel, longsByKernel } from "../../src/kernels/bounds.js";
import { DEALT, dealByKernel, ENTRY } from "../../src/kernels/entries.js";
import { kernelsFor } from "../../src/kernels/kernels.js";
import { lengthsByKernel, lengthsByLoop } from "../../src/kernels/lengths.js";
import { doublesWithinByKernel } from "../../src/kernels/ranges.js";
import { roomForEntries, siftByKernel } from "../../src/kernels/siftEntries.js";
import { forgetStaged, stageNumbers } from "../../src/kernels/staged.js";

const kernels = kernelsFor(8192)!;
const COUNT = 1024;
const half = new Uint8Array(COUNT / 8).fill(0x0f);

const placed = (values: Float64Array) => {
  const at = stageNumbers(kernels, values, undefined, COUNT) >> 3;
  return [...kernels.doubles.subarray(at, at + COUNT)];
};

it("blocks stay in place while others are asked for in turns", () => {
  const blocks = Array.from({ length: 7 }, (_, nth) => new Float64Array(COUNT).fill(nth));
  for (let round = 0; round < 3; round++) {
    for (const values of blocks) expect(placed(values)).toStrictEqual([...values]);
    for (const values of blocks.slice(0, 3)) expect(placed(values)).toStrictEqual([...values]);
  }
});

it("a block with nulls and the same without are two", () => {
  const values = Float64Array.from({ length: COUNT }, (_, i) => i);
  expect(doublesByKernel(kernels, values, half, COUNT)).toStrictEqual({ min: 0, max: 1019, missing: 512 });
  expect(doublesByKernel(kernels, values, undefined, COUNT)).toStrictEqual({ min: 0, max: 1023, missing: 0 });
  const none = half.slice().fill(0);
  expect(doublesByKernel(kernels, values, none, COUNT)).toMatchObject({ missing: COUNT });
});

it("a range asks what is in place, whatever became of the nulls", () => {
  const values = Float64Array.from({ length: COUNT }, (_, i) => i);
  const out = new Uint8Array(COUNT);
  doublesByKernel(kernels, values, half, COUNT);
  doublesWithinByKernel(kernels, values, COUNT, 2, 10, 0, out);
  expect([...out.keys()].filter((i) => out[i] === 1 && i % 8 < 4)).toStrictEqual([2, 3, 8, 9, 10]);
});

it("what was written into an array since is seen after it was forgotten", () => {
  const doubles = new Float64Array(COUNT).fill(1);
  const longs = new BigInt64Array(COUNT).fill(1n);
  doublesByKernel(kernels, doubles, undefined, COUNT);
  longsByKernel(kernels, longs, undefined, COUNT);
  doubles[5] = 9;
  longs[5] = 9n;
  forgetStaged();
  expect(doublesByKernel(kernels, doubles, undefined, COUNT)).toMatchObject({ min: 1, max: 9 });
  expect(longsByKernel(kernels, longs, undefined, COUNT)).toStrictEqual({ min: 1, max: 9 });
});

it("fewer rows of the same array are a block of their own", () => {
  const values = Float64Array.from({ length: 2 * COUNT }, (_, i) => i);
  expect(doublesByKernel(kernels, values, undefined, 2 * COUNT).max).toBe(2047);
  expect(doublesByKernel(kernels, values, undefined, COUNT).max).toBe(1023);
});

const latin = (count: number, length: (i: number) => number) => {
  const offsets = new Int32Array(count + 1);
  for (let i = 0; i < count; i++) offsets[i + 1] = offsets[i]! + length(i);
  return { bytes: new Uint8Array(offsets[count]!).fill(0x61), offsets };
};

it("texts that lie in place are taken as they are, and put there anew where they don't", () => {
  const range = { least: 2, most: 4, inBytes: false };
  const judged = (texts: ReturnType<typeof latin>, from: number) => {
    const [ours, theirs] = [new Uint8Array(COUNT), new Uint8Array(COUNT)];
    lengthsByKernel(kernels, texts, from, COUNT, range, ours);
    lengthsByLoop(texts, from, COUNT, range, theirs, 0);
    return [[...ours], [...theirs]] as const;
  };
  const [one, other] = [latin(2 * COUNT, (i) => i % 7), latin(2 * COUNT, (i) => (i * i) % 5)];
  for (const [texts, from] of [
    [one, 0],
    [one, 0],
    [one, 7],
    [other, 7],
    [one, 7],
    [one, 7],
  ] as const) {
    const [ours, theirs] = judged(texts, from);
    expect(ours).toStrictEqual(theirs);
  }
  // Two letters of two bytes each where one of four was: the lengths change, the offsets don't.
  for (let i = 0; i < one.bytes.length; i++) one.bytes[i] = i % 2 === 0 ? 0xc3 : 0xa9;
  const [stale, fresh] = judged(one, 7);
  expect(stale).not.toStrictEqual(fresh);
  forgetStaged();
  expect(judged(one, 7)[0]).toStrictEqual(fresh);
});

it("texts whose place was used for keys are put there anew", () => {
  const texts = latin(COUNT, (i) => i % 7);
  const range = { least: 2, most: 4, inBytes: false };
  const out = new Uint8Array(COUNT);
  const words = new Int32Array(2 * DEALT).fill(-1);
  const uses: (() => unknown)[] = [
    () => dealByKernel(kernels, words, new Int32Array(DEALT), DEALT),
    () => siftByKernel(kernels, new Int32Array(ENTRY * DEALT).fill(-1), ENTRY * DEALT),
    () => roomForEntries(ENTRY * COUNT)!.fill(-1),
  ];
  for (const use of uses) {
    lengthsByKernel(kernels, texts, 0, COUNT, range, out);
    use();
    lengthsByKernel(kernels, texts, 0, COUNT, range, out);
    expect([...out]).toStrictEqual(Array.from(out, (_, i) => (i % 7 >= 2 && i % 7 <= 4 ? 1 : 0)));
  }
});
