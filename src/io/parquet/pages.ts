import { InputError } from "../../errors/index.js";
import { PAGE } from "./fieldIds.js";
import { integerOf, structOf } from "./footer.js";
import { readThrift, type ThriftStruct } from "./thrift.js";

/** Of the data page headers: the values they count. */
const VALUES = 1;

/** CRC-32 of bytes, as zlib has it. */
export type Crc32 = (bytes: Uint8Array) => number;

/**
 * Walks the pages of a column chunk without decoding them: every page lies inside the chunk, the data pages hold
 * `values` values, and each page that carries a checksum has the right one.
 * Returns the bytes the pages take once decompressed. Throws InputError `input/corrupt`.
 */
export function checkPages(chunk: Uint8Array, values: number, unit: string, crc32: Crc32): number {
  const corrupt = (what: string) => new InputError("input/corrupt", `${unit}: ${what}`);
  let uncompressed = 0;
  let found = 0;
  for (let at = 0; found < values; ) {
    if (at >= chunk.length) throw corrupt(`its pages hold ${found} of ${values} values`);
    const { value: header, end } = readThrift(chunk, at);
    const size = integerOf(header, PAGE.compressed) ?? -1;
    const page = chunk.subarray(end, end + size);
    if (size < 0 || page.length < size) throw corrupt(`the page at byte ${at} leaves its column chunk`);
    const crc = integerOf(header, PAGE.crc);
    if (crc !== undefined && crc32(page) >>> 0 !== crc >>> 0) {
      throw corrupt(`the page at byte ${at} doesn't match its checksum`);
    }
    const expanded = integerOf(header, PAGE.uncompressed) ?? -1;
    if (expanded < 0) throw corrupt(`the page at byte ${at} has no size`);
    uncompressed += expanded;
    found += valuesIn(header);
    at = end + size;
  }
  if (found !== values) throw corrupt(`its pages hold ${found} values, the footer promises ${values}`);
  return uncompressed;
}

/** How many values a page holds by its header; a dictionary's don't count. */
export function valuesIn(header: ThriftStruct): number {
  const data = structOf(header, PAGE.data) ?? structOf(header, PAGE.dataV2);
  return Math.max(0, (data && integerOf(data, VALUES)) ?? 0);
}
