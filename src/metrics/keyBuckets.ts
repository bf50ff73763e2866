const LOWEST = 0x8000_0000 | 0;
const BUCKETS = 2 ** 16;

/** Doubles in parts, none of them NaN, that can be gone through as often as it takes. A part is good until the next. */
export type Parts = () => Iterable<Float64Array>;

/**
 * One of the two words of a double as a key, a 32-bit integer with a sign: keys of the high word lie as the doubles do,
 * and so do those of the low word where the high words are the same. -0 lies before 0.
 */
export interface Lens {
  /** 1 for the high word, 0 for the low one. */
  readonly word: number;
  /** A key is `word ^ ((word >> 31) & fold) ^ flip`. */
  readonly fold: number;
  readonly flip: number;
}

/** The lens on the sign, the exponent and the first bits behind it. */
export const lensOnHigh: Lens = { word: 1, fold: 0x7fff_ffff, flip: 0 };

/** The lens on the other bits of doubles whose high word has this key. */
export function lensOnLow(highKey: number): Lens {
  return { word: 0, fold: 0, flip: (highKey >> 31) ^ LOWEST };
}

/** Keys that no key lies below or above. */
export interface KeyBounds {
  readonly min: number;
  readonly max: number;
}

/** Equal steps of a range of keys: a key lies in bucket `(key - min) >>> shift`. */
export interface Buckets {
  readonly min: number;
  readonly shift: number;
  readonly counts: Uint32Array;
}

const wordsOf = (part: Float64Array) => new Int32Array(part.buffer, part.byteOffset, part.length * 2);

/** The keys of the high words of the least and the greatest double, of whose zeros the sign isn't known. */
export function highKeys({ min, max }: { readonly min: number; readonly max: number }): KeyBounds {
  const ends = () => [Float64Array.of(min === 0 ? -0 : min, max + 0)];
  return keyBounds(ends, lensOnHigh);
}

/** The least and the greatest key. */
export function keyBounds(parts: Parts, { word, fold, flip }: Lens): KeyBounds {
  let min = 0x7fff_ffff;
  let max = LOWEST;
  for (const part of parts()) {
    const words = wordsOf(part);
    for (let at = word; at < words.length; at += 2) {
      const bits = words[at]!;
      const key = bits ^ ((bits >> 31) & fold) ^ flip;
      if (key < min) min = key;
      if (key > max) max = key;
    }
  }
  return { min, max };
}

/** Counts values by the bucket of their key. */
export function bucketsOf(parts: Parts, { word, fold, flip }: Lens, { min, max }: KeyBounds): Buckets {
  const shift = Math.max(0, 16 - Math.clz32(max - min));
  const counts = new Uint32Array(BUCKETS);
  for (const part of parts()) {
    const words = wordsOf(part);
    for (let at = word; at < words.length; at += 2) {
      const bits = words[at]!;
      counts[((bits ^ ((bits >> 31) & fold) ^ flip) - min) >>> shift]!++;
    }
  }
  return { min, shift, counts };
}

/** Copies the values of some buckets, each bucket's into an array of its own. */
export function extract(
  parts: Parts,
  { word, fold, flip }: Lens,
  { min, shift }: Buckets,
  wanted: readonly { readonly bucket: number; readonly count: number }[],
): Float64Array[] {
  const copies = wanted.map(({ count }) => new Float64Array(count));
  if (copies.length === 0) return copies;
  const ends = new Uint32Array(copies.length);
  const nths = new Int32Array(BUCKETS).fill(-1);
  for (const [nth, { bucket }] of wanted.entries()) nths[bucket] = nth;
  for (const part of parts()) {
    const words = wordsOf(part);
    for (let at = word; at < words.length; at += 2) {
      const bits = words[at]!;
      const nth = nths[((bits ^ ((bits >> 31) & fold) ^ flip) - min) >>> shift]!;
      if (nth >= 0) copies[nth]![ends[nth]!++] = part[at >> 1]!;
    }
  }
  return copies;
}

/** The values of one bucket, part by part. */
export function* within(
  parts: Parts,
  { word, fold, flip }: Lens,
  { min, shift }: Buckets,
  bucket: number,
): Generator<Float64Array> {
  let chosen = new Float64Array(0);
  for (const part of parts()) {
    if (chosen.length < part.length) chosen = new Float64Array(part.length);
    const words = wordsOf(part);
    let size = 0;
    for (let at = word; at < words.length; at += 2) {
      const bits = words[at]!;
      chosen[size] = part[at >> 1]!;
      if (((bits ^ ((bits >> 31) & fold) ^ flip) - min) >>> shift === bucket) size++;
    }
    yield chosen.subarray(0, size);
  }
}
