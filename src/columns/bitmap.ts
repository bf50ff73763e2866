import type { Data } from "apache-arrow";

/** Writes one byte a row into `out`: 1 where the bitmap's bit is set. `bit` is the first bit's position. */
export function expandBits(bitmap: Uint8Array, bit: number, count: number, out: Uint8Array): void {
  let i = 0;
  while (i < count && ((bit + i) & 7) !== 0) {
    out[i] = (bitmap[(bit + i) >> 3]! >> ((bit + i) & 7)) & 1;
    i++;
  }
  let at = (bit + i) >> 3;
  for (; i + 8 <= count; i += 8, at++) {
    const byte = bitmap[at]!;
    out[i] = byte & 1;
    out[i + 1] = (byte >> 1) & 1;
    out[i + 2] = (byte >> 2) & 1;
    out[i + 3] = (byte >> 3) & 1;
    out[i + 4] = (byte >> 4) & 1;
    out[i + 5] = (byte >> 5) & 1;
    out[i + 6] = (byte >> 6) & 1;
    out[i + 7] = byte >> 7;
  }
  for (; i < count; i++) out[i] = (bitmap[(bit + i) >> 3]! >> ((bit + i) & 7)) & 1;
}

/** `count` bits of a bitmap from `bit` on, moved to bit 0; bits behind the last are 0, up to a multiple of 32. A view where it can be. */
export function sliceBits(bitmap: Uint8Array, bit: number, count: number): Uint8Array {
  const begin = bit >> 3;
  if ((bit & 7) === 0 && (count & 31) === 0 && ((bitmap.byteOffset + begin) & 3) === 0) {
    return bitmap.subarray(begin, begin + (count >> 3));
  }
  const out = new Uint8Array(((count + 31) >> 5) << 2);
  const bytes = (count + 7) >> 3;
  const first = bit >> 3;
  const shift = bit & 7;
  if (shift === 0) out.set(bitmap.subarray(first, first + bytes));
  else {
    for (let i = 0; i < bytes; i++) {
      out[i] = (bitmap[first + i]! >> shift) | ((bitmap[first + i + 1] ?? 0) << (8 - shift));
    }
  }
  if ((count & 7) !== 0) out[bytes - 1]! &= (1 << (count & 7)) - 1;
  return out;
}

/** One bit a row of flags that are 0 or 1, as `sliceBits` lays them out. */
export function packFlags(flags: Uint8Array, count: number): Uint8Array {
  const out = new Uint8Array(((count + 31) >> 5) << 2);
  for (let i = 0; i < count; i++) out[i >> 3]! |= flags[i]! << (i & 7);
  return out;
}

/** How many bits are set; the length is a multiple of four bytes. */
export function countBits(bits: Uint8Array): number {
  const words = new Int32Array(bits.buffer, bits.byteOffset, bits.length >> 2);
  let ones = 0;
  for (let i = 0; i < words.length; i++) {
    ones += onesIn(words[i]!);
  }
  return ones;
}

/** How many bits of a 32-bit word are set: added within pairs, fours and bytes, and the bytes by a product. */
export function onesIn(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** The validity bitmap of a column's data, or undefined when every slot is valid. */
export function validityOf(data: Data): Uint8Array | undefined {
  const bitmap = data.nullBitmap;
  return bitmap && bitmap.byteLength > 0 && data.nullCount > 0 ? bitmap : undefined;
}

/** How many bytes of `flags` are 1. */
export function countOnes(flags: Uint8Array, count: number): number {
  let ones = 0;
  for (let i = 0; i < count; i++) ones += flags[i]! & 1;
  return ones;
}
