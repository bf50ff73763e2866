import { readFileSync } from "node:fs";
import {
  Field,
  Int32,
  makeData,
  Null,
  RecordBatch,
  Schema,
  Struct,
  Table,
  tableFromArrays,
  tableToIPC,
} from "apache-arrow";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError } from "../../src/errors/index.js";
import { fromIpcBytes, type IpcOptions } from "../../src/io/ipcReader.js";
import { readAll, rowsOf } from "./cells.js";

const fixture = (name: string) =>
  new Uint8Array(readFileSync(new URL(`./fixtures/${name}`, import.meta.url)));

const one = tableFromArrays({
  n: Int32Array.from({ length: 1009 }, (_, i) => i),
  s: new Array(1009).fill("word"),
});
const three = new Table([
  one.batches[0]!.slice(0, 400),
  one.batches[0]!.slice(400, 800),
  one.batches[0]!.slice(800),
]);

async function rowCount(bytes: Uint8Array, options: IpcOptions = {}): Promise<number> {
  const source = await fromIpcBytes(bytes, options);
  return rowsOf(await readAll(source)).length;
}

/** The error that reading ends in. */
async function failure(bytes: Uint8Array, options: IpcOptions = {}): Promise<InputError> {
  const error = await rowCount(bytes, options).then(
    (rows) => new Error(`read ${rows} rows`),
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(InputError);
  return error as InputError;
}

/** A copy in which every 64-bit `from` is `to`. */
function replaced(bytes: Uint8Array, from: bigint, to: bigint): { bytes: Uint8Array; count: number } {
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  let count = 0;
  for (let at = 0; at + 8 <= copy.length; at += 4) {
    if (view.getBigInt64(at, true) !== from) continue;
    view.setBigInt64(at, to, true);
    count++;
  }
  return { bytes: copy, count };
}

/** The record batch blocks of a file: where in its bytes their structs are. */
function blocks(bytes: Uint8Array): { vector: number; structs: number[]; view: DataView } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const footer = bytes.length - 10 - view.getInt32(bytes.length - 10, true);
  const table = footer + view.getUint32(footer, true);
  const slot = view.getUint16(table - view.getInt32(table, true) + 4 + 3 * 2, true);
  const vector = table + slot + view.getUint32(table + slot, true);
  const count = view.getUint32(vector, true);
  return { vector, structs: Array.from({ length: count }, (_, i) => vector + 4 + i * 24), view };
}

describe("IPC that was cut short", () => {
  it("never passes: a stream, at any byte", async () => {
    const bytes = fixture("replaced.arrows");
    expect(await rowCount(bytes)).toBe(5);
    for (let end = 0; end < bytes.length; end++) {
      expect((await failure(bytes.subarray(0, end))).code).toMatch(/^input\/(corrupt|unreadable)$/);
    }
  });

  it("never passes: a file, at any byte", async () => {
    const bytes = fixture("delta.arrow");
    expect(await rowCount(bytes)).toBe(5);
    for (let end = 0; end < bytes.length; end++) await failure(bytes.subarray(0, end));
  });

  it("passes between messages only when that is asked for", async () => {
    const bytes = tableToIPC(three, "stream");
    const counts = new Set<number | string>();
    for (let end = 8; end < bytes.length; end += 8) {
      const part = bytes.subarray(0, end);
      const error = await failure(part);
      const relaxed = await rowCount(part, { requireEnd: false }).catch(() => "refused");
      if (relaxed !== "refused") expect(error.message).toContain(`no end marker after ${relaxed} rows`);
      counts.add(relaxed);
    }
    expect([...counts].filter((count) => typeof count === "number").sort()).toEqual([0, 1009, 400, 800]);
  });

  it("is found in zeros that a crash leaves at the end", async () => {
    const bytes = tableToIPC(three, "stream");
    const half = new Uint8Array(bytes.length + 4096);
    half.set(bytes.subarray(0, bytes.length - 8));
    expect((await failure(half)).message).toContain("no end marker after 1009 rows");
    expect(await rowCount(half, { requireEnd: false })).toBe(1009);
    const padded = new Uint8Array(bytes.length + 4096);
    padded.set(bytes);
    expect(await rowCount(padded)).toBe(1009);
  });
});

