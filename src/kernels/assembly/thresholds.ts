/** Adds the two lanes of what masks were added to: they count down. */
function total(lanes: v128): f64 {
  return -(<f64>(i64x2.extract_lane(lanes, 0) + i64x2.extract_lane(lanes, 1)));
}

/** Writes how many values are at least each of some thresholds, whose number is a multiple of four; NaN is at least none. */
export function countAtLeast(values: usize, count: i32, thresholds: usize, size: i32, result: usize): void {
  const whole = count & ~1;
  for (let nth = 0; nth < size; nth += 4) {
    const at = thresholds + ((<usize>nth) << 3);
    const least0 = v128.load64_splat(at);
    const least1 = v128.load64_splat(at, 8);
    const least2 = v128.load64_splat(at, 16);
    const least3 = v128.load64_splat(at, 24);
    let found0 = i64x2.splat(0);
    let found1 = found0;
    let found2 = found0;
    let found3 = found0;
    for (let i = 0; i < whole; i += 2) {
      const value = v128.load(values + ((<usize>i) << 3));
      found0 = i64x2.add(found0, f64x2.ge(value, least0));
      found1 = i64x2.add(found1, f64x2.ge(value, least1));
      found2 = i64x2.add(found2, f64x2.ge(value, least2));
      found3 = i64x2.add(found3, f64x2.ge(value, least3));
    }
    const out = result + ((<usize>nth) << 3);
    store<f64>(out, total(found0));
    store<f64>(out, total(found1), 8);
    store<f64>(out, total(found2), 16);
    store<f64>(out, total(found3), 24);
    if (whole === count) continue;
    const last = load<f64>(values + ((<usize>whole) << 3));
    for (let k: usize = 0; k < 32; k += 8) {
      if (last >= load<f64>(at + k)) store<f64>(out + k, load<f64>(out + k) + 1);
    }
  }
}
