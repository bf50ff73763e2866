import { BinaryView, type Data } from "apache-arrow";

/** The bytes of one value of a view column: in the view itself when they are few, else in one of its buffers. */
export function viewBytes(data: Data, index: number): Uint8Array {
  const values = data.values as Uint8Array;
  const at = index * BinaryView.ELEMENT_WIDTH;
  const view = new DataView(values.buffer, values.byteOffset + at, BinaryView.ELEMENT_WIDTH);
  const length = view.getInt32(0, true);
  if (length <= BinaryView.INLINE_CAPACITY) return values.subarray(at + 4, at + 4 + length);
  const from = view.getInt32(12, true);
  return data.variadicBuffers[view.getInt32(8, true)]!.subarray(from, from + length);
}
