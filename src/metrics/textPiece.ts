import type { FlatBytes } from "../columns/flatData.js";
import type { Spill } from "./memoryBudget.js";

/** Texts of some rows, ascending: those on end from `firstRow`, or those of `rows`, one each. */
export interface RowTexts {
  readonly firstRow: number;
  readonly rows: Int32Array | undefined;
  /** The slot of `flat` that holds the first. */
  readonly firstSlot: number;
  readonly flat: FlatBytes;
  readonly count: number;
}

/** Such texts in a file: their rows where they aren't on end, where each of them starts and ends, and their bytes. */
export interface TextPiece {
  readonly position: number;
  readonly firstRow: number;
  readonly hasRows: boolean;
  readonly count: number;
  readonly firstOffset: number;
  readonly textBytes: number;
}

const bytesOf = (words: Int32Array) => new Uint8Array(words.buffer, words.byteOffset, words.byteLength);

/** Writes texts as they are held. Throws EngineError. */
export function writeTexts(spill: Spill, { firstRow, rows, firstSlot, flat, count }: RowTexts): TextPiece {
  const offsets = flat.offsets.subarray(firstSlot, firstSlot + count + 1);
  const firstOffset = offsets[0]!;
  const bytes = flat.bytes.subarray(firstOffset, offsets[count]!);
  const ofRows = rows && spill.write(bytesOf(rows.subarray(0, count)));
  const ofOffsets = spill.write(bytesOf(offsets));
  spill.write(bytes);
  return {
    position: ofRows ?? ofOffsets,
    firstRow,
    hasRows: rows !== undefined,
    count,
    firstOffset,
    textBytes: bytes.length,
  };
}

/** Bytes that a piece takes when all of it is read. */
export function sizeOf({ hasRows, count, textBytes }: TextPiece): number {
  return count * (hasRows ? 8 : 4) + 4 + textBytes;
}

/** Reads `count` texts of a piece, from its text number `from` on. Throws EngineError. */
export function readTexts(spill: Spill, piece: TextPiece, from: number, count: number): RowTexts {
  const { position, hasRows, firstRow, firstOffset } = piece;
  const rows = hasRows ? new Int32Array(count) : undefined;
  if (rows) spill.read(position + from * 4, bytesOf(rows));
  const atOffsets = position + (hasRows ? piece.count * 4 : 0);
  const offsets = new Int32Array(count + 1);
  spill.read(atOffsets + from * 4, bytesOf(offsets));
  const start = offsets[0]!;
  for (let i = 0; i <= count; i++) offsets[i]! -= start;
  const bytes = new Uint8Array(offsets[count]!);
  spill.read(atOffsets + (piece.count + 1) * 4 + start - firstOffset, bytes);
  return { firstRow: firstRow + from, rows, firstSlot: 0, flat: { bytes, offsets }, count };
}
