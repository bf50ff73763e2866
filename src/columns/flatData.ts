import { BinaryView, type Data, DataType } from "apache-arrow";

/** A text or binary column as plain bytes and 32-bit offsets, whatever its layout was. */
export interface FlatBytes {
  readonly bytes: Uint8Array;
  /** length + 1 positions in `bytes`. */
  readonly offsets: Int32Array;
}

function narrowOffsets(wide: BigInt64Array): { offsets: Int32Array; start: number } {
  const start = wide.length === 0 ? 0 : Number(wide[0]!);
  const offsets = new Int32Array(Math.max(1, wide.length));
  for (let i = 0; i < wide.length; i++) offsets[i] = Number(wide[i]!) - start;
  return { offsets, start };
}

function gatherViews(data: Data): FlatBytes {
  const values = data.values as Uint8Array;
  const view = new DataView(values.buffer, values.byteOffset, values.byteLength);
  const width = BinaryView.ELEMENT_WIDTH;
  const offsets = new Int32Array(data.length + 1);
  for (let i = 0; i < data.length; i++) {
    offsets[i + 1] = offsets[i]! + (data.getValid(i) ? view.getInt32(i * width, true) : 0);
  }
  const bytes = new Uint8Array(offsets[data.length]!);
  for (let i = 0; i < data.length; i++) {
    const length = offsets[i + 1]! - offsets[i]!;
    if (length === 0) continue;
    const inline = length <= BinaryView.INLINE_CAPACITY;
    const buffer = inline ? values : data.variadicBuffers[view.getInt32(i * width + 8, true)]!;
    const from = inline ? i * width + 4 : view.getInt32(i * width + 12, true);
    bytes.set(buffer.subarray(from, from + length), offsets[i]!);
  }
  return { bytes, offsets };
}

function fixedWidth(data: Data): FlatBytes {
  const width = data.stride;
  const offsets = new Int32Array(data.length + 1);
  for (let i = 0; i <= data.length; i++) offsets[i] = i * width;
  return { bytes: data.values as Uint8Array, offsets };
}

/** Plain bytes and offsets of a text or binary column: a view of the buffers where the layout allows it. */
export function flatBytes(data: Data): FlatBytes {
  const { type } = data;
  if (DataType.isUtf8View(type) || DataType.isBinaryView(type)) return gatherViews(data);
  if (DataType.isFixedSizeBinary(type)) return fixedWidth(data);
  const offsets = data.valueOffsets as Int32Array | BigInt64Array;
  const bytes = (data.values ?? new Uint8Array(0)) as Uint8Array;
  if (offsets instanceof BigInt64Array) {
    const { offsets: narrow, start } = narrowOffsets(offsets);
    return { bytes: bytes.subarray(start), offsets: narrow };
  }
  return { bytes, offsets: offsets.length === 0 ? new Int32Array(1) : offsets };
}
