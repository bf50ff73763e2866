import { ENTRY, slotOf } from "../kernels/entries.js";
import { REPEATS } from "./keyLog.js";

/** What is told of entries whose key came before: the rows of the first entry and of this one. */
export type OnRepeat = (first: number, later: number) => void;

/** Whether two rows hold the same key, where words alone don't say; absent where they do. */
export type SameKey = (row: number, other: number) => boolean;

/** What the entries of one partition come to. */
export interface Settled {
  /** Distinct keys. */
  readonly distinct: number;
  /** Distinct keys that come more than once. */
  readonly repeated: number;
}

let slots = new Int32Array(1024);

/**
 * Finds the keys that come more than once among some entries, in order. The first entry of each key moves to the front
 * of `entries`, and is marked `REPEATS` where the key comes again.
 */
export function settle(
  entries: Int32Array,
  length: number,
  same: SameKey | undefined,
  onRepeat: OnRepeat,
): Settled {
  if (length === 0) return { distinct: 0, repeated: 0 };
  const { table, mask } = tableFor(length);
  let end = 0;
  let repeated = 0;
  for (let at = 0; at < length; at += ENTRY) {
    const low = entries[at]!;
    const high = entries[at + 1]!;
    const row = entries[at + 2]!;
    let slot = slotOf(low, high, mask);
    for (;;) {
      const known = table[slot]!;
      if (known < 0) {
        table[slot] = end;
        entries[end] = low;
        entries[end + 1] = high;
        entries[end + 2] = row;
        end += ENTRY;
        if (row < 0) repeated++;
        break;
      }
      if (entries[known] === low && entries[known + 1] === high) {
        const first = entries[known + 2]!;
        if (!same || same(first & ~REPEATS, row & ~REPEATS)) {
          onRepeat(first & ~REPEATS, row & ~REPEATS);
          if (first >= 0) {
            repeated++;
            entries[known + 2] = first | REPEATS;
          }
          break;
        }
      }
      slot = (slot + 1) & mask;
    }
  }
  return { distinct: end / ENTRY, repeated };
}

/** Tells of each entry whose words came before: the rows of the first entry that has them and of this one. */
export function sharedWords(entries: Int32Array, length: number, onShared: OnRepeat): void {
  const { table, mask } = tableFor(length);
  for (let at = 0; at < length; at += ENTRY) {
    const low = entries[at]!;
    const high = entries[at + 1]!;
    let slot = slotOf(low, high, mask);
    for (;;) {
      const known = table[slot]!;
      if (known < 0) {
        table[slot] = at;
        break;
      }
      if (entries[known] === low && entries[known + 1] === high) {
        onShared(entries[known + 2]! & ~REPEATS, entries[at + 2]! & ~REPEATS);
        break;
      }
      slot = (slot + 1) & mask;
    }
  }
}

/** An empty table of slots for so many words of entries. */
function tableFor(length: number): { readonly table: Int32Array; readonly mask: number } {
  let size = 64;
  while (size * ENTRY < length * 1.5) size *= 2;
  if (slots.length < size) slots = new Int32Array(size);
  return { table: slots.fill(-1, 0, size), mask: size - 1 };
}
