/** Reads a bound as the format stores it; undefined when the bytes are no value of the type. */
export type ReadBound = (bytes: Uint8Array) => number | bigint | string | undefined;

const int64 = fixed(8, (view) => view.getBigInt64(0, true));
const int32 = within(-(2 ** 31), 2 ** 31 - 1);
const float32 = fixed(4, (view) => view.getFloat32(0, true));
const float64 = fixed(8, (view) => view.getFloat64(0, true));
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** By type name: how its bounds are read, as the Arrow type's storage has them. Decimals are unscaled. */
export const boundReaders: ReadonlyMap<string, ReadBound> = new Map<string, ReadBound>([
  ["int8", within(-128, 127)],
  ["int16", within(-32768, 32767)],
  ["int32", int32],
  ["int64", int64],
  ["uint8", unsignedWithin(255)],
  ["uint16", unsignedWithin(65535)],
  ["uint32", unsignedWithin(2 ** 32 - 1)],
  ["uint64", fixed(8, (view) => view.getBigUint64(0, true))],
  ["float32", float32],
  ["float64", float64],
  ["date32", int32],
  ["time32[ms]", int32],
  ["time64[us]", int64],
  ["time64[ns]", int64],
  ["timestamp[ms]", int64],
  ["timestamp[us]", int64],
  ["timestamp[ns]", int64],
  ["decimal in int32", fixed(4, (view) => BigInt(view.getInt32(0, true)))],
  ["decimal in int64", int64],
  ["decimal in bytes", readBigEndian],
  ["utf8", readText],
]);

/** The readers of floating point bounds. */
export const floatReaders: ReadonlySet<ReadBound> = new Set([float32, float64]);

/** Which of two byte strings comes first, as unsigned bytes: below zero for the left one. */
export function compareBytes(left: Uint8Array, right: Uint8Array): number {
  const shared = Math.min(left.length, right.length);
  for (let i = 0; i < shared; i++) {
    if (left[i] !== right[i]) return left[i]! - right[i]!;
  }
  return left.length - right.length;
}

function fixed<T extends number | bigint>(width: number, read: (view: DataView) => T) {
  return (bytes: Uint8Array): T | undefined =>
    bytes.length === width ? read(new DataView(bytes.buffer, bytes.byteOffset, width)) : undefined;
}

/** A narrow integer is stored in four bytes; what doesn't fit it can't be its bound. */
function within(least: number, most: number): ReadBound {
  const read = fixed(4, (view) => view.getInt32(0, true));
  return (bytes) => {
    const value = read(bytes);
    return value !== undefined && value >= least && value <= most ? value : undefined;
  };
}

function unsignedWithin(most: number): ReadBound {
  const read = fixed(4, (view) => view.getUint32(0, true));
  return (bytes) => {
    const value = read(bytes);
    return value !== undefined && value <= most ? value : undefined;
  };
}

function readBigEndian(bytes: Uint8Array): bigint | undefined {
  if (bytes.length === 0 || bytes.length > 32) return undefined;
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  return BigInt.asIntN(8 * bytes.length, value);
}

function readText(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}
