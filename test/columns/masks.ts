import { packFlags } from "../../src/columns/bitmap.js";
import { keptRuns } from "../../src/columns/runs.js";

/** The runs of rows whose flag in `mask` equals `keep`. */
export function runsOf(mask: Uint8Array, keep: 0 | 1 = 1): Int32Array {
  const { buffer, byteLength } = packFlags(mask, mask.length);
  return keptRuns(new Int32Array(buffer, 0, byteLength >> 2), mask.length, keep);
}
