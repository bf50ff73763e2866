// Values and those they are held against, both in order of rows: \`firsts\` begins a row before \`seconds\`, or one behind it.

/** How many of the second integers aren't greater than the first ones beside them, or are less where \`orEqual\`. */
export function longsApart(firsts: usize, seconds: usize, count: i32, flip: i64, orEqual: i32): i32 {
  const flips = i64x2.splat(flip);
  const whole = count & ~3;
  let apart = i64x2.splat(0);
  for (let i = 0; i < whole; i += 4) {
    const at = (<usize>i) << 3;
    const a = v128.xor(v128.load(firsts + at), flips);
    const b = v128.xor(v128.load(firsts + at, 16), flips);
    const c = v128.xor(v128.load(seconds + at), flips);
    const d = v128.xor(v128.load(seconds + at, 16), flips);
    apart =
      orEqual !== 0
        ? i64x2.add(apart, i64x2.add(v128.gt<i64>(a, c), v128.gt<i64>(b, d)))
        : i64x2.add(apart, i64x2.add(v128.not(v128.gt<i64>(c, a)), v128.not(v128.gt<i64>(d, b))));
  }
  let found = -(<i32>(i64x2.extract_lane(apart, 0) + i64x2.extract_lane(apart, 1)));
  for (let i = whole; i < count; i++) {
    const at = (<usize>i) << 3;
    const a = load<i64>(firsts + at) ^ flip;
    const c = load<i64>(seconds + at) ^ flip;
    if (orEqual !== 0 ? a > c : a >= c) found++;
  }
  return found;
}

/** The same of doubles; NaN on either side counts. */
export function doublesApart(firsts: usize, seconds: usize, count: i32, orEqual: i32): i32 {
  const whole = count & ~3;
  let inOrder = i64x2.splat(0);
  for (let i = 0; i < whole; i += 4) {
    const at = (<usize>i) << 3;
    const a = v128.load(firsts + at);
    const b = v128.load(firsts + at, 16);
    const c = v128.load(seconds + at);
    const d = v128.load(seconds + at, 16);
    inOrder =
      orEqual !== 0
        ? i64x2.add(inOrder, i64x2.add(f64x2.le(a, c), f64x2.le(b, d)))
        : i64x2.add(inOrder, i64x2.add(f64x2.lt(a, c), f64x2.lt(b, d)));
  }
  let found = whole + <i32>(i64x2.extract_lane(inOrder, 0) + i64x2.extract_lane(inOrder, 1));
  for (let i = whole; i < count; i++) {
    const at = (<usize>i) << 3;
    const a = load<f64>(firsts + at);
    const c = load<f64>(seconds + at);
    if (!(orEqual !== 0 ? a <= c : a < c)) found++;
  }
  return found;
}
