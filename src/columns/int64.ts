// 64-bit integers as two 32-bit words, the low one first, as Arrow's buffers hold them:
// several times faster than going through BigInt, one heap object a value.
const HIGH = 2 ** 32;

/** The values as int64. They must be safe integers. */
export function doublesToInt64(values: ArrayLike<number>): BigInt64Array {
  const target = new BigInt64Array(values.length);
  const words = new Int32Array(target.buffer);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    words[2 * i] = value;
    words[2 * i + 1] = Math.floor(value / HIGH);
  }
  return target;
}

/** The values as doubles, exact where they are safe integers. */
export function int64ToDoubles(values: BigInt64Array): Float64Array {
  const target = new Float64Array(values.length);
  const words = new Int32Array(values.buffer, values.byteOffset, values.length * 2);
  for (let i = 0; i < values.length; i++) target[i] = words[2 * i + 1]! * HIGH + (words[2 * i]! >>> 0);
  return target;
}
