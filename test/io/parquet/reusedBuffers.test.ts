import { expect, it } from "vitest";
import { ReusedBuffers } from "../../../src/io/parquet/reusedBuffers.js";

it.each([true, false])(
  "memory that is given back is taken again where it is enough, shared or not: %s",
  (isShared) => {
    const buffers = new ReusedBuffers(isShared);
    const first = buffers.take(1000);
    const second = buffers.take(10);
    expect(first.length).toBe(1000);
    expect(second.buffer).not.toBe(first.buffer);
    expect(first.buffer instanceof ArrayBuffer).toBe(!isShared);
    buffers.giveBack(first);
    const third = buffers.take(900);
    expect([third.length, third.buffer === first.buffer]).toEqual([900, true]);
    buffers.giveBack(second);
    expect(buffers.take(5000).buffer).not.toBe(second.buffer);
    expect(buffers.take(10).buffer).not.toBe(second.buffer);
  },
);
