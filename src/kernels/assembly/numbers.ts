/** Widens 32-bit integers to doubles. Up to three behind the last are widened too. */
export function widenInts(values: usize, count: i32, out: usize): void {
  for (let i = 0; i < count; i += 4) {
    const ints = v128.load(values + ((<usize>i) << 2));
    const at = out + ((<usize>i) << 3);
    v128.store(at, f64x2.convert_low_i32x4_s(ints));
    v128.store(
      at,
      f64x2.convert_low_i32x4_s(
        i8x16.shuffle(ints, ints, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15),
      ),
      16,
    );
  }
}

/** Moves the finite doubles of valid slots to the front, in order; how many they are. */
export function packDoubles(values: usize, bits: usize, count: i32): i32 {
  let out = values;
  const limit = f64x2.splat(Infinity);
  for (let i = 0; i < count; i += 8) {
    const at = values + ((<usize>i) << 3);
    const byte = <i32>(bits === 0 ? 0xff : load<u8>(bits + (i >> 3)));
    const a = v128.load(at);
    const b = v128.load(at, 16);
    const c = v128.load(at, 32);
    const d = v128.load(at, 48);
    const finite = v128.and(
      v128.and(f64x2.lt(f64x2.abs(a), limit), f64x2.lt(f64x2.abs(b), limit)),
      v128.and(f64x2.lt(f64x2.abs(c), limit), f64x2.lt(f64x2.abs(d), limit)),
    );
    if (byte === 0xff && i + 8 <= count && i64x2.all_true(finite)) {
      v128.store(out, a);
      v128.store(out, b, 16);
      v128.store(out, c, 32);
      v128.store(out, d, 48);
      out += 64;
      continue;
    }
    const rows = min<i32>(8, count - i);
    for (let k = 0; k < rows; k++) {
      const value = load<f64>(at + ((<usize>k) << 3));
      store<f64>(out, value);
      // Written over by the next one unless it stays.
      if (((byte >> k) & 1) !== 0 && abs<f64>(value) < Infinity) out += 8;
    }
  }
  return <i32>((out - values) >> 3);
}

/** Writes eight running sums, of every eighth value each, and what rounding lost in each (Knuth's two-sum). */
export function sumLanes(values: usize, count: i32, result: usize): void {
  let sum0 = f64x2.splat(0);
  let sum1 = sum0;
  let sum2 = sum0;
  let sum3 = sum0;
  let lost0 = sum0;
  let lost1 = sum0;
  let lost2 = sum0;
  let lost3 = sum0;
  const whole = count & ~7;
  for (let i = 0; i < whole; i += 8) {
    const at = values + ((<usize>i) << 3);
    const a = v128.load(at);
    const b = v128.load(at, 16);
    const c = v128.load(at, 32);
    const d = v128.load(at, 48);
    const next0 = f64x2.add(sum0, a);
    const next1 = f64x2.add(sum1, b);
    const next2 = f64x2.add(sum2, c);
    const next3 = f64x2.add(sum3, d);
    const part0 = f64x2.sub(next0, sum0);
    const part1 = f64x2.sub(next1, sum1);
    const part2 = f64x2.sub(next2, sum2);
    const part3 = f64x2.sub(next3, sum3);
    lost0 = f64x2.add(lost0, f64x2.add(f64x2.sub(sum0, f64x2.sub(next0, part0)), f64x2.sub(a, part0)));
    lost1 = f64x2.add(lost1, f64x2.add(f64x2.sub(sum1, f64x2.sub(next1, part1)), f64x2.sub(b, part1)));
    lost2 = f64x2.add(lost2, f64x2.add(f64x2.sub(sum2, f64x2.sub(next2, part2)), f64x2.sub(c, part2)));
    lost3 = f64x2.add(lost3, f64x2.add(f64x2.sub(sum3, f64x2.sub(next3, part3)), f64x2.sub(d, part3)));
    sum0 = next0;
    sum1 = next1;
    sum2 = next2;
    sum3 = next3;
  }
  v128.store(result, sum0);
  v128.store(result, sum1, 16);
  v128.store(result, sum2, 32);
  v128.store(result, sum3, 48);
  v128.store(result, lost0, 64);
  v128.store(result, lost1, 80);
  v128.store(result, lost2, 96);
  v128.store(result, lost3, 112);
  for (let i = whole; i < count; i++) {
    const value = load<f64>(values + ((<usize>i) << 3));
    const at = result + ((<usize>(i & 7)) << 3);
    const sum = load<f64>(at);
    const next = sum + value;
    const part = next - sum;
    store<f64>(at, next);
    store<f64>(at, load<f64>(at, 64) + (sum - (next - part) + (value - part)), 64);
  }
}

/** Writes eight sums of every eighth value's distance from a point, then eight of their squares. */
export function distanceLanes(values: usize, count: i32, point: f64, result: usize): void {
  const points = f64x2.splat(point);
  let drift0 = f64x2.splat(0);
  let drift1 = drift0;
  let drift2 = drift0;
  let drift3 = drift0;
  let square0 = drift0;
  let square1 = drift0;
  let square2 = drift0;
  let square3 = drift0;
  const whole = count & ~7;
  for (let i = 0; i < whole; i += 8) {
    const at = values + ((<usize>i) << 3);
    const a = f64x2.sub(v128.load(at), points);
    const b = f64x2.sub(v128.load(at, 16), points);
    const c = f64x2.sub(v128.load(at, 32), points);
    const d = f64x2.sub(v128.load(at, 48), points);
    drift0 = f64x2.add(drift0, a);
    drift1 = f64x2.add(drift1, b);
    drift2 = f64x2.add(drift2, c);
    drift3 = f64x2.add(drift3, d);
    square0 = f64x2.add(square0, f64x2.mul(a, a));
    square1 = f64x2.add(square1, f64x2.mul(b, b));
    square2 = f64x2.add(square2, f64x2.mul(c, c));
    square3 = f64x2.add(square3, f64x2.mul(d, d));
  }
  v128.store(result, drift0);
  v128.store(result, drift1, 16);
  v128.store(result, drift2, 32);
  v128.store(result, drift3, 48);
  v128.store(result, square0, 64);
  v128.store(result, square1, 80);
  v128.store(result, square2, 96);
  v128.store(result, square3, 112);
  for (let i = whole; i < count; i++) {
    const distance = load<f64>(values + ((<usize>i) << 3)) - point;
    const at = result + ((<usize>(i & 7)) << 3);
    store<f64>(at, load<f64>(at) + distance);
    store<f64>(at, load<f64>(at, 64) + distance * distance, 64);
  }
}
