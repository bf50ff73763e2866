import * as arrow from "apache-arrow";
import fc from "fast-check";
import * as wasm from "parquet-wasm";
import { expect, it } from "vitest";
import { decoderOf } from "../../../src/io/ipc/compression.js";
import { decodeBatches, decodeSchema, encodeSchema } from "../../../src/io/parquet/decode.js";
import { type Excerpt, layOutExcerpt } from "../../../src/io/parquet/excerpt.js";
import { type ParquetRowGroup, parseFooter } from "../../../src/io/parquet/footer.js";
import { hasZstd, inflated, loadInflate, nativeInflate } from "../../../src/io/parquet/inflate.js";
import { readThrift } from "../../../src/io/parquet/thrift.js";
import { zoo, zooBatch, zooSchema } from "../typeZoo.js";

const inflate = (await loadInflate(false))!;

function fileOf(places: readonly number[], rows: number, version: number, isCoded: boolean): Uint8Array {
  const batch = zooBatch(zooSchema(), 0, rows).selectAt([...places]);
  const table = wasm.Table.fromIPCStream(arrow.tableToIPC(new arrow.Table([batch]), "stream"));
  const properties = new wasm.WriterPropertiesBuilder()
    .setCompression(wasm.Compression.ZSTD)
    .setWriterVersion(version)
    .setDictionaryEnabled(isCoded)
    .build();
  return wasm.writeParquet(table, properties);
}

interface Opened {
  readonly group: ParquetRowGroup;
  readonly schema: arrow.Schema;
  readonly stored: Excerpt;
  layOut(group: ParquetRowGroup): Excerpt;
}

function opened(file: Uint8Array): Opened {
  const length = new DataView(file.buffer, file.byteOffset).getUint32(file.length - 8, true);
  const footer = parseFooter(file.subarray(-8 - length, -8), file.length - 8 - length);
  const schema = decodeSchema(wasm, file);
  const [group] = footer.rowGroups as [ParquetRowGroup];
  const columns = [...footer.columns.keys()];
  const layOut = (chosen: ParquetRowGroup) =>
    layOutExcerpt(footer, chosen, columns, encodeSchema(schema), (length) => new Uint8Array(length));
  const stored = layOut(group);
  for (const { chunk, at } of stored.chunks) {
    stored.bytes.set(file.subarray(chunk.start, chunk.start + chunk.bytes), at);
  }
  return { group, schema, stored, layOut };
}

// Arrow's own writer fails on few rows of other types.
const PLACES = [...zoo.keys()].filter((place) => !/^(list|struct|fixedList|numbers)$/.test(zoo[place]![0]));

it("leaves what the decoder makes of a row group as it is, pages of either version", () => {
  fc.assert(
    fc.property(
      fc.subarray(PLACES, { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 1, max: 90 }),
      fc.constantFrom(wasm.WriterVersion.V1, wasm.WriterVersion.V2),
      fc.boolean(),
      (places, rows, version, isCoded) => {
        const { group, schema, stored, layOut } = opened(fileOf(places, rows, version, isCoded));
        const plain = inflated(stored, group, inflate, layOut)!;
        expect([hasZstd(stored), hasZstd(plain)]).toEqual([true, false]);
        const bytes = ({ bytes: file }: Excerpt) =>
          decodeBatches(wasm, file, 0, rows, schema).batches.map((batch) =>
            Buffer.from(arrow.tableToIPC(new arrow.Table([batch]))),
          );
        expect(bytes(plain)).toEqual(bytes(stored));
      },
    ),
    { numRuns: 80 },
  );
});

it("leaves what it can't inflate to the decoder", () => {
  const { group, stored, layOut } = opened(fileOf([3], 50, wasm.WriterVersion.V1, false));
  const [{ at }] = stored.chunks as [Excerpt["chunks"][number]];
  const { end } = readThrift(stored.bytes, at);
  stored.bytes.fill(0, end, end + 4);
  expect(inflated(stored, group, inflate, layOut)).toBeUndefined();
});

it("takes the machine's own code where there is some, and holds it to the size", async () => {
  const decode = await decoderOf("zstd");
  const asked: number[] = [];
  const native = nativeInflate({
    zstdDecompressSync(frame, { maxOutputLength }) {
      asked.push(maxOutputLength);
      return decode(frame, 11);
    },
  })!;
  const frame = Uint8Array.from(atob("KLUv/SALWQAAaGVsbG8gd29ybGQ="), (text) => text.charCodeAt(0));
  expect(new TextDecoder().decode(native(frame, 11))).toBe("hello world");
  expect(() => native(frame, 12)).toThrow("holds 11 bytes, not 12");
  expect(asked).toEqual([11, 12]);
  expect(nativeInflate({})).toBeUndefined();
});
