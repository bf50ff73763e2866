// Entries are keys of 64 bits and the rows they came from: twelve bytes each, side by side.

const PARTS: usize = 256;
const ENTRY: usize = 12;

/** The 32 bits by which keys are told apart roughly: `mixed` of entries.ts. */
function mixed(at: usize): u32 {
  const hash: u32 = (load<u32>(at) ^ (load<u32>(at, 4) * 0x9e3779b1)) * 0x85ebca6b;
  return (hash ^ (hash >> 15)) * 0xc2b2ae35;
}

function cellOf(at: usize, mask: u32): u32 {
  const hash = mixed(at);
  return (hash ^ (hash >> 13)) & mask;
}

/**
 * Writes keys and their rows as entries to `out`, by partition and in order within each; `ends` gets the place in bytes,
 * from `out` on, where each partition ends. `parts` is room for a byte a key.
 */
export function dealEntries(
  keys: usize,
  rows: usize,
  count: i32,
  parts: usize,
  ends: usize,
  out: usize,
): void {
  memory.fill(ends, 0, PARTS << 2);
  for (let i: usize = 0; i < <usize>count; i++) {
    const part = mixed(keys + (i << 3)) >> 24;
    store<u8>(parts + i, <u8>part);
    const end = ends + ((<usize>part) << 2);
    store<u32>(end, load<u32>(end) + <u32>ENTRY);
  }
  let start: u32 = 0;
  for (let part: usize = 0; part < PARTS; part++) {
    const end = ends + (part << 2);
    const size = load<u32>(end);
    store<u32>(end, start);
    start += size;
  }
  for (let i: usize = 0; i < <usize>count; i++) {
    const end = ends + ((<usize>load<u8>(parts + i)) << 2);
    const place = load<u32>(end);
    store<u32>(end, place + <u32>ENTRY);
    const at = out + <usize>place;
    store<u64>(at, load<u64>(keys + (i << 3)));
    store<u32>(at, load<u32>(rows + (i << 2)), 8);
  }
}

/** Sets each key's cell in `once`, or in `more` where it was set: bitmaps of `mask + 1` cells. */
export function countCells(entries: usize, count: i32, once: usize, more: usize, mask: u32): void {
  const end = entries + <usize>count * ENTRY;
  for (let at = entries; at < end; at += ENTRY) {
    const cell = cellOf(at, mask);
    const word = (<usize>(cell >> 5)) << 2;
    const bit: u32 = 1 << (cell & 31);
    const known = load<u32>(once + word);
    if ((known & bit) === 0) store<u32>(once + word, known | bit);
    else store<u32>(more + word, load<u32>(more + word) | bit);
  }
}

/**
 * Moves the entries whose cell is set in `more`, and those whose row has its sign bit set, to the front, in order; how
 * many they are.
 */
export function pickEntries(entries: usize, count: i32, more: usize, mask: u32): i32 {
  const end = entries + <usize>count * ENTRY;
  let out = entries;
  for (let at = entries; at < end; at += ENTRY) {
    const cell = cellOf(at, mask);
    const row = load<u32>(at, 8);
    const isSet = ((load<u32>(more + ((<usize>(cell >> 5)) << 2)) >> (cell & 31)) | (row >> 31)) & 1;
    // Written over by the next one unless it stays.
    store<u64>(out, load<u64>(at));
    store<u32>(out, row, 8);
    out += <usize>isSet * ENTRY;
  }
  return <i32>((out - entries) / ENTRY);
}
