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
