// Least and greatest of a block of numbers.

const EVERY: v128 = i64x2.splat(-1);

/** The two lanes of a byte of validity that start at bit `first`, as masks. */
function lanes(byte: v128, first: v128): v128 {
  return i64x2.eq(v128.and(byte, first), first);
}

/** Writes min, max and the count of NaN slots as three doubles. */
export function boundsOfDoubles(values: usize, count: i32, result: usize): void {
  let min0 = f64x2.splat(Infinity);
  let min1 = min0;
  let max0 = f64x2.splat(-Infinity);
  let max1 = max0;
  let nans = i64x2.splat(0);
  const whole = count & ~7;
  for (let i = 0; i < whole; i += 8) {
    const at = values + ((<usize>i) << 3);
    const a = v128.load(at);
    const b = v128.load(at, 16);
    const c = v128.load(at, 32);
    const d = v128.load(at, 48);
    min0 = f64x2.pmin(f64x2.pmin(min0, a), c);
    min1 = f64x2.pmin(f64x2.pmin(min1, b), d);
    max0 = f64x2.pmax(f64x2.pmax(max0, a), c);
    max1 = f64x2.pmax(f64x2.pmax(max1, b), d);
    nans = i64x2.add(
      nans,
      i64x2.add(i64x2.add(f64x2.ne(a, a), f64x2.ne(b, b)), i64x2.add(f64x2.ne(c, c), f64x2.ne(d, d))),
    );
  }
  min0 = f64x2.pmin(min0, min1);
  max0 = f64x2.pmax(max0, max1);
  let min = f64x2.extract_lane(min0, 0);
  let max = f64x2.extract_lane(max0, 0);
  if (f64x2.extract_lane(min0, 1) < min) min = f64x2.extract_lane(min0, 1);
  if (f64x2.extract_lane(max0, 1) > max) max = f64x2.extract_lane(max0, 1);
  let missing = -(i64x2.extract_lane(nans, 0) + i64x2.extract_lane(nans, 1));
  for (let i = whole; i < count; i++) {
    const value = load<f64>(values + ((<usize>i) << 3));
    if (value !== value) missing++;
    else {
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  // Which of the zeros came first must not show.
  store<f64>(result, min + 0.0);
  store<f64>(result, max + 0.0, 8);
  store<f64>(result, <f64>missing, 16);
}

/**
 * Writes min and max of 64-bit integers, whose values are first xored with `flip`: the sign bit where there is none. `bits` is
 * the validity bitmap, or 0 where every slot is valid.
 */
export function boundsOfLongs(values: usize, bits: usize, count: i32, flip: i64, result: usize): void {
  const flips = i64x2.splat(flip);
  let min0 = i64x2.splat(i64.MAX_VALUE);
  let min1 = min0;
  let max0 = i64x2.splat(i64.MIN_VALUE);
  let max1 = max0;
  const whole = count & ~3;
  for (let i = 0; i < whole; i += 4) {
    const at = values + ((<usize>i) << 3);
    const a = v128.xor(v128.load(at), flips);
    const b = v128.xor(v128.load(at, 16), flips);
    let validA = EVERY;
    let validB = EVERY;
    if (bits !== 0) {
      const all = i64x2.splat(load<u8>(bits + (i >> 3)) >> <u8>(i & 4));
      validA = lanes(all, i64x2(1, 2));
      validB = lanes(all, i64x2(4, 8));
    }
    min0 = v128.bitselect(a, min0, v128.and(v128.gt<i64>(min0, a), validA));
    min1 = v128.bitselect(b, min1, v128.and(v128.gt<i64>(min1, b), validB));
    max0 = v128.bitselect(a, max0, v128.and(v128.gt<i64>(a, max0), validA));
    max1 = v128.bitselect(b, max1, v128.and(v128.gt<i64>(b, max1), validB));
  }
  let least = min<i64>(
    min<i64>(i64x2.extract_lane(min0, 0), i64x2.extract_lane(min0, 1)),
    min<i64>(i64x2.extract_lane(min1, 0), i64x2.extract_lane(min1, 1)),
  );
  let most = max<i64>(
    max<i64>(i64x2.extract_lane(max0, 0), i64x2.extract_lane(max0, 1)),
    max<i64>(i64x2.extract_lane(max1, 0), i64x2.extract_lane(max1, 1)),
  );
  for (let i = whole; i < count; i++) {
    if (bits !== 0 && ((load<u8>(bits + (i >> 3)) >> <u8>(i & 7)) & 1) === 0) continue;
    const value = load<i64>(values + ((<usize>i) << 3)) ^ flip;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  store<i64>(result, least ^ flip);
  store<i64>(result, most ^ flip, 8);
}
