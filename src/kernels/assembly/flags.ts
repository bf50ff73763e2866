// Bytes a row: truths (0 false, 1 true, 2 unknown) and flags (0 or 1). Rows are taken sixteen at a time, so up to fifteen
// bytes behind the last are written as well.

function sixteen(a: v128, b: v128, c: v128, d: v128, e: v128, f: v128, g: v128, h: v128): v128 {
  return i8x16.narrow_i16x8_s(
    i16x8.narrow_i32x4_s(everyOther(a, b), everyOther(c, d)),
    i16x8.narrow_i32x4_s(everyOther(e, f), everyOther(g, h)),
  );
}

/** The low words of four 64-bit masks. */
function everyOther(a: v128, b: v128): v128 {
  return i8x16.shuffle(a, b, 0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27);
}

function within(at: usize, low: v128, high: v128): v128 {
  const value = v128.load(at);
  return v128.and(f64x2.ge(value, low), f64x2.le(value, high));
}

function isNumber(at: usize): v128 {
  const value = v128.load(at);
  return f64x2.eq(value, value);
}

/** Writes 1 where low <= value <= high, `ofNan` where the value is NaN, else 0. */
export function doublesWithin(values: usize, count: i32, low: f64, high: f64, ofNan: i32, out: usize): void {
  const lows = f64x2.splat(low);
  const highs = f64x2.splat(high);
  const one = i8x16.splat(1);
  const nans = i8x16.splat(<i8>ofNan);
  for (let i = 0; i < count; i += 16) {
    const at = values + ((<usize>i) << 3);
    let truth = v128.and(
      one,
      sixteen(
        within(at, lows, highs),
        within(at + 16, lows, highs),
        within(at + 32, lows, highs),
        within(at + 48, lows, highs),
        within(at + 64, lows, highs),
        within(at + 80, lows, highs),
        within(at + 96, lows, highs),
        within(at + 112, lows, highs),
      ),
    );
    if (ofNan !== 0) {
      const numbers = sixteen(
        isNumber(at),
        isNumber(at + 16),
        isNumber(at + 32),
        isNumber(at + 48),
        isNumber(at + 64),
        isNumber(at + 80),
        isNumber(at + 96),
        isNumber(at + 112),
      );
      truth = v128.bitselect(truth, nans, numbers);
    }
    v128.store(out + i, truth);
  }
}

function outside(at: usize, flips: v128, low: v128, high: v128): v128 {
  const value = v128.xor(v128.load(at), flips);
  return v128.or(v128.gt<i64>(low, value), v128.gt<i64>(value, high));
}

/** Writes 1 where low <= value <= high, else 0; all three are xored with `flip`, the sign bit where there is none. */
export function longsWithin(values: usize, count: i32, low: i64, high: i64, flip: i64, out: usize): void {
  const lows = i64x2.splat(low ^ flip);
  const highs = i64x2.splat(high ^ flip);
  const flips = i64x2.splat(flip);
  const one = i8x16.splat(1);
  for (let i = 0; i < count; i += 16) {
    const at = values + ((<usize>i) << 3);
    const out16 = sixteen(
      outside(at, flips, lows, highs),
      outside(at + 16, flips, lows, highs),
      outside(at + 32, flips, lows, highs),
      outside(at + 48, flips, lows, highs),
      outside(at + 64, flips, lows, highs),
      outside(at + 80, flips, lows, highs),
      outside(at + 96, flips, lows, highs),
      outside(at + 112, flips, lows, highs),
    );
    v128.store(out + i, v128.andnot(one, out16));
  }
}

/**
 * Flags the rows that fail: false, or unknown where `nullsFail`, among those `asked` (0: all). Writes how many were asked,
 * unknown and failed, as three 32-bit integers.
 */
export function tally(
  truths: usize,
  asked: usize,
  count: i32,
  nullsFail: i32,
  failed: usize,
  result: usize,
): void {
  const zero = i8x16.splat(0);
  const one = i8x16.splat(1);
  const two = i8x16.splat(2);
  const nulls = i8x16.splat(nullsFail !== 0 ? -1 : 0);
  let judged = 0;
  let unknown = 0;
  let failures = 0;
  for (let i = 0; i < count; i += 16) {
    const truth = v128.load(truths + i);
    // Rows behind the last are not asked.
    const rows = count - i >= 16 ? 0xffff : (1 << (count - i)) - 1;
    let isUnknown = i8x16.eq(truth, two);
    let fails = v128.or(i8x16.eq(truth, zero), v128.and(isUnknown, nulls));
    if (asked !== 0) {
      const isAsked = i8x16.ne(v128.load(asked + i), zero);
      judged += popcnt<i32>(i8x16.bitmask(isAsked) & rows);
      isUnknown = v128.and(isUnknown, isAsked);
      fails = v128.and(fails, isAsked);
    }
    unknown += popcnt<i32>(i8x16.bitmask(isUnknown) & rows);
    failures += popcnt<i32>(i8x16.bitmask(fails) & rows);
    v128.store(failed + i, v128.and(fails, one));
  }
  store<i32>(result, asked !== 0 ? judged : count);
  store<i32>(result, unknown, 4);
  store<i32>(result, failures, 8);
}
