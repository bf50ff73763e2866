import { type Kernels, kernelsFor } from "./kernels.js";
import { PLACES } from "./layout.js";
import { overTexts, type TextKernel, type Texts } from "./texts.js";

const MIX_LOW = 0x7f4a7c15;
const MIX_HIGH = 0x9e3779b9;
const FINISH_LOW = 0x1ce4e5b9;
const FINISH_HIGH = 0xbf58476d;

/**
 * Hashes texts [from, from + count) to 64 bits each: `out` gets two words a text, the low one first. Equal bytes have
 * equal hashes, the same everywhere; unequal ones may share one, so keys are compared in the end.
 */
export function hashTexts(texts: Texts, from: number, count: number, out: Int32Array): void {
  const kernels = kernelsFor(count);
  if (kernels) hashByKernel(kernels, texts, from, count, out);
  else hashByLoop(texts, from, count, out, 0);
}

/** The kernel of `hashTexts`. */
export function hashByKernel(
  kernels: Kernels,
  texts: Texts,
  from: number,
  count: number,
  out: Int32Array,
): void {
  const kernel: TextKernel = ({ run, words }, text, rows, done) => {
    run.hashTexts(text, PLACES.offsets, rows, PLACES.values);
    const at = PLACES.values >> 2;
    out.set(words.subarray(at, at + 2 * rows), 2 * done);
  };
  overTexts(kernels, texts, from, count, kernel, (first, rows, done) =>
    hashByLoop(texts, first, rows, out, done),
  );
}

let low = 0;
let high = 0;

/** The high word of the product of two unsigned words. */
function highProduct(a: number, b: number): number {
  const [aLow, aHigh, bLow, bHigh] = [a & 0xffff, a >>> 16, b & 0xffff, b >>> 16];
  const first = Math.imul(aLow, bLow) >>> 16;
  const second = (Math.imul(aHigh, bLow) >>> 0) + first;
  const third = (Math.imul(aLow, bHigh) >>> 0) + (second & 0xffff);
  return (Math.imul(aHigh, bHigh) + Math.floor(second / 65536) + Math.floor(third / 65536)) | 0;
}

function multiply(byLow: number, byHigh: number): void {
  const product = highProduct(low, byLow);
  high = (product + Math.imul(high, byLow) + Math.imul(low, byHigh)) | 0;
  low = Math.imul(low, byLow);
}

function wordAt(bytes: Uint8Array, at: number, end: number): number {
  let word = 0;
  for (let i = 0; i < 4 && at + i < end; i++) word |= bytes[at + i]! << (8 * i);
  return word;
}

/** The twin of the kernel of `hashTexts`, which writes from text number `done` of `out` on. */
export function hashByLoop(
  { bytes, offsets }: Texts,
  from: number,
  count: number,
  out: Int32Array,
  done: number,
): void {
  for (let i = 0; i < count; i++) {
    const start = offsets[from + i]!;
    const end = offsets[from + i + 1]!;
    low = end - start;
    high = 0;
    multiply(FINISH_LOW, FINISH_HIGH);
    for (let at = start; at < end; at += 8) {
      low ^= wordAt(bytes, at, end);
      high ^= wordAt(bytes, at + 4, end);
      multiply(MIX_LOW, MIX_HIGH);
      low ^= high;
    }
    multiply(FINISH_LOW, FINISH_HIGH);
    low ^= (low >>> 29) | (high << 3);
    high ^= high >>> 29;
    out[2 * (done + i)] = low;
    out[2 * (done + i) + 1] = high;
  }
}
