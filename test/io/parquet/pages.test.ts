import { crc32 } from "node:zlib";
import { describe, expect, it } from "vitest";
import { checkPages } from "../../../src/io/parquet/pages.js";
import { THRIFT, type ThriftStruct } from "../../../src/io/parquet/thrift.js";
import { i32, writeThrift } from "../../../src/io/parquet/thriftWriter.js";

const body = Uint8Array.from({ length: 40 }, (_, i) => i * 7);

function page(values: number, crc?: number): Uint8Array {
  const header: ThriftStruct = new Map([
    [1, i32(0)],
    [2, i32(100)],
    [3, i32(body.length)],
  ]);
  if (crc !== undefined) header.set(4, i32(crc));
  header.set(5, { type: THRIFT.struct, value: new Map([[1, i32(values)]]) });
  return Uint8Array.from([...writeThrift(header), ...body]);
}

const joined = (...pages: Uint8Array[]) => Uint8Array.from(pages.flatMap((each) => [...each]));

describe("checkPages", () => {
  it("adds up what the pages of a chunk take, checksums or not", () => {
    const chunk = joined(page(3), page(4, crc32(body) | 0), page(9));
    expect(checkPages(chunk, 7, "c", crc32)).toBe(200);
  });

  it("refuses a page that doesn't match its checksum, by the byte it starts at", () => {
    const chunk = joined(page(3), page(4, (crc32(body) ^ 1) | 0));
    expect(() => checkPages(chunk, 7, "column c", crc32)).toThrow(
      `column c: the page at byte ${page(3).length} doesn't match its checksum`,
    );
  });

  it("refuses chunks that end early, inside a page or a header, and counts that don't add up", () => {
    const chunk = joined(page(3), page(4));
    expect(() => checkPages(chunk, 8, "c", crc32)).toThrow(/hold 7 of 8 values/);
    expect(() => checkPages(chunk, 6, "c", crc32)).toThrow(/hold 7 values, the footer promises 6/);
    expect(() => checkPages(chunk.subarray(0, -1), 7, "c", crc32)).toThrow(/leaves its column chunk/);
    expect(() => checkPages(chunk.subarray(0, page(3).length + 2), 7, "c", crc32)).toThrow(/past the end/);
    expect(() => checkPages(joined(page(-3), page(7)), 4, "c", crc32)).toThrow(/hold 7 values/);
  });
});
