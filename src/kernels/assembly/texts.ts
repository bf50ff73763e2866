import { hashOf, lowBytes } from "./hash";

// Bytes up to fifteen behind a text are read, and are nothing to it.

function lengths(offsets: usize, least: v128, most: v128): v128 {
  const length = i32x4.sub(v128.load(offsets, 4), v128.load(offsets));
  return v128.and(i32x4.ge_s(length, least), i32x4.le_s(length, most));
}

/** Writes 1 where a text's length in bytes lies in [least, most], else 0; how many do. */
export function bytesWithin(offsets: usize, count: i32, least: i32, most: i32, out: usize): i32 {
  const low = i32x4.splat(least);
  const high = i32x4.splat(most);
  const one = i8x16.splat(1);
  let inside = 0;
  for (let i = 0; i < count; i += 16) {
    const at = offsets + ((<usize>i) << 2);
    const truth = i8x16.narrow_i16x8_s(
      i16x8.narrow_i32x4_s(lengths(at, low, high), lengths(at + 16, low, high)),
      i16x8.narrow_i32x4_s(lengths(at + 32, low, high), lengths(at + 48, low, high)),
    );
    const rows = count - i >= 16 ? 0xffff : (1 << (count - i)) - 1;
    inside += popcnt<i32>(i8x16.bitmask(truth) & rows);
    v128.store(out + i, v128.and(truth, one));
  }
  return inside;
}

function isAscii(start: usize, end: usize): bool {
  let at = start;
  for (; at + 64 <= end; at += 64) {
    const all = v128.or(
      v128.or(v128.load(at), v128.load(at, 16)),
      v128.or(v128.load(at, 32), v128.load(at, 48)),
    );
    if (i8x16.bitmask(all) !== 0) return false;
  }
  for (; at < end; at++) if (load<u8>(at) >= 0x80) return false;
  return true;
}

/** As bytesWithin, by the length in code points: bytes that don't continue one. */
export function pointsWithin(
  text: usize,
  offsets: usize,
  count: i32,
  least: i32,
  most: i32,
  out: usize,
): void {
  const from = text + load<u32>(offsets);
  if (isAscii(from, text + load<u32>(offsets + ((<usize>count) << 2)))) {
    bytesWithin(offsets, count, least, most, out);
    return;
  }
  // As signed bytes, those that continue a code point are less than this.
  const first = i8x16.splat(-65);
  let start = from;
  for (let i = 0; i < count; i++) {
    const end = text + load<u32>(offsets + ((<usize>i) << 2), 4);
    let points = 0;
    let at = start;
    for (; at + 16 <= end; at += 16) points += popcnt<i32>(i8x16.bitmask(i8x16.gt_s(v128.load(at), first)));
    if (at < end) {
      const rest = (1 << (<i32>(end - at))) - 1;
      points += popcnt<i32>(i8x16.bitmask(i8x16.gt_s(v128.load(at), first)) & rest);
    }
    store<u8>(out + i, points >= least && points <= most ? 1 : 0);
    start = end;
  }
}

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
  for (let i = 0; i < count; i++) {
    const end = text + load<u32>(offsets + ((<usize>i) << 2), 4);
    const key = keyOf(start, end - start);
    let nth = nthOf(key, mask);
    let held = load<u64>(table + ((<usize>nth) << 3));
    while (held !== key && held !== FREE) {
      nth = (nth + 1) & mask;
      held = load<u64>(table + ((<usize>nth) << 3));
    }
    store<u8>(out + i, held === key ? 1 : 0);
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
