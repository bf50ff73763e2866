const MIX: u64 = 0x9e3779b97f4a7c15;
const FINISH: u64 = 0xbf58476d1ce4e5b9;

/** The low bytes of a word that reaches beyond a text's end. */
export function lowBytes(word: u64, count: usize): u64 {
  return word & (((<u64>1) << (<u64>(count << 3))) - 1);
}

/** A hash of the bytes [start, end). Up to seven bytes behind them are read, and are nothing to it. */
export function hashOf(start: usize, end: usize): u64 {
  let hash: u64 = <u64>(end - start) * FINISH;
  let at = start;
  for (; at + 8 <= end; at += 8) {
    hash = (hash ^ load<u64>(at)) * MIX;
    hash ^= hash >> 32;
  }
  if (at < end) {
    hash = (hash ^ lowBytes(load<u64>(at), end - at)) * MIX;
    hash ^= hash >> 32;
  }
  hash *= FINISH;
  return hash ^ (hash >> 29);
}

/** Writes the hash of each text: text `i` is bytes `offsets[i]` to `offsets[i + 1]` from `text` on. */
export function hashTexts(text: usize, offsets: usize, count: i32, out: usize): void {
  let start = text + load<u32>(offsets);
  for (let i = 0; i < count; i++) {
    const end = text + load<u32>(offsets + ((<usize>i) << 2), 4);
    store<u64>(out + ((<usize>i) << 3), hashOf(start, end));
    start = end;
  }
}
