import { BinaryView, type Data } from "apache-arrow";

/** Says what is wrong with a column. Throws InputError `input/corrupt`. */
export type Fault = (problem: string) => never;

const HIGH = 4294967296;

/** Offsets as doubles, exact or beyond every size; read word by word, which is faster than through BigInt. */
function asDoubles(offsets: BigInt64Array, count: number): Float64Array {
  const words = new Int32Array(offsets.buffer, offsets.byteOffset, count * 2);
  const doubles = new Float64Array(count);
  for (let i = 0, at = 0; i < count; i++, at += 2) doubles[i] = words[at + 1]! * HIGH + (words[at]! >>> 0);
  return doubles;
}

/** The first row whose end lies before its start, or -1. */
function firstDisorder(offsets: Int32Array | Float64Array, rows: number): number {
  let last = offsets[0]!;
  for (let i = 1; i <= rows; i++) {
    const next = offsets[i]!;
    if (next < last) return i - 1;
    last = next;
  }
  return -1;
}

/** Checks that offsets are there, in order, and within `size` values of their child. */
export function checkOffsets(data: Data, size: number, what: "bytes" | "values", fault: Fault): void {
  const { length } = data;
  const stored = (data.valueOffsets ?? new Int32Array(0)) as Int32Array | BigInt64Array;
  if (length === 0 && stored.length === 0) return;
  if (stored.length < length + 1) fault(`has ${length} rows and ${stored.length} offsets, not ${length + 1}`);
  const offsets = stored instanceof Int32Array ? stored : asDoubles(stored, length + 1);
  if (offsets[0]! < 0) fault(`starts at the offset ${offsets[0]}`);
  const row = firstDisorder(offsets, length);
  if (row >= 0) fault(`has the offset ${offsets[row + 1]} after ${offsets[row]}, in row ${row}`);
  if (offsets[length]! > size) fault(`ends at the offset ${offsets[length]}, beyond its ${size} ${what}`);
}

/** Checks that every valid view points into a buffer that is there. */
export function checkViews(data: Data, fault: Fault): void {
  const values = (data.values ?? new Uint8Array(0)) as Uint8Array;
  const width = BinaryView.ELEMENT_WIDTH;
  if (values.byteLength < data.length * width) {
    fault(`claims ${data.length} views of ${width} bytes, its buffer has ${values.byteLength} bytes`);
  }
  const view = new DataView(values.buffer, values.byteOffset, values.byteLength);
  for (let i = 0; i < data.length; i++) {
    if (!data.getValid(i)) continue;
    const length = view.getInt32(i * width, true);
    if (length < 0) fault(`has a value of ${length} bytes in row ${i}`);
    if (length <= BinaryView.INLINE_CAPACITY) continue;
    const index = view.getInt32(i * width + 8, true);
    const from = view.getInt32(i * width + 12, true);
    const buffer = data.variadicBuffers[index];
    if (!buffer || from < 0 || from + length > buffer.byteLength) {
      fault(
        `points at bytes ${from} to ${from + length} of buffer ${index} in row ${i}, which are not there`,
      );
    }
  }
}
