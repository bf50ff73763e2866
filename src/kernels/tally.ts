import { type Kernels, kernelsFor, takeFlags } from "./kernels.js";
import { PLACES } from "./layout.js";

/** What became of the rows of a block. */
export interface Counted {
  /** Rows that were asked. */
  readonly asked: number;
  /** Those whose truth is unknown. */
  readonly unknown: number;
  readonly failed: number;
}

const FALSE = 0;
const UNKNOWN = 2;

/**
 * Counts truths (0 false, 1 true, 2 unknown) of the rows that `asked` has a 1 for, of all when it is absent, and flags those
 * that fail: the false ones, and the unknown ones where `nullsFail`.
 */
export function tallyTruths(
  truths: Uint8Array,
  asked: Uint8Array | undefined,
  count: number,
  nullsFail: boolean,
  failed: Uint8Array,
): Counted {
  const kernels = kernelsFor(count);
  return kernels
    ? tallyByKernel(kernels, truths, asked, count, nullsFail, failed)
    : tallyByLoop(truths, asked, count, nullsFail, failed);
}

/** The kernel of `tallyTruths`. */
export function tallyByKernel(
  kernels: Kernels,
  truths: Uint8Array,
  asked: Uint8Array | undefined,
  count: number,
  nullsFail: boolean,
  failed: Uint8Array,
): Counted {
  const { run, bytes, words } = kernels;
  bytes.set(truths.subarray(0, count), PLACES.flags);
  if (asked) bytes.set(asked.subarray(0, count), PLACES.moreFlags);
  const at = asked ? PLACES.moreFlags : 0;
  run.tally(PLACES.flags, at, count, nullsFail ? 1 : 0, PLACES.values, PLACES.result);
  const [all = 0, unknown = 0, failures = 0] = words;
  if (failures > 0) takeFlags(kernels, PLACES.values, count, failed);
  else failed.fill(0, 0, count);
  return { asked: all, unknown, failed: failures };
}

/** The twin of the kernel of `tallyTruths`. */
export function tallyByLoop(
  truths: Uint8Array,
  asked: Uint8Array | undefined,
  count: number,
  nullsFail: boolean,
  failed: Uint8Array,
): Counted {
  let all = 0;
  let unknown = 0;
  let failures = 0;
  for (let i = 0; i < count; i++) {
    failed[i] = 0;
    if (asked && asked[i] === 0) continue;
    all++;
    const truth = truths[i]!;
    if (truth === UNKNOWN) unknown++;
    if (truth === FALSE || (nullsFail && truth === UNKNOWN)) {
      failed[i] = 1;
      failures++;
    }
  }
  return { asked: all, unknown, failed: failures };
}
