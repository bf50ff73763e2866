/** The position of the lowest bit that is set; the word must not be 0. */
export function lowestBit(word: number): number {
  return 31 - Math.clz32(word & -word);
}

/** Up to 32 bits of a bitmap of 32 bits a word, from position `bit` on, the first in the lowest place. */
function bitsAt(words: Int32Array, bit: number, count: number): number {
  const word = bit >> 5;
  const shift = bit & 31;
  let bits = words[word]! >>> shift;
  if (shift + count > 32) bits |= words[word + 1]! << (32 - shift);
  return count === 32 ? bits : bits & ((1 << count) - 1);
}

/**
 * Sets in `target`, from position `at` on, what is set among `count` bits of `source` from position `from` on; other bits
 * stay. Both hold 32 bits a word. Returns the bits that were set, all words together: 0 when there was none.
 */
export function mergeBits(
  source: Int32Array,
  from: number,
  target: Int32Array,
  at: number,
  count: number,
): number {
  let any = 0;
  const end = at + count;
  for (let to = at; to < end; ) {
    const next = Math.min(end, (to | 31) + 1);
    const bits = bitsAt(source, from + to - at, next - to);
    target[to >> 5]! |= bits << (to & 31);
    any |= bits;
    to = next;
  }
  return any;
}
