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

/** Writes NaN into the slots for which the validity bitmap has no bit. */
export function nullsToNan(values: usize, bits: usize, count: i32): void {
  for (let i = 0; i < count; i += 64) {
    let absent = ~load<u64>(bits + (i >> 3));
    if (count - i < 64) absent &= ((<u64>1) << (<u64>(count - i))) - 1;
    while (absent !== 0) {
      store<f64>(values + ((<usize>i + <usize>ctz<u64>(absent)) << 3), NaN);
      absent &= absent - 1;
    }
  }
}

/** All ones where a value is neither NaN nor infinite. */
function finite(values: v128): v128 {
  return f64x2.lt(f64x2.abs(values), f64x2.splat(Infinity));
}

/** Copies the finite doubles to the front of `out`, in order; how many they are. */
export function packFinite(values: usize, count: i32, out: usize): i32 {
  let next = out;
  for (let i = 0; i < count; i += 8) {
    const at = values + ((<usize>i) << 3);
    const a = v128.load(at);
    const b = v128.load(at, 16);
    const c = v128.load(at, 32);
    const d = v128.load(at, 48);
    const all = v128.and(v128.and(finite(a), finite(b)), v128.and(finite(c), finite(d)));
    if (i + 8 <= count && i64x2.all_true(all)) {
      v128.store(next, a);
      v128.store(next, b, 16);
      v128.store(next, c, 32);
      v128.store(next, d, 48);
      next += 64;
      continue;
    }
    const rows = min<i32>(8, count - i);
    for (let k = 0; k < rows; k++) {
      const value = load<f64>(at + ((<usize>k) << 3));
      store<f64>(next, value);
      // Written over by the next one unless it stays.
      if (abs<f64>(value) < Infinity) next += 8;
    }
  }
  return <i32>((next - out) >> 3);
}

/**
 * Writes eight running sums, of the finite ones among every eighth value each, what rounding lost in each (Knuth's two-sum),
 * and how many values are finite.
 */
export function sumLanes(values: usize, count: i32, result: usize): void {
  let sum0 = f64x2.splat(0);
  let sum1 = sum0;
  let sum2 = sum0;
  let sum3 = sum0;
  let lost0 = sum0;
  let lost1 = sum0;
  let lost2 = sum0;
  let lost3 = sum0;
  let size = i64x2.splat(0);
  const whole = count & ~7;
  for (let i = 0; i < whole; i += 8) {
    const at = values + ((<usize>i) << 3);
    let a = v128.load(at);
    let b = v128.load(at, 16);
    let c = v128.load(at, 32);
    let d = v128.load(at, 48);
    const isA = finite(a);
    const isB = finite(b);
    const isC = finite(c);
    const isD = finite(d);
    size = i64x2.sub(size, i64x2.add(i64x2.add(isA, isB), i64x2.add(isC, isD)));
    a = v128.and(a, isA);
    b = v128.and(b, isB);
    c = v128.and(c, isC);
    d = v128.and(d, isD);
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
  let tail = 0;
  for (let i = whole; i < count; i++) {
    let value = load<f64>(values + ((<usize>i) << 3));
    if (abs<f64>(value) < Infinity) tail++;
    else value = 0;
    const at = result + ((<usize>(i & 7)) << 3);
    const sum = load<f64>(at);
    const next = sum + value;
    const part = next - sum;
    store<f64>(at, next);
    store<f64>(at, load<f64>(at, 64) + (sum - (next - part) + (value - part)), 64);
  }
  const all = tail + <i32>(i64x2.extract_lane(size, 0) + i64x2.extract_lane(size, 1));
  store<f64>(result, <f64>all, 128);
}

/** A value's distance from a point, 0 where the value isn't finite. */
function distance(at: usize, points: v128): v128 {
  const value = v128.load(at);
  return v128.and(f64x2.sub(value, points), finite(value));
}

/** Writes eight sums of the distances from a point of every eighth value, if it is finite, then eight of their squares. */
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
    const a = distance(at, points);
    const b = distance(at + 16, points);
    const c = distance(at + 32, points);
    const d = distance(at + 48, points);
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
    const value = load<f64>(values + ((<usize>i) << 3));
    if (!(abs<f64>(value) < Infinity)) continue;
    const far = value - point;
    const at = result + ((<usize>(i & 7)) << 3);
    store<f64>(at, load<f64>(at) + far);
    store<f64>(at, load<f64>(at, 64) + far * far, 64);
  }
}
