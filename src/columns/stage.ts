import { type Data, DataType, Precision, util } from "apache-arrow";

/** Rows of a column as doubles. `exact` is false when an integer is beyond what a double holds: its place has NaN. */
export interface Staged {
  readonly values: Float64Array;
  readonly exact: boolean;
}

/** Rows in a block: what the scan works on while it is in cache. */
export const BLOCK_ROWS = 8192;

const HIGH = 4294967296;
// |value| < 2^53 exactly when the high word lies strictly between these.
const HIGH_LIMIT = 2097152;

function stageWords(
  words: Int32Array,
  from: number,
  count: number,
  signed: boolean,
  out: Float64Array,
): boolean {
  let exact = true;
  for (let i = 0, at = from * 2; i < count; i++, at += 2) {
    const high = signed ? words[at + 1]! : words[at + 1]! >>> 0;
    out[i] = high * HIGH + (words[at]! >>> 0);
    if (high >= HIGH_LIMIT || high <= -HIGH_LIMIT) {
      out[i] = Number.NaN;
      exact = false;
    }
  }
  return exact;
}

function stageDecimal(
  words: Uint32Array,
  stride: number,
  from: number,
  count: number,
  out: Float64Array,
): boolean {
  let exact = true;
  for (let i = 0, at = from * stride; i < count; i++, at += stride) {
    const high = words[at + 1]! | 0;
    const sign = high < 0 ? 0xffffffff : 0;
    let fits = high < HIGH_LIMIT && high > -HIGH_LIMIT;
    for (let k = 2; k < stride; k++) fits &&= words[at + k] === sign;
    out[i] = fits ? high * HIGH + words[at]! : Number.NaN;
    exact &&= fits;
  }
  return exact;
}

/** The 32-bit words of a 64-bit column, for reading without BigInt. */
function wordsOf(values: BigInt64Array | BigUint64Array): Int32Array {
  return new Int32Array(values.buffer, values.byteOffset, values.length * 2);
}

/**
 * Copies rows [from, from + count) of a fixed-width column into `out` as doubles, in the column's storage unit
 * (a decimal's unscaled integer, a timestamp's ticks). Slots of nulls hold whatever the buffer holds.
 */
export function stage(data: Data, from: number, count: number, out: Float64Array): Staged {
  const { type } = data;
  const values = data.values as unknown;
  if (values instanceof Float64Array) return { values: values.subarray(from, from + count), exact: true };
  if (DataType.isBool(type)) {
    const bits = values as Uint8Array;
    for (let i = 0; i < count; i++) {
      const bit = data.offset + from + i;
      out[i] = (bits[bit >> 3]! >> (bit & 7)) & 1;
    }
    return { values: out.subarray(0, count), exact: true };
  }
  if (values instanceof BigInt64Array || values instanceof BigUint64Array) {
    const exact = stageWords(wordsOf(values), from, count, values instanceof BigInt64Array, out);
    return { values: out.subarray(0, count), exact };
  }
  if (DataType.isDecimal(type)) {
    const exact = stageDecimal(values as Uint32Array, data.stride, from, count, out);
    return { values: out.subarray(0, count), exact };
  }
  if (DataType.isFloat(type) && type.precision === Precision.HALF) {
    const halves = values as Uint16Array;
    for (let i = 0; i < count; i++) out[i] = util.uint16ToFloat64(halves[from + i]!);
    return { values: out.subarray(0, count), exact: true };
  }
  out.set((values as Float32Array | Int32Array).subarray(from, from + count));
  return { values: out.subarray(0, count), exact: true };
}

/** The stored integer of one row of a 64-bit or decimal column, exactly. */
export function storedInteger(data: Data, index: number): bigint {
  const values = data.values as BigInt64Array | BigUint64Array | Uint32Array;
  if (values instanceof BigInt64Array || values instanceof BigUint64Array) return values[index]!;
  const { stride } = data;
  let result = 0n;
  for (let k = stride - 1; k >= 0; k--) result = (result << 32n) | BigInt(values[index * stride + k]!);
  return BigInt.asIntN(32 * stride, result);
}
