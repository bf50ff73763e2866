import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  DataType,
  RecordBatchFileWriter,
  RecordBatchStreamWriter,
  Table,
  tableFromArrays,
  tableFromIPC,
  tableToIPC,
} from "apache-arrow";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fromIpcBytes, openIpc } from "../../src/io/ipcReader.js";
import { allTypes, batchesArb } from "../columns/arbitraries.js";
import { readAll, rowsOf } from "./cells.js";

const fixtures = new URL("./fixtures/", import.meta.url).pathname;
const flights = new URL("../../node_modules/vega-datasets/data/flights-200k.arrow", import.meta.url).pathname;

function bytesOf(view: ArrayBufferView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ipc-"));
});
afterAll(() => rm(folder, { recursive: true }));

describe("openIpc", () => {
  it("reads a file as apache-arrow does, twice, and says where it comes from", async () => {
    const source = await openIpc(flights);
    const expected = tableFromIPC(readFileSync(flights));
    expect(String(source.schema)).toBe(String(expected.schema));
    expect(source.rows).toBe(expected.numRows);
    expect(source.rereadable).toBe(true);
    for (let pass = 0; pass < 2; pass++) {
      const table = new Table(await readAll(source));
      for (const [i] of expected.schema.fields.entries()) {
        const [got, wanted] = [table, expected].map((one) => one.getChildAt(i)!.toArray() as Int16Array);
        expect(Buffer.compare(bytesOf(got!), bytesOf(wanted!))).toBe(0);
      }
    }
    expect(source.description).toMatchObject({ kind: "arrow", path: flights, bytes: 1600864 });
    expect(source.description.footerHash).toMatch(/^[0-9a-f]{64}$/);
    expect(source.description.modified).toMatch(/^\d{4}-\d\d-\d\dT/);
    await source.close();
    await source.close();
  });

  const plain = rowsOf(tableFromIPC(readFileSync(join(fixtures, "pyarrow-plain.arrow"))).batches);
  it.each(["plain.arrow", "plain.arrows", "lz4.arrow", "lz4.arrows", "zstd.arrow", "zstd.arrows"])(
    "reads what pyarrow wrote: %s",
    async (name) => {
      const source = await openIpc(join(fixtures, `pyarrow-${name}`));
      expect(source.rows).toBe(300);
      expect(source.description.footerHash === undefined).toBe(name.endsWith("s"));
      expect(rowsOf(await readAll(source))).toEqual(plain);
      expect(rowsOf(await readAll(source, [3, 6]))).toEqual(plain.map((row) => [row[3], row[6]]));
      expect(rowsOf(await readAll(source, []))).toEqual(plain.map(() => []));
      await source.close();
    },
  );

  it.each(["uncompressed", "zstd"])("reads what polars wrote: %s", async (codec) => {
    const source = await openIpc(join(fixtures, `polars-${codec}.arrow`));
    const rows = rowsOf(await readAll(source));
    expect(rows).toHaveLength(60);
    expect(rows.slice(0, 3)).toEqual([
      ["1", "x", "x"],
      [null, null, "y"],
      ["3", "a longer string than twelve", "z"],
    ]);
    await source.close();
  });

  it.each([
    ["delta.arrow", ["a", "b", "c", "a", null]],
    ["delta.arrows", ["a", "b", "c", "a", null]],
    ["replaced.arrows", ["a", "b", "y", "x", null]],
    ["legacy.arrow", ["a", "b"]],
    ["legacy.arrows", ["a", "b"]],
  ])("follows dictionaries that grow or are replaced, and old framing: %s", async (name, expected) => {
    const source = await openIpc(join(fixtures, name));
    for (let pass = 0; pass < 2; pass++) {
      expect(rowsOf(await readAll(source)).flat()).toEqual(expected);
    }
    await source.close();
  });

  it.each([
    ["union.arrow", 'column "u" is union'],
    ["run-end.arrow", 'column "r" is run_end_encoded'],
  ])("refuses a type it doesn't read: %s", async (name, message) => {
    await expect(openIpc(join(fixtures, name))).rejects.toMatchObject({
      code: "input/unsupported",
      message: `${message}, which is not supported`,
    });
  });

  it("refuses what is not Arrow, by name", async () => {
    const cases: [string | Uint8Array, string][] = [
      ["PAR1 and so on", "a Parquet file"],
      ["a,b\n1,2\n", "corrupt"],
      ['{"a":1}', "JSON text"],
      ["", "empty"],
      [Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0), "gzip"],
      [new Uint8Array(1000), "schema"],
      [new Uint8Array(7).fill(255), "cut short"],
      [new Uint8Array(9).fill(255), "claims -1 bytes of metadata"],
      ["FEA1....", "Feather file of version 1"],
      ["ARROW1", "cut short"],
    ];
    for (const [i, [content, message]] of cases.entries()) {
      const path = join(folder, `other-${i}.arrow`);
      await writeFile(path, content);
      const failed = openIpc(path);
      await expect(failed).rejects.toMatchObject({
        name: "InputError",
        code: expect.stringMatching(/unreadable|corrupt/),
      });
      if (message !== "corrupt") await expect(failed).rejects.toThrow(message);
    }
    await expect(openIpc(folder)).rejects.toMatchObject({ code: "input/unreadable" });
    await expect(openIpc(join(folder, "missing.arrow"))).rejects.toMatchObject({ code: "input/unreadable" });
  });

  it("notices a file that is written to while it is read", async () => {
    const path = join(folder, "changing.arrow");
    await writeFile(path, tableToIPC(tableFromArrays({ a: Int32Array.of(1, 2, 3) }), "file"));
    const source = await openIpc(path);
    const { appendFile } = await import("node:fs/promises");
    await appendFile(path, "more");
    await expect(readAll(source)).rejects.toMatchObject({ code: "input/corrupt" });
    await source.close();
  });
});

