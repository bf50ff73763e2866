/**
 * How many times as fast each kernel is as its twin, on blocks of 8,192 rows out of more memory than a cache holds.
 * `npm run bench:kernels`; a kernel stays only where it is 1.5 times as fast.
 */
import { doublesByKernel, doublesByLoop, longsByKernel, longsByLoop } from "../src/kernels/bounds.js";
import { hashByKernel, hashByLoop } from "../src/kernels/hash.js";
import { kernelsFor } from "../src/kernels/kernels.js";
import { KERNEL_ROWS as ROWS } from "../src/kernels/layout.js";

const BLOCKS = 256;
const kernels = kernelsFor(ROWS)!;

let state = 1;
function next(): number {
  state = (state + 0x6d2b79f5) >>> 0;
  let mixed = Math.imul(state ^ (state >>> 15), state | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
}

const doubles = Float64Array.from({ length: ROWS * BLOCKS }, () => next() * 100);
const words = Int32Array.from({ length: 2 * ROWS * BLOCKS }, (_, i) =>
  (i & 1) === 1 ? 3 : next() * 2 ** 32,
);
const bits = new Uint8Array(ROWS / 8).map(() => {
  let byte = 0;
  for (let bit = 0; bit < 8; bit++) if (next() >= 0.02) byte |= 1 << bit;
  return byte;
});
const encoder = new TextEncoder();
const emails = Array.from({ length: ROWS }, (_, i) => encoder.encode(`user${i * 977}@example${i % 10}.com`));
const texts = { bytes: new Uint8Array(ROWS * 32), offsets: new Int32Array(ROWS + 1) };
for (const [i, email] of emails.entries()) {
  texts.bytes.set(email, texts.offsets[i]);
  texts.offsets[i + 1] = texts.offsets[i]! + email.length;
}
const hashes = new Int32Array(2 * ROWS);
const doublesAt = (block: number) => doubles.subarray(block * ROWS, (block + 1) * ROWS);
const wordsAt = (block: number) => words.subarray(2 * block * ROWS, 2 * (block + 1) * ROWS);

type Work = (block: number) => unknown;
const cases: Record<string, readonly [kernel: Work, twin: Work]> = {
  "bounds of doubles": [
    (block) => doublesByKernel(kernels, doublesAt(block), undefined, ROWS),
    (block) => doublesByLoop(doublesAt(block), undefined, ROWS),
  ],
  "bounds of doubles, 2 % nulls": [
    (block) => doublesByKernel(kernels, doublesAt(block), bits, ROWS),
    (block) => doublesByLoop(doublesAt(block), bits, ROWS),
  ],
  "bounds of 64-bit integers": [
    (block) => longsByKernel(kernels, wordsAt(block), true, undefined, ROWS),
    (block) => longsByLoop(wordsAt(block), true, undefined, ROWS),
  ],
  "hashes of e-mails": [
    () => hashByKernel(kernels, texts, 0, ROWS, hashes),
    () => hashByLoop(texts, 0, ROWS, hashes, 0),
  ],
};

/** Microseconds a block, the median of some rounds over all blocks. */
function measure(work: Work): number {
  const times: number[] = [];
  for (let round = 0; round < 15; round++) {
    const start = performance.now();
    for (let block = 0; block < BLOCKS; block++) work(block);
    times.push(((performance.now() - start) * 1000) / BLOCKS);
  }
  return times.sort((a, b) => a - b)[times.length >> 1]!;
}

process.stdout.write("| kernel | µs a block | twin | ratio |\n| --- | --- | --- | --- |\n");
for (const [name, [kernel, twin]] of Object.entries(cases)) {
  const [ours, theirs] = [measure(kernel), measure(twin)];
  const cells = [name, ours.toFixed(1), theirs.toFixed(1), (theirs / ours).toFixed(1)];
  process.stdout.write(`| ${cells.join(" | ")} |\n`);
}
