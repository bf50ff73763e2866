import { type Kernels, stageTable, takeFlags } from "./kernels.js";
import { PLACES, TABLE_BYTES } from "./layout.js";
import { overTexts, type TextLoop, type Texts } from "./texts.js";

// Slots of long texts hold a length, -1 where they are free; those of short ones are all ones where they are free.
const LONG = { bytes: 32, lengthAt: 16, slotsPerMember: 3 };
const SHORT = { bytes: 8, most: 7, slotsPerMember: 8 };

/** A set of texts as the kernel looks them up: slots, and the texts that stand behind them. */
export interface MemberTable {
  readonly bytes: Uint8Array;
  /** Slots less one; their number is a power of two. */
  readonly mask: number;
  /** All members are of up to seven bytes. */
  readonly isShort: boolean;
}

/** The table of some distinct texts; undefined where they take more room than there is. */
export function memberTable(kernels: Kernels, members: readonly Uint8Array[]): MemberTable | undefined {
  const { run, bytes } = kernels;
  const isShort = members.every(({ length }) => length <= SHORT.most);
  const kind = isShort ? SHORT : LONG;
  let slots = 16;
  while (slots < kind.slotsPerMember * members.length) slots *= 2;
  const held = members.reduce((sum, { length }) => sum + length, 0);
  const behind = PLACES.table + slots * kind.bytes;
  // A word is read where the last text begins.
  const size = slots * kind.bytes + held + 8;
  if (size > TABLE_BYTES) return undefined;
  bytes.fill(0, PLACES.table, PLACES.table + size);
  if (isShort) bytes.fill(0xff, PLACES.table, behind);
  else {
    for (let slot = PLACES.table; slot < behind; slot += LONG.bytes) {
      bytes.fill(0xff, slot + LONG.lengthAt, slot + LONG.lengthAt + 4);
    }
  }
  let at = behind;
  for (const member of members) {
    bytes.set(member, at);
    if (isShort) run.addShort(PLACES.table, slots - 1, at, member.length);
    else run.addMember(PLACES.table, slots - 1, at, member.length);
    at += member.length;
  }
  // The texts behind short ones are no longer needed.
  const table = bytes.slice(PLACES.table, isShort ? behind : PLACES.table + size);
  kernels.table = undefined;
  return { bytes: table, mask: slots - 1, isShort };
}

/** Writes 1 for each text of [from, from + count) that is in the table, else 0; `loop` is the twin, for what can't be staged. */
export function findMembers(
  kernels: Kernels,
  table: MemberTable,
  texts: Texts,
  from: number,
  count: number,
  out: Uint8Array,
  loop: TextLoop,
): void {
  const at = stageTable(kernels, table.bytes);
  overTexts(
    kernels,
    texts,
    from,
    count,
    ({ run }, text, rows, done) => {
      if (table.isShort) run.findShort(at, table.mask, text, PLACES.offsets, rows, PLACES.flags);
      else run.findMembers(at, table.mask, text, PLACES.offsets, rows, PLACES.flags);
      takeFlags(kernels, PLACES.flags, rows, out, done);
    },
    loop,
  );
}
