/** The row of a text in which no match can be found any more. Rows are offsets into the table, multiples of 256. */
export const DEAD = 0;

/** The row of a text in which a match has been found. Nothing leads out of either row. */
export const ACCEPT = 256;

/**
 * Judges texts `from` to `count` with the table as it is, two at a time, since each look waits for the one before it.
 *
 * Gives the first text that needs an entry which is not there yet.
 */
export function scanTexts(
  table: Int32Array,
  accepts: Uint8Array,
  initial: number,
  bytes: Uint8Array,
  offsets: Int32Array,
  start: number,
  from: number,
  count: number,
  out: Uint8Array,
): number {
  let i = from;
  for (; i + 1 < count; i += 2) {
    const middle = offsets[start + i + 1]!;
    const end = offsets[start + i + 2]!;
    let a = offsets[start + i]!;
    let b = middle;
    let rowA = initial;
    let rowB = initial;
    const both = a + Math.min(middle - a, end - middle);
    while (a < both) {
      rowA = table[rowA + bytes[a++]!]!;
      rowB = table[rowB + bytes[b++]!]!;
      // One of them is no row, or both are decided: rows are multiples of 256.
      if ((rowA | rowB) <= ACCEPT) break;
    }
    rowA = scanRest(table, rowA, bytes, a, middle);
    rowB = scanRest(table, rowB, bytes, b, end);
    if ((rowA | rowB) < 0) return i;
    out[i] = accepts[rowA >> 8]!;
    out[i + 1] = accepts[rowB >> 8]!;
  }
  if (i < count) {
    const row = scanRest(table, initial, bytes, offsets[start + i]!, offsets[start + i + 1]!);
    if (row < 0) return i;
    out[i] = accepts[row >> 8]!;
  }
  return count;
}

function scanRest(table: Int32Array, from: number, bytes: Uint8Array, start: number, end: number): number {
  let row = from;
  for (let at = start; at < end && row > ACCEPT; at++) row = table[row + bytes[at]!]!;
  return row;
}
