import fc from "fast-check";

/** How many rows a block has: few, or enough that a kernel takes it. */
export const counts = fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1000, max: 1100 }));

/** A generator of numbers from a seed: blocks of thousands are too long to be drawn value by value. */
export function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Validity of so many rows, a share of them null: none at 0, where there is no bitmap at all. */
export function bitsOf(count: number, nulls: number, next: () => number): Uint8Array | undefined {
  if (nulls === 0) return undefined;
  const bits = new Uint8Array((count + 7) >> 3);
  for (let i = 0; i < count; i++) if (next() >= nulls) bits[i >> 3]! |= 1 << (i & 7);
  return bits;
}

/** A share of nulls. */
export const nullShares = fc.constantFrom(0, 0.02, 0.5, 1);

const ODD = [Number.NaN, -0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 5e-324, 1.7e308, 1];

/** Doubles, a share of them NaN, zeros, infinities and the like. */
export function doublesOf(count: number, odd: number, next: () => number): Float64Array {
  return Float64Array.from({ length: count }, () =>
    next() < odd ? ODD[Math.floor(next() * ODD.length)]! : (next() - 0.5) * 10 ** Math.floor(next() * 20),
  );
}

const encoder = new TextEncoder();
const PIECES = ["", "a", "é", "日本", "🦊", "user", "@example.com", "longer than sixteen bytes"];

/** Texts of a few pieces each, from an offset that isn't 0. */
export function textsOf(count: number, next: () => number): { bytes: Uint8Array; offsets: Int32Array } {
  const texts = Array.from({ length: count + 3 }, () =>
    Array.from({ length: Math.floor(next() * 4) }, () => PIECES[Math.floor(next() * PIECES.length)]!).join(
      "",
    ),
  );
  const offsets = new Int32Array(count + 4);
  for (const [i, text] of texts.entries()) offsets[i + 1] = offsets[i]! + encoder.encode(text).length;
  return { bytes: encoder.encode(texts.join("")), offsets };
}