describe("IPC that lies", () => {
  it("is refused when it is big-endian, by name", async () => {
    const bytes = fixture("pyarrow-plain.arrows");
    const view = new DataView(bytes.buffer);
    const message = 8 + view.getUint32(8, true);
    const header = message - view.getInt32(message, true) + 4 + 2 * 2;
    const slot = message + view.getUint16(header, true);
    const schema = slot + view.getUint32(slot, true);
    const vtable = schema - view.getInt32(schema, true);
    // Endianness is absent (little) as written: point its slot at some 16 bits that read 1, which is Big.
    let distance = 4;
    while (view.getInt16(schema + distance, true) !== 1) distance++;
    view.setUint16(vtable + 4, distance, true);
    const error = await failure(bytes);
    expect(error.code).toBe("input/unsupported");
    expect(error.message).toContain("big-endian");
  });

  it("is refused when a footer's block points at the schema, itself, another block, or nowhere", async () => {
    const bytes = fixture("pyarrow-plain.arrow");
    const { structs } = blocks(bytes);
    expect(structs).toHaveLength(2);
    const starts = structs.map((at) => new DataView(bytes.buffer).getBigInt64(at, true));
    for (const to of [8n, 0n, -8n, starts[0]!, BigInt(structs[1]!), 2n ** 40n, 2n ** 62n, starts[1]! + 8n]) {
      const copy = bytes.slice();
      new DataView(copy.buffer).setBigInt64(structs[1]!, to, true);
      await failure(copy);
    }
    const swapped = bytes.slice();
    new DataView(swapped.buffer).setBigInt64(structs[0]!, starts[1]!, true);
    new DataView(swapped.buffer).setBigInt64(structs[1]!, starts[0]!, true);
    await failure(swapped);
  });

  it("is refused when a block's size is not its message's, or negative", async () => {
    const bytes = tableToIPC(three, "file");
    for (const size of [-1n, 0n, 8n, 2n ** 50n]) {
      const copy = bytes.slice();
      const { structs, view } = blocks(copy);
      view.setBigInt64(structs[0]! + 16, size, true);
      expect((await failure(copy)).message).toContain("the footer gives the batch");
    }
  });

  it.each([
    ["apache-arrow", tableToIPC(three, "file"), 3],
    ["pyarrow", fixture("pyarrow-plain.arrow"), 2],
    ["polars", fixture("polars-uncompressed.arrow"), 1],
  ])("is refused when its footer forgets a batch, first or last: %s", async (_, bytes, count) => {
    const { vector, structs } = blocks(bytes);
    expect(structs).toHaveLength(count);
    const forgetsLast = bytes.slice();
    new DataView(forgetsLast.buffer).setUint32(vector, count - 1, true);
    expect((await failure(forgetsLast)).message).toContain("the footer lists nothing for bytes");
    if (count === 1) return;
    const forgetsFirst = forgetsLast.slice();
    forgetsFirst.copyWithin(structs[0]!, structs[1]!, structs[count - 1]! + 24);
    expect((await failure(forgetsFirst)).message).toContain("the footer lists nothing for bytes");
  });

  it("is refused when it claims more rows than it has bytes for", async () => {
    for (const format of ["file", "stream"] as const) {
      for (const claim of [1100n, 1_000_000_000n, 2n ** 40n, -1n]) {
        const { bytes, count } = replaced(tableToIPC(one, format), 1009n, claim);
        expect(count).toBeGreaterThanOrEqual(3);
        expect((await failure(bytes)).code).toMatch(/^input\/(corrupt|too-large)$/);
      }
    }
  });

  it("is refused when it claims rows that cost it nothing", async () => {
    const schema = new Schema([new Field("nothing", new Null(), true)]);
    const batchOf = (length: number) =>
      new RecordBatch(
        schema,
        makeData({
          type: new Struct(schema.fields),
          length,
          children: [makeData({ type: new Null(), length })],
        }),
      );
    expect(await rowCount(tableToIPC(new Table([batchOf(1000)]), "file"))).toBe(1000);
    const error = await failure(tableToIPC(new Table([batchOf(2_000_000_000)]), "file"));
    expect(error.code).toBe("input/too-large");
    expect(error.message).toContain("2000000000 rows and has no bytes for them");
    await expect(fromIpcBytes(tableToIPC(one), { maxRows: 1000 }).then(readAll)).rejects.toMatchObject({
      code: "input/too-large",
    });
    await expect(fromIpcBytes(tableToIPC(one), { maxBatchBytes: 1000 }).then(readAll)).rejects.toThrow(
      "maxBatchBytes",
    );
  });

  it.each(["lz4", "zstd"])("is refused when its %s buffers hold other than they claim", async (codec) => {
    const bytes = fixture(`pyarrow-${codec}.arrow`);
    // 200 values of int64 in the first batch.
    for (const claim of [0n, 8n, 1599n, 1601n, -2n, 2n ** 20n, 2n ** 29n, 2n ** 31n, 2n ** 62n]) {
      const { bytes: copy, count } = replaced(bytes, 1600n, claim);
      expect(count).toBeGreaterThan(0);
      expect((await failure(copy)).code).toMatch(/^input\/(corrupt|too-large)$/);
    }
  });

  it("is refused when another stream follows", async () => {
    const bytes = tableToIPC(three, "stream");
    const twice = new Uint8Array(bytes.length * 2);
    twice.set(bytes);
    twice.set(bytes, bytes.length);
    expect((await failure(twice)).message).toContain("bytes after the end of the stream");
    const glued = new Uint8Array(bytes.length * 2 - 8);
    glued.set(bytes);
    glued.set(bytes, bytes.length - 8);
    expect((await failure(glued)).message).toContain("a second schema follows");
  });

  it("is refused without columns", async () => {
    expect((await failure(tableToIPC(new Table(new Schema([]), []), "stream"))).message).toContain(
      "no columns",
    );
    expect(await rowCount(tableToIPC(new Table(new Schema([new Field("a", new Int32())]), []), "file"))).toBe(
      0,
    );
  });
});

describe("IPC with random damage", () => {
  const samples = [
    "delta.arrow",
    "replaced.arrows",
    "polars-zstd.arrow",
    "pyarrow-lz4.arrows",
    "legacy.arrow",
  ].map(fixture);

  it("is read, or refused with an InputError, and always ends", async () => {
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...samples),
        fc.array(
          fc.tuple(
            fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
            fc.integer({ min: 0, max: 255 }),
          ),
          {
            minLength: 1,
            maxLength: 3,
          },
        ),
        async (sample, changes) => {
          const bytes = sample.slice();
          for (const [where, to] of changes) bytes[Math.floor(where * bytes.length)] = to;
          const error = await rowCount(bytes).then(
            () => undefined,
            (error: unknown) => error,
          );
          if (error === undefined) return;
          refused++;
          expect(error).toBeInstanceOf(InputError);
          expect((error as InputError).message).not.toMatch(/is not a function|undefined|of null/);
        },
      ),
      { numRuns: 3000 },
    );
    expect(refused).toBeGreaterThan(300);
  });
});
