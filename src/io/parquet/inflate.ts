import { decoderOf } from "../ipc/compression.js";
import { loadOnce } from "../loadOnce.js";
import type { Excerpt } from "./excerpt.js";
import { META, PAGE } from "./fieldIds.js";
import { integerOf, type ParquetChunk, type ParquetRowGroup, structOf } from "./footer.js";
import { valuesIn } from "./pages.js";
import { readThrift, type ThriftStruct } from "./thrift.js";
import { i32, i64, writeThrift } from "./thriftWriter.js";

/** Turns a ZSTD frame into exactly `size` bytes. Throws when it doesn't hold that many. */
export type Inflate = (frame: Uint8Array, size: number) => Uint8Array;

/** What Node's zlib has of ZSTD, from 22.15 on. */
export interface Zlib {
  zstdDecompressSync?(frame: Uint8Array, options: { readonly maxOutputLength: number }): Uint8Array;
}

/** ZSTD by the machine's own code; undefined where there is none. */
export function nativeInflate({ zstdDecompressSync }: Zlib): Inflate | undefined {
  if (!zstdDecompressSync) return undefined;
  return (frame, size) => {
    const bytes = zstdDecompressSync(frame, { maxOutputLength: size });
    if (bytes.length !== size) throw new RangeError(`it holds ${bytes.length} bytes, not ${size}`);
    return bytes;
  };
}

const loadNative = loadOnce(async () => nativeInflate((await import("node:zlib")) as Zlib));
const loadModule = loadOnce(() => decoderOf("zstd"));

/**
 * The quickest way to inflate ZSTD, which takes the Parquet module longer than all else it does. Undefined where that way
 * isn't native and other threads decode: they inflate their own.
 */
export async function loadInflate(hasThreads: boolean): Promise<Inflate | undefined> {
  return (await loadNative()) ?? (hasThreads ? undefined : loadModule());
}

const ZSTD = 6;
const UNCOMPRESSED = 0;
const DICTIONARY_PAGE = 2;
/** Of v2 pages: the bytes of levels, which are never compressed. */
const LEVELS = [5, 6] as const;
const IS_COMPRESSED = 7;

/** True when it is worth inflating: something is, and by ZSTD. */
export function hasZstd({ chunks }: Excerpt): boolean {
  return chunks.some(({ chunk }) => isZstd(chunk));
}

function isZstd({ meta, bytes }: ParquetChunk): boolean {
  return bytes > 0 && integerOf(meta, META.codec) === ZSTD;
}

/**
 * The same excerpt, what ZSTD compressed being inflated; `layOut` lays one out for the row group with other chunks. Its
 * pages were checked. Undefined when one can't be inflated: what is wrong with it, the decoder will say.
 */
export function inflated(
  excerpt: Excerpt,
  group: ParquetRowGroup,
  inflate: Inflate,
  layOut: (group: ParquetRowGroup) => Excerpt,
): Excerpt | undefined {
  const pagesOf = new Map<ParquetChunk, readonly Uint8Array[]>();
  const plain = new Map<ParquetChunk, ParquetChunk>();
  for (const { chunk, at } of excerpt.chunks) {
    const bytes = excerpt.bytes.subarray(at, at + chunk.bytes);
    if (!isZstd(chunk)) {
      pagesOf.set(chunk, [bytes]);
      continue;
    }
    try {
      const { chunk: own, pages } = inflatedChunk(chunk, bytes, inflate);
      plain.set(chunk, own);
      pagesOf.set(own, pages);
    } catch {
      return undefined;
    }
  }
  const whole = layOut({ ...group, chunks: group.chunks.map((chunk) => plain.get(chunk) ?? chunk) });
  for (const { chunk, at } of whole.chunks) {
    let to = at;
    for (const bytes of pagesOf.get(chunk)!) {
      whole.bytes.set(bytes, to);
      to += bytes.length;
    }
  }
  return whole;
}

function inflatedChunk(
  chunk: ParquetChunk,
  bytes: Uint8Array,
  inflate: Inflate,
): { readonly chunk: ParquetChunk; readonly pages: readonly Uint8Array[] } {
  const pages: Uint8Array[] = [];
  let length = 0;
  let dictionary: number | undefined;
  let data: number | undefined;
  let found = 0;
  for (let at = 0; found < chunk.values; ) {
    const { value: header, end } = readThrift(bytes, at);
    if (integerOf(header, PAGE.type) === DICTIONARY_PAGE) dictionary ??= length;
    else data ??= length;
    at = end + integerOf(header, PAGE.compressed)!;
    for (const part of inflatedPage(header, bytes.subarray(end, at), inflate)) {
      pages.push(part);
      length += part.length;
    }
    found += valuesIn(header);
  }
  const meta: ThriftStruct = new Map(chunk.meta);
  meta.set(META.codec, i32(UNCOMPRESSED)).set(META.compressed, i64(length));
  meta.set(META.dataOffset, i64(chunk.start + (data ?? 0)));
  if (dictionary !== undefined) meta.set(META.dictionaryOffset, i64(chunk.start + dictionary));
  return { chunk: { ...chunk, meta, bytes: length }, pages };
}

/** A page's header, its levels where they stand apart, and its values. */
function inflatedPage(header: ThriftStruct, page: Uint8Array, inflate: Inflate): Uint8Array[] {
  const size = integerOf(header, PAGE.uncompressed)!;
  const v2 = structOf(header, PAGE.dataV2);
  const levels = v2 ? LEVELS.reduce((sum, id) => sum + (integerOf(v2, id) ?? 0), 0) : 0;
  if (levels < 0 || levels > Math.min(page.length, size)) throw new RangeError(`levels of ${levels} bytes`);
  const stored = page.subarray(levels);
  const isPlain = v2?.get(IS_COMPRESSED)?.value === false || size === levels;
  const values = isPlain ? stored : inflate(stored, size - levels);
  if (levels + values.length !== size) throw new RangeError(`${levels + values.length} bytes, not ${size}`);
  const changed = new Map(header).set(PAGE.compressed, i32(size));
  changed.delete(PAGE.crc);
  return [writeThrift(changed), page.subarray(0, levels), values];
}
