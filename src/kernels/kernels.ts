import { KERNEL_ROWS, PLACES } from "./layout.js";
import type { Held } from "./staged.js";
import type { HeldTexts } from "./texts.js";
import { WASM } from "./wasm.js";

/** What the module exports: addresses are bytes from the start of its memory. `assembly/` says what each does. */
interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  boundsOfDoubles(values: number, count: number, result: number): void;
  boundsOfLongs(values: number, bits: number, count: number, flip: bigint, result: number): void;
  widenInts(values: number, count: number, out: number): void;
  packFinite(values: number, count: number, out: number): number;
  nullsToNan(values: number, bits: number, count: number): void;
  countAtLeast(values: number, count: number, thresholds: number, size: number, result: number): void;
  longsApart(firsts: number, seconds: number, count: number, flip: bigint, orEqual: number): number;
  doublesApart(firsts: number, seconds: number, count: number, orEqual: number): number;
  sumLanes(values: number, count: number, result: number): void;
  distanceLanes(values: number, count: number, point: number, result: number): void;
  doublesWithin(values: number, count: number, low: number, high: number, ofNan: number, out: number): void;
  longsWithin(values: number, count: number, low: bigint, high: bigint, flip: bigint, out: number): void;
  tally(
    truths: number,
    asked: number,
    count: number,
    nullsFail: number,
    failed: number,
    result: number,
  ): void;
  hashTexts(text: number, offsets: number, count: number, out: number): void;
  dealEntries(keys: number, rows: number, count: number, parts: number, ends: number, out: number): void;
  countCells(entries: number, count: number, once: number, more: number, mask: number): void;
  pickEntries(entries: number, count: number, more: number, mask: number): number;
  bytesWithin(offsets: number, count: number, least: number, most: number, out: number): number;
  pointsWithin(text: number, offsets: number, count: number, least: number, most: number, out: number): void;
  addShort(table: number, mask: number, start: number, length: number): void;
  findShort(table: number, mask: number, text: number, offsets: number, count: number, out: number): void;
  addMember(table: number, mask: number, start: number, length: number): void;
  findMembers(table: number, mask: number, text: number, offsets: number, count: number, out: number): void;
  walkTexts(
    table: number,
    accepts: number,
    unknown: number,
    initial: number,
    text: number,
    offsets: number,
    count: number,
    out: number,
  ): number;
}

/** The compiled kernels beside their memory. Nothing but the table and the blocks that are held outlives a call. */
export interface Kernels {
  readonly run: Exports;
  readonly bytes: Uint8Array;
  readonly words: Int32Array;
  readonly doubles: Float64Array;
  /** The table in the place for one. */
  table: Uint8Array | undefined;
  /** The block in each of the places for some, and which of them is taken next. */
  readonly held: (Held | undefined)[];
  turn: number;
  /** The texts that were put into place last, unless something else was put there since. */
  texts: HeldTexts | undefined;
}

// Below this many rows a plain loop is done before the module would be compiled.
const WORTHWHILE = 1024;

let loaded: Kernels | undefined;
let refused = false;

function load(): Kernels | undefined {
  try {
    const binary = Uint8Array.from(atob(WASM.join("")), (character) => character.charCodeAt(0));
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(binary));
    const run = exports as unknown as Exports;
    const { buffer } = run.memory;
    return {
      run,
      bytes: new Uint8Array(buffer),
      words: new Int32Array(buffer),
      doubles: new Float64Array(buffer),
      table: undefined,
      held: [],
      turn: 0,
      texts: undefined,
    };
  } catch {
    // A page's policy may forbid WebAssembly, and an old engine may know no SIMD: the plain loops give the same results.
    refused = true;
    return undefined;
  }
}

/** The kernels for a block of so many rows; undefined where a plain loop is to do the work. */
export function kernelsFor(count: number): Kernels | undefined {
  if (count < WORTHWHILE || count > KERNEL_ROWS || refused) return undefined;
  loaded ??= load();
  return loaded;
}

/** The kernels, where some block has asked for them before. */
export const loadedKernels = (): Kernels | undefined => loaded;

/** Puts a table into place unless it lies there; its address. */
export function stageTable(kernels: Kernels, table: Uint8Array): number {
  if (kernels.table !== table) {
    kernels.bytes.set(table, PLACES.table);
    kernels.table = table;
  }
  return PLACES.table;
}

/** Copies flags out of their place. */
export function takeFlags({ bytes }: Kernels, place: number, count: number, out: Uint8Array, at = 0): void {
  out.set(bytes.subarray(place, place + count), at);
}