describe("fromIpcBytes", () => {
  // apache-arrow's writer cuts the views of a slice twice; our own sink is tested with them.
  const writable = allTypes.filter((type) => !DataType.isUtf8View(type) && !DataType.isBinaryView(type));

  it("gives back any batches, in both formats, from any byte alignment", async () => {
    await fc.assert(
      fc.asyncProperty(batchesArb(writable), fc.nat({ max: 8 }), async (batches, shift) => {
        fc.pre(batches.length > 0);
        for (const Writer of [RecordBatchFileWriter, RecordBatchStreamWriter]) {
          // One dictionary a file: apache-arrow's file writer can't replace one.
          const some = Writer === RecordBatchFileWriter ? batches.slice(0, 1) : batches;
          const written = Writer.writeAll(some).toUint8Array(true);
          const bytes = new Uint8Array(written.length + shift).subarray(shift);
          bytes.set(written);
          const source = await fromIpcBytes(bytes);
          expect(source.rows).toBe(some.reduce((rows, batch) => rows + batch.numRows, 0));
          expect(rowsOf(await readAll(source))).toEqual(rowsOf(some));
        }
      }),
      { numRuns: 200 },
    );
  });

  it("reads no column that is not asked for", async () => {
    const table = tableFromArrays({ a: Int32Array.of(1, 2, 3), s: ["x", "y", "z"] });
    const bytes = tableToIPC(table, "file");
    const codes = Buffer.from(Int32Array.of(0, 1, 2).buffer);
    const at = Buffer.from(bytes).lastIndexOf(codes);
    bytes[at + 8] = 99;
    const source = await fromIpcBytes(bytes);
    expect(rowsOf(await readAll(source, [0])).flat()).toEqual(["1", "2", "3"]);
    await expect(readAll(source)).rejects.toThrow('column "s" has the dictionary index 99 in row 2');
  });
});
