import { KERNEL_ROWS, PLACES } from "./layout.js";
import { WASM } from "./wasm.js";

/** What the module exports: addresses are bytes from the start of its memory. */
interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  boundsOfDoubles(values: number, bits: number, count: number, result: number): void;
  boundsOfLongs(values: number, bits: number, count: number, flip: bigint, result: number): void;
  hashTexts(text: number, offsets: number, count: number, out: number): void;
}

/** The compiled kernels beside their memory. Nothing in it outlives a call. */
export interface Kernels {
  readonly run: Exports;
  readonly bytes: Uint8Array;
  readonly words: Int32Array;
  readonly doubles: Float64Array;
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

/** Puts a block's validity into place; its address, or 0 where there is none. */
export function stageBits({ bytes }: Kernels, bits: Uint8Array | undefined, count: number): number {
  if (!bits) return 0;
  bytes.set(bits.subarray(0, (count + 7) >> 3), PLACES.bits);
  return PLACES.bits;
}
