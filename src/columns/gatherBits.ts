import { type Runs, rowsIn } from "./runs.js";

/** Up to eight bits of a bitmap from position `bit`, the first in the lowest place; zeros past its end. */
function bitsAt(bitmap: Uint8Array, bit: number, count: number): number {
  const byte = bit >>> 3;
  const shift = bit & 7;
  let bits = bitmap[byte]! >> shift;
  if (shift + count > 8) bits |= bitmap[byte + 1]! << (8 - shift);
  return bits & (0xff >> (8 - count));
}

/** Copies `count` bits from position `from` of `source` to position `to` of `target`, whose bits there must be 0. */
function copyBits(source: Uint8Array, from: number, target: Uint8Array, to: number, count: number): void {
  const head = Math.min(count, -to & 7);
  if (head > 0) target[to >>> 3]! |= bitsAt(source, from, head) << (to & 7);
  let bit = from + head;
  let at = (to + head) >>> 3;
  const whole = (count - head) >>> 3;
  const shift = bit & 7;
  if (shift === 0 && whole > 64) {
    target.set(source.subarray(bit >>> 3, (bit >>> 3) + whole), at);
    at += whole;
  } else {
    let byte = bit >>> 3;
    for (const end = at + whole; at < end; at++, byte++) {
      target[at] = (source[byte]! >> shift) | (source[byte + 1]! << (8 - shift));
    }
  }
  bit += whole * 8;
  const tail = (count - head) & 7;
  if (tail > 0) target[at] = bitsAt(source, bit, tail);
}

/**
 * The bits of `runs`, packed from bit 0. Row 0 is bit `offset` of `bitmap`; bits past its end count as 0.
 * The result is padded with zeros to a multiple of 64 bits.
 */
export function gatherBits(bitmap: Uint8Array, offset: number, runs: Runs): Uint8Array {
  const target = new Uint8Array(Math.ceil(rowsIn(runs) / 64) * 8);
  let to = 0;
  for (let r = 0; r < runs.length; r += 2) {
    const count = runs[r + 1]! - runs[r]!;
    const from = offset + runs[r]!;
    // Rows that are taken here and there, most often.
    if (count === 1) target[to >>> 3]! |= ((bitmap[from >>> 3]! >> (from & 7)) & 1) << (to & 7);
    else copyBits(bitmap, from, target, to, count);
    to += count;
  }
  return target;
}

/** How many bits of a bitmap are 1. Its length must be a multiple of four bytes, as `gatherBits` makes it. */
export function countBits(bitmap: Uint8Array): number {
  const words = new Int32Array(bitmap.buffer, bitmap.byteOffset, bitmap.byteLength >> 2);
  let ones = 0;
  for (let i = 0; i < words.length; i++) {
    let word = words[i]!;
    word -= (word >>> 1) & 0x55555555;
    word = (word & 0x33333333) + ((word >>> 2) & 0x33333333);
    ones += Math.imul((word + (word >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
  }
  return ones;
}
