import { type Kernels, loadedKernels } from "./kernels.js";
import { PLACES } from "./layout.js";

/** One bit a row from bit 0 of byte 0, 1 where a value is present; bits beyond the rows are 0. Absent when all are. */
export type Bits = Uint8Array | undefined;

/** Numbers that a double holds each, in the type they are stored in. */
export type Numbers = Float64Array | Float32Array | Int32Array;

/** 64-bit integers. */
export type Longs = BigInt64Array | BigUint64Array;

/** A block that lies in place. */
export interface Held {
  readonly values: Numbers | Longs;
  /** The validity by which slots without a value became NaN; undefined where none did. */
  readonly bits: Bits;
  readonly count: number;
}

/** Puts a block's validity into place; its address, or 0 where there is none. */
export function stageBits({ bytes }: Kernels, bits: Bits, count: number): number {
  if (!bits) return 0;
  bytes.set(bits.subarray(0, (count + 7) >> 3), PLACES.bits);
  return PLACES.bits;
}

/** The 32-bit words of 64-bit integers, the low one first. */
export function wordsOf(values: Longs): Int32Array {
  return new Int32Array(values.buffer, values.byteOffset, values.length * 2);
}

function firstOf<T extends Numbers | Longs>(values: T, count: number): T {
  return values.length === count ? values : (values.subarray(0, count) as T);
}

/** The place of a block that is there, if it is: slots without a value are NaN unless `bits` is "any". */
function placeOf({ held }: Kernels, values: Numbers | Longs, bits: Bits | "any", count: number) {
  for (let nth = 0; nth < held.length; nth++) {
    const block = held[nth];
    if (block?.values !== values || block.count !== count) continue;
    if (bits === "any" || block.bits === bits) return PLACES.blocks[nth];
  }
  return undefined;
}

function nextPlace(kernels: Kernels, block: Held): number {
  const nth = kernels.turn;
  kernels.turn = (nth + 1) % PLACES.blocks.length;
  kernels.held[nth] = block;
  return PLACES.blocks[nth]!;
}

/**
 * Puts a block's numbers into place as doubles, NaN where a bit says that there is none; their address. What is known by its
 * object is not put there again until `forgetStaged`. With "any" for bits, slots without a value hold anything.
 */
export function stageNumbers(kernels: Kernels, values: Numbers, bits: Bits | "any", count: number): number {
  const known = placeOf(kernels, values, bits, count);
  if (known !== undefined) return known;
  const { run, doubles, words } = kernels;
  const some = bits === "any" ? undefined : bits;
  const place = nextPlace(kernels, { values, bits: some, count });
  const block = firstOf(values, count);
  if (block instanceof Int32Array) {
    words.set(block, PLACES.moreValues >> 2);
    run.widenInts(PLACES.moreValues, count, place);
  } else {
    doubles.set(block, place >> 3);
  }
  if (some) run.nullsToNan(place, stageBits(kernels, some, count), count);
  return place;
}

/** The same of 64-bit integers, which stay as they are. */
export function stageLongs(kernels: Kernels, values: Longs, count: number): number {
  const known = placeOf(kernels, values, undefined, count);
  if (known !== undefined) return known;
  const place = nextPlace(kernels, { values, bits: undefined, count });
  kernels.words.set(wordsOf(firstOf(values, count)), place >> 2);
  return place;
}

/** Says that arrays may hold other values from now on, so that nothing in place counts as theirs. */
export function forgetStaged(): void {
  const kernels = loadedKernels();
  if (!kernels) return;
  kernels.held.length = 0;
  kernels.texts = undefined;
}
