import type { FlatBytes } from "../columns/flatData.js";
import type { RowTexts } from "./textPiece.js";

type Segment = RowTexts & { count: number };

// A buffer shared with other columns would be kept alive whole: what is larger than twice the texts is copied instead.
const SHARED = 2;
const SMALL = 4096;

/** The texts of rows that may have to be compared, by row, without a copy where the batch's own buffers can be kept. */
export class KeptTexts {
  #segments: Segment[] = [];
  #held = new Set<Uint8Array>();
  byteLength = 0;

  /** Texts that are held. */
  get count(): number {
    return this.#segments.reduce((sum, { count }) => sum + count, 0);
  }

  /** All texts, as they are held, in the order of their rows. */
  segments(): readonly RowTexts[] {
    return this.#segments;
  }

  /** Keeps `count` texts on end from slot `firstSlot`; they are the rows from `firstRow` on, behind all kept before. */
  keep(flat: FlatBytes, firstSlot: number, firstRow: number, count: number): void {
    const last = this.#segments.at(-1);
    const follows = last && last.flat === flat && last.firstRow + last.count === firstRow;
    if (follows && last.firstSlot + last.count === firstSlot) {
      last.count += count;
      return;
    }
    const { bytes, offsets } = flat;
    const used = offsets[offsets.length - 1]! - offsets[0]!;
    if (bytes.buffer.byteLength <= used * SHARED + SMALL) {
      this.#push({ firstRow, firstSlot, flat, rows: undefined, count });
      return;
    }
    const start = offsets[firstSlot]!;
    const copy = {
      bytes: bytes.slice(start, offsets[firstSlot + count]!),
      offsets: offsets.slice(firstSlot, firstSlot + count + 1).map((offset) => offset - start),
    };
    this.#push({ firstRow, firstSlot: 0, flat: copy, rows: undefined, count });
  }

  /** Keeps texts of single rows, ascending. */
  keepRows(rows: Int32Array, flat: FlatBytes): void {
    this.#push({ firstRow: rows[0] ?? 0, firstSlot: 0, flat, rows, count: rows.length });
  }

  #push(segment: Segment): void {
    this.#segments.push(segment);
    const { bytes, offsets } = segment.flat;
    if (!this.#held.has(bytes)) this.byteLength += bytes.byteLength + offsets.byteLength;
    this.#held.add(bytes);
    this.byteLength += segment.rows?.byteLength ?? 0;
  }

  clear(): void {
    this.#segments = [];
    this.#held = new Set();
    this.byteLength = 0;
  }

  #find(row: number): Segment {
    let low = 0;
    let high = this.#segments.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#segments[middle]!.firstRow <= row) low = middle;
      else high = middle - 1;
    }
    return this.#segments[low]!;
  }

  /** Calls back with the bytes that hold the text of a row, and where it starts and ends. */
  at<T>(row: number, use: (bytes: Uint8Array, start: number, end: number) => T): T {
    const segment = this.#find(row);
    const { bytes, offsets } = segment.flat;
    const slot = slotIn(segment, row);
    return use(bytes, offsets[slot]!, offsets[slot + 1]!);
  }

  /** Whether a row holds the same text as another, which may be kept in another place. */
  same(row: number, other: number, place: KeptTexts = this): boolean {
    const one = this.#find(row);
    const two = place.#find(other);
    const slot = slotIn(one, row);
    const otherSlot = slotIn(two, other);
    const start = one.flat.offsets[slot]!;
    const otherStart = two.flat.offsets[otherSlot]!;
    const length = one.flat.offsets[slot + 1]! - start;
    if (two.flat.offsets[otherSlot + 1]! - otherStart !== length) return false;
    const a = one.flat.bytes;
    const b = two.flat.bytes;
    for (let i = 0; i < length; i++) if (a[start + i] !== b[otherStart + i]) return false;
    return true;
  }
}

function slotIn({ rows, firstRow, firstSlot }: Segment, row: number): number {
  if (!rows) return row - firstRow + firstSlot;
  let low = 0;
  let high = rows.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle]! < row) low = middle + 1;
    else high = middle;
  }
  return low;
}
