import { hashOf, lowBytes } from "./hash";

// A table of texts of up to seven bytes: slots of eight bytes, that hold a text and, in the last byte, its length.
const FREE: u64 = 0xffffffffffffffff;
// What no slot holds.
const TOO_LONG: u64 = 0xfe00000000000000;

function keyOf(start: usize, length: usize): u64 {
  const key = lowBytes(load<u64>(start), length) | ((<u64>length) << 56);
  return length > 7 ? TOO_LONG : key;
}

function nthOf(key: u64, mask: i32): i32 {
  return <i32>((key * 0x9e3779b97f4a7c15) >> 40) & mask;
}

/** Puts a text of up to seven bytes into a table of mask + 1 slots that has a free one. */
export function addShort(table: usize, mask: i32, start: usize, length: i32): void {
  const key = keyOf(start, <usize>length);
  let nth = nthOf(key, mask);
  for (;;) {
    const slot = table + ((<usize>nth) << 3);
    if (load<u64>(slot) === FREE || load<u64>(slot) === key) {
      store<u64>(slot, key);
      return;
    }
    nth = (nth + 1) & mask;
  }
}

function firstSlot(table: usize, mask: i32, key: u64): u64 {
  return load<u64>(table + ((<usize>nthOf(key, mask)) << 3));
}

function isShortIn(table: usize, mask: i32, key: u64): u32 {
  let nth = nthOf(key, mask);
  let held = load<u64>(table + ((<usize>nth) << 3));
  while (held !== key && held !== FREE) {
    nth = (nth + 1) & mask;
    held = load<u64>(table + ((<usize>nth) << 3));
  }
  return held === key ? 1 : 0;
}

/** Writes 1 where a text is in such a table, else 0. */
export function findShort(
  table: usize,
  mask: i32,
  text: usize,
  offsets: usize,
  count: i32,
  out: usize,
): void {
  let start = text + load<u32>(offsets);
  const whole = count & ~3;
  for (let i = 0; i < whole; i += 4) {
    const at = offsets + ((<usize>i) << 2);
    const end0 = text + load<u32>(at, 4);
    const end1 = text + load<u32>(at, 8);
    const end2 = text + load<u32>(at, 12);
    const end3 = text + load<u32>(at, 16);
    const key0 = keyOf(start, end0 - start);
    const key1 = keyOf(end0, end1 - end0);
    const key2 = keyOf(end1, end2 - end1);
    const key3 = keyOf(end2, end3 - end2);
    // Most often all four are members, each in the first slot it is looked for in: one branch for them all.
    const apart =
      (firstSlot(table, mask, key0) ^ key0) |
      (firstSlot(table, mask, key1) ^ key1) |
      (firstSlot(table, mask, key2) ^ key2) |
      (firstSlot(table, mask, key3) ^ key3);
    if (apart === 0) store<u32>(out + i, 0x01010101);
    else {
      const first = isShortIn(table, mask, key0) | (isShortIn(table, mask, key1) << 8);
      const last = isShortIn(table, mask, key2) | (isShortIn(table, mask, key3) << 8);
      store<u32>(out + i, first | (last << 16));
    }
    start = end3;
  }
  for (let i = whole; i < count; i++) {
    const end = text + load<u32>(offsets + ((<usize>i) << 2), 4);
    store<u8>(out + i, isShortIn(table, mask, keyOf(start, end - start)));
    start = end;
  }
}

// A table of members: slots of 32 bytes. A text of up to 16 bytes is told by its first and last eight and its length, a longer
// one by its first eight, its hash and its length, and is then compared.
const LAST: usize = 8;
const LENGTH: usize = 16;
const PLACE: usize = 20;

function sameBytes(a: usize, b: usize, length: i32): bool {
  let at: usize = 0;
  for (; at + 8 <= <usize>length; at += 8) if (load<u64>(a + at) !== load<u64>(b + at)) return false;
  for (; at < <usize>length; at++) if (load<u8>(a + at) !== load<u8>(b + at)) return false;
  return true;
}

/** The slot that a text has, or would have. A slot whose length is -1 is free. */
function slotOf(table: usize, mask: i32, start: usize, length: i32, first: u64, last: u64): usize {
  const hash = (first ^ (last * 0xbf58476d1ce4e5b9) ^ <u64>length) * 0x9e3779b97f4a7c15;
  let nth = <i32>(hash >> 40) & mask;
  let slot = table + ((<usize>nth) << 5);
  for (let held = load<i32>(slot, LENGTH); held !== -1; held = load<i32>(slot, LENGTH)) {
    if (held === length && load<u64>(slot) === first && load<u64>(slot, LAST) === last) {
      if (length <= 16 || sameBytes(load<u32>(slot, PLACE), start, length)) return slot;
    }
    nth = (nth + 1) & mask;
    slot = table + ((<usize>nth) << 5);
  }
  return slot;
}

function firstOf(start: usize, length: i32): u64 {
  return length >= 8 ? load<u64>(start) : lowBytes(load<u64>(start), <usize>length);
}

function lastOf(start: usize, length: i32): u64 {
  if (length <= 8) return 0;
  return length <= 16 ? load<u64>(start + <usize>length - 8) : hashOf(start, start + <usize>length);
}

/** Puts a text, which stays where it is, into a table of mask + 1 slots that has a free one. */
export function addMember(table: usize, mask: i32, start: usize, length: i32): void {
  const first = firstOf(start, length);
  const last = lastOf(start, length);
  const slot = slotOf(table, mask, start, length, first, last);
  store<u64>(slot, first);
  store<u64>(slot, last, LAST);
  store<i32>(slot, length, LENGTH);
  store<u32>(slot, <u32>start, PLACE);
}

/** Writes 1 where a text is a member, else 0. */
export function findMembers(
  table: usize,
  mask: i32,
  text: usize,
  offsets: usize,
  count: i32,
  out: usize,
): void {
  let start = text + load<u32>(offsets);
  for (let i = 0; i < count; i++) {
    const end = text + load<u32>(offsets + ((<usize>i) << 2), 4);
    const length = <i32>(end - start);
    const slot = slotOf(table, mask, start, length, firstOf(start, length), lastOf(start, length));
    store<u8>(out + i, load<i32>(slot, LENGTH) === -1 ? 0 : 1);
    start = end;
  }
}
