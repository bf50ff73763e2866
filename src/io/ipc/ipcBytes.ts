/** Bytes that are read by ranges: a file, or memory. */
export interface IpcBytes {
  readonly size: number;
  /** The bytes from `start` up to `end`, both within `size`. Throws InputError. */
  read(start: number, end: number): Promise<Uint8Array>;
}

/** Ranges of bytes in memory, without copying. */
export function memoryBytes(bytes: Uint8Array): IpcBytes {
  return {
    size: bytes.byteLength,
    async read(start, end) {
      return bytes.subarray(start, end);
    },
  };
}
