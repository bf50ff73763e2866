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
