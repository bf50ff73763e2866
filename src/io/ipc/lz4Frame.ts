import { xxHash32 } from "./xxHash32.js";

const MAGIC = 0x184d2204;
const VERSION = 1;
const STORED = 0x80000000;

/** Copies a match, which may overlap what it writes. */
function copyMatch(out: Uint8Array, at: number, distance: number, length: number): void {
  if (distance >= length) {
    out.copyWithin(at, at - distance, at - distance + length);
    return;
  }
  for (let i = 0; i < length; i++) out[at + i] = out[at + i - distance]!;
}

/** Decodes one LZ4 block into `out` from `at` on; returns the end of what it wrote. */
function decodeBlock(block: Uint8Array, out: Uint8Array, at: number): number {
  let from = 0;
  let to = at;
  const extend = (length: number): number => {
    let total = length;
    if (length !== 15) return total;
    for (let more = 255; more === 255; ) {
      if (from >= block.length) throw new RangeError("a length runs past its block");
      more = block[from++]!;
      total += more;
    }
    return total;
  };
  while (from < block.length) {
    const token = block[from++]!;
    const literals = extend(token >> 4);
    if (literals > block.length - from || literals > out.length - to) {
      throw new RangeError("literals run past their block");
    }
    out.set(block.subarray(from, from + literals), to);
    from += literals;
    to += literals;
    // The last sequence of a block has literals only.
    if (from === block.length) return to;
    if (from + 2 > block.length) throw new RangeError("a match runs past its block");
    const distance = block[from]! | (block[from + 1]! << 8);
    from += 2;
    const length = extend(token & 15) + 4;
    if (distance === 0 || distance > to) throw new RangeError("a match starts before the data");
    if (length > out.length - to) throw new RangeError("the data is longer than it claims");
    copyMatch(out, to, distance, length);
    to += length;
  }
  return to;
}

/**
 * Decodes one LZ4 frame of exactly `size` bytes, checksums verified where the frame has them. Throws RangeError.
 * Format: https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md
 */
export function decodeLz4Frame(frame: Uint8Array, size: number): Uint8Array {
  // Each byte of a block brings at most 255 bytes, so a larger claim is refused before it is allocated.
  if (size > frame.length * 255) throw new RangeError(`${frame.length} bytes can't hold ${size}`);
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const flags = view.getUint8(4);
  if (view.getUint32(0, true) !== MAGIC || flags >> 6 !== VERSION)
    throw new RangeError("it is not an LZ4 frame");
  const [hasBlockSum, hasSize, hasSum, hasDictionary] = [flags & 16, flags & 8, flags & 4, flags & 1];
  let at = 6 + (hasSize ? 8 : 0) + (hasDictionary ? 4 : 0);
  if (hasDictionary) throw new RangeError("it needs a dictionary");
  if (view.getUint8(at) !== ((xxHash32(frame.subarray(4, at)) >>> 8) & 255))
    throw new RangeError("its header is damaged");
  if (hasSize && view.getBigUint64(6, true) !== BigInt(size)) throw new RangeError("it states another size");
  at++;

  const out = new Uint8Array(size);
  let written = 0;
  for (let header = view.getUint32(at, true); header !== 0; header = view.getUint32(at, true)) {
    const length = header % STORED;
    const end = at + 4 + length;
    if (end > frame.length) throw new RangeError("a block is cut short");
    const block = frame.subarray(at + 4, end);
    if (header < STORED) written = decodeBlock(block, out, written);
    else {
      if (length > size - written) throw new RangeError("the data is longer than it claims");
      out.set(block, written);
      written += length;
    }
    if (hasBlockSum && view.getUint32(end, true) !== xxHash32(block))
      throw new RangeError("a block is damaged");
    at = end + (hasBlockSum ? 4 : 0);
  }
  at += 4;
  if (written !== size) throw new RangeError(`it holds ${written} bytes, not ${size}`);
  if (hasSum && view.getUint32(at, true) !== xxHash32(out)) throw new RangeError("the data is damaged");
  if (at + (hasSum ? 4 : 0) !== frame.length) throw new RangeError("bytes follow its end");
  return out;
}
