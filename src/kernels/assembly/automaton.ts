// A row of the table is 256 entries of 16 bits: for each byte the row after it, as 256 x its number. Nothing leads out of the
// row `unknown`, which stands for entries that are not there yet.

// A row up to this one is decided: no byte leads out of it.
const ACCEPT: u32 = 256;
// Bytes after which a look is taken whether all are decided: often enough for long texts, and seldom for short ones.
const STRIDE: usize = 64;

function next(table: usize, row: u32, at: usize): u32 {
  return load<u16>(table + ((<usize>(row + load<u8>(at))) << 1));
}

function rest(table: usize, row: u32, from: usize, end: usize): u32 {
  let last = row;
  for (let at = from; at < end && last > ACCEPT; at++) last = next(table, last, at);
  return last;
}

/**
 * Walks `count` texts from the row `initial`, four at a time, since each look waits for the one before it; writes what
 * `accepts` says of the rows they end in. Gives the first text that needs an entry which is not there yet, or `count`.
 */
export function walkTexts(
  table: usize,
  accepts: usize,
  unknown: u32,
  initial: u32,
  text: usize,
  offsets: usize,
  count: i32,
  out: usize,
): i32 {
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    const at = offsets + ((<usize>i) << 2);
    let a = text + load<u32>(at);
    let b = text + load<u32>(at, 4);
    let c = text + load<u32>(at, 8);
    let d = text + load<u32>(at, 12);
    const end = text + load<u32>(at, 16);
    const endA = b;
    const endB = c;
    const endC = d;
    const all = a + min<usize>(min<usize>(endA - a, endB - b), min<usize>(endC - c, end - d));
    let rowA = initial;
    let rowB = initial;
    let rowC = initial;
    let rowD = initial;
    while (a < all && (rowA | rowB | rowC | rowD) > ACCEPT) {
      for (const some = min<usize>(all, a + STRIDE); a < some; a++, b++, c++, d++) {
        rowA = next(table, rowA, a);
        rowB = next(table, rowB, b);
        rowC = next(table, rowC, c);
        rowD = next(table, rowD, d);
      }
    }
    rowA = rest(table, rowA, a, endA);
    rowB = rest(table, rowB, b, endB);
    rowC = rest(table, rowC, c, endC);
    rowD = rest(table, rowD, d, end);
    if (rowA === unknown || rowB === unknown || rowC === unknown || rowD === unknown) break;
    store<u8>(out + i, load<u8>(accepts + (rowA >> 8)));
    store<u8>(out + i, load<u8>(accepts + (rowB >> 8)), 1);
    store<u8>(out + i, load<u8>(accepts + (rowC >> 8)), 2);
    store<u8>(out + i, load<u8>(accepts + (rowD >> 8)), 3);
  }
  for (; i < count; i++) {
    const at = offsets + ((<usize>i) << 2);
    const row = rest(table, initial, text + load<u32>(at), text + load<u32>(at, 4));
    if (row === unknown) return i;
    store<u8>(out + i, load<u8>(accepts + (row >> 8)));
  }
  return count;
}
