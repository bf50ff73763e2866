import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { afterEach, expect, it } from "vitest";
import { decodeStreams, loadParquetWasm } from "../../../src/io/parquet/decode.js";
import { DecodePool, PoolLender } from "../../../src/io/parquet/decodePool.js";

const path = fileURLToPath(new URL("../../../fixtures/orders.parquet", import.meta.url));
const lender = new PoolLender(2);

async function sharedFile(): Promise<Uint8Array> {
  const bytes = await readFile(path);
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  return shared;
}

afterEach(() => lender.close());

it("decodes what the decoder of this thread does, more windows at once than there are threads", async () => {
  const pool = (await lender.borrow(2))!;
  const file = await sharedFile();
  const wasm = await loadParquetWasm();
  const offsets = [0, 7, 20, 59, 33];
  const decoded = await Promise.all(offsets.map((offset) => pool.decode(file, offset, 10)));
  const alone = offsets.map((offset) => decodeStreams(wasm, file, offset, 10));
  expect(decoded.map((streams) => streams.map((stream) => Buffer.from(stream)))).toEqual(
    alone.map((streams) => streams.map((stream) => Buffer.from(stream))),
  );
});

it("says what was wrong with a file, and goes on", async () => {
  const pool = (await lender.borrow(2))!;
  await expect(pool.decode(new Uint8Array(9), 0, 1)).rejects.toThrow(/parquet/i);
  expect(await pool.decode(await sharedFile(), 0, 60)).not.toEqual([]);
});

it("leaves nobody waiting when it is stopped", async () => {
  const pool = await DecodePool.open(1);
  const file = await sharedFile();
  const waiting = [0, 1, 2].map((offset) => pool.decode(file, offset, 1));
  const settled = Promise.allSettled(waiting);
  await pool.close();
  expect((await settled).filter(({ status }) => status === "rejected").length).toBeGreaterThan(0);
  await expect(pool.decode(file, 0, 1)).rejects.toThrow("stopped");
});

it("is lent where there is something to share out, one pool to all who read at a time", async () => {
  expect(await lender.borrow(1)).toBeUndefined();
  expect(await new PoolLender(1).borrow(9)).toBeUndefined();
  const first = await lender.borrow(9);
  expect(await lender.borrow(2)).toBe(first);
  expect(first?.threads).toBe(2);
});

it("is opened anew after a thread of it ended", async () => {
  const first = (await lender.borrow(2))!;
  await first.close();
  const second = (await lender.borrow(2))!;
  expect(second).not.toBe(first);
  expect(await second.decode(await sharedFile(), 0, 60)).not.toEqual([]);
});
