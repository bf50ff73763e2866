import { InputError } from "../../errors/index.js";
import { decodeLz4Frame } from "./lz4Frame.js";

/** How the buffers of a batch are compressed. */
export type Codec = "lz4" | "zstd";

/** Turns one compressed buffer into exactly `size` bytes. Throws when it doesn't hold that many. */
export type Decode = (compressed: Uint8Array, size: number) => Uint8Array;

const PREFIX = 8;
const STORED = -1;
const MAX_BUFFER = 2 ** 30;
const ZSTD_MAGIC = 0xfd2fb528;
// A block of 4 bytes (3 of header, 1 repeated) may stand for 128 KiB.
const ZSTD_MOST = 2 ** 15;

/** The size a ZSTD frame states, when it states one. Format: RFC 8878, section 3.1.1.1. */
function statedSize(frame: Uint8Array): number | undefined {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  if (view.getUint32(0, true) !== ZSTD_MAGIC) throw new RangeError("it is not a ZSTD frame");
  const flags = view.getUint8(4);
  const isSingle = (flags & 32) !== 0;
  const at = 5 + (isSingle ? 0 : 1) + [0, 1, 2, 4][flags & 3]!;
  switch (flags >> 6) {
    case 0:
      return isSingle ? view.getUint8(at) : undefined;
    case 1:
      return view.getUint16(at, true) + 256;
    case 2:
      return view.getUint32(at, true);
    default:
      return Number(view.getBigUint64(at, true));
  }
}

async function zstd(): Promise<Decode> {
  const { ZSTDDecoder } = await import("zstddec");
  const decoder = new ZSTDDecoder();
  await decoder.init();
  return (frame, size) => {
    const stated = statedSize(frame);
    if (stated !== undefined && stated !== size)
      throw new RangeError(`its frame states ${stated} bytes, not ${size}`);
    if (size > frame.length * ZSTD_MOST) throw new RangeError(`${frame.length} bytes can't hold ${size}`);
    const out = decoder.decode(frame, size);
    // The decoder gives whatever it wrote; after an error, nothing.
    if (out.length !== size) throw new RangeError(`it holds ${out.length} bytes, not ${size}`);
    return out;
  };
}

/** The decoder of a codec, loaded when first asked for. */
export async function decoderOf(codec: Codec): Promise<Decode> {
  return codec === "lz4" ? decodeLz4Frame : zstd();
}

/**
 * Decodes a buffer of a compressed batch: 8 bytes that claim its size (-1 when it is stored as it is), then a frame.
 * Throws InputError: `input/corrupt` when the claim isn't true, `input/too-large` above `maxBytes`.
 */
export function decompress(buffer: Uint8Array, decode: Decode, maxBytes: number, what: string): Uint8Array {
  if (buffer.length === 0) return buffer;
  if (buffer.length < PREFIX) throw new InputError("input/corrupt", `${what} is cut short`);
  const claimed = new DataView(buffer.buffer, buffer.byteOffset).getBigInt64(0, true);
  const frame = buffer.subarray(PREFIX);
  if (claimed === BigInt(STORED)) return frame;
  const most = Math.min(maxBytes, MAX_BUFFER);
  if (claimed > BigInt(most)) {
    throw new InputError("input/too-large", `${what} claims ${claimed} bytes, at most ${most} are read`, {
      parameter: "maxBatchBytes",
    });
  }
  if (claimed < 0n) throw new InputError("input/corrupt", `${what} claims ${claimed} bytes`);
  if (claimed === 0n) return new Uint8Array(0);
  try {
    return decode(frame, Number(claimed));
  } catch (cause) {
    throw new InputError("input/corrupt", `${what} can't be decompressed: ${(cause as Error).message}`, {
      cause,
    });
  }
}
