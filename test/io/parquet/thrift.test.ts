import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError } from "../../../src/errors/index.js";
import { readThrift, THRIFT, type ThriftField, type ThriftStruct } from "../../../src/io/parquet/thrift.js";
import { writeThrift } from "../../../src/io/parquet/thriftWriter.js";

const leaf: fc.Arbitrary<ThriftField> = fc.oneof(
  fc.boolean().map((value) => ({ type: value ? THRIFT.true : THRIFT.false, value })),
  fc.integer({ min: -128, max: 127 }).map((value) => ({ type: THRIFT.i8, value })),
  fc.integer({ min: -32768, max: 32767 }).map((value) => ({ type: THRIFT.i16, value })),
  fc.integer().map((value) => ({ type: THRIFT.i32, value })),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((value) => ({ type: THRIFT.i64, value })),
  fc.double({ noNaN: true }).map((value) => ({ type: THRIFT.double, value })),
  fc.uint8Array({ maxLength: 40 }).map((value) => ({ type: THRIFT.binary, value: Uint8Array.from(value) })),
  fc.array(fc.boolean(), { maxLength: 20 }).map((items) => ({
    type: THRIFT.list,
    value: { of: THRIFT.true, items },
  })),
  fc.array(fc.integer(), { maxLength: 20 }).map((items) => ({
    type: THRIFT.list,
    value: { of: THRIFT.i32, items },
  })),
);

const structOf = (field: fc.Arbitrary<ThriftField>): fc.Arbitrary<ThriftStruct> =>
  fc
    .uniqueArray(fc.tuple(fc.integer({ min: 1, max: 300 }), field), { selector: ([id]) => id, maxLength: 8 })
    .map((fields) => new Map(fields));

const nested: fc.Arbitrary<ThriftStruct> = structOf(
  fc.oneof(
    leaf,
    structOf(leaf).map((value) => ({ type: THRIFT.struct, value })),
    fc.array(structOf(leaf), { maxLength: 17 }).map((items) => ({
      type: THRIFT.list,
      value: { of: THRIFT.struct, items },
    })),
  ),
);

describe("Thrift's compact protocol", () => {
  it("reads what it writes, wherever it stands in the bytes", () => {
    fc.assert(
      fc.property(nested, fc.nat({ max: 9 }), (value, before) => {
        const written = writeThrift(value);
        const placed = new Uint8Array(before + written.length + 3);
        placed.set(written, before);
        const read = readThrift(placed, before);
        expect(read.end).toBe(before + written.length);
        expect(read.value).toEqual(value);
        expect(writeThrift(read.value)).toEqual(written);
      }),
    );
  });

  it("reads numbers in the bytes the protocol gives them", () => {
    // Field 1: i32 -1; field 3: i64 300; field 20: true in the long form; field 21: a list of two i32.
    const bytes = Uint8Array.of(0x15, 0x01, 0x26, 0xd8, 0x04, 0x01, 0x28, 0x19, 0x25, 0x02, 0x04, 0x00);
    const { value, end } = readThrift(bytes);
    expect(end).toBe(bytes.length);
    expect([...value].map(([id, field]) => [id, field.value])).toEqual([
      [1, -1],
      [3, 300n],
      [20, true],
      [21, { of: THRIFT.i32, items: [1, 2] }],
    ]);
  });

  it("refuses every prefix of a structure", () => {
    fc.assert(
      fc.property(nested, (value) => {
        const written = writeThrift(value);
        for (let length = 0; length < written.length; length++) {
          expect(() => readThrift(written.subarray(0, length))).toThrow(InputError);
        }
      }),
      { numRuns: 30 },
    );
  });

  it("ends on any bytes at all, with a structure or an InputError", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          readThrift(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("allocates nothing for lists that claim more than the bytes hold, nor follows nesting for ever", () => {
    const lists = Uint8Array.from([0x19, ...Array(40).fill([0xf9, 0xff, 0xff, 0xff, 0x0f]).flat()]);
    expect(() => readThrift(lists)).toThrow(/doesn't fit/);
    expect(() => readThrift(new Uint8Array(5000).fill(0x1c))).toThrow(/nested too deeply/);
    expect(() => readThrift(Uint8Array.from([0x19, ...Array(5000).fill(0x19)]))).toThrow(/nested too deeply/);
    expect(() => readThrift(Uint8Array.of(0x16, ...Array(20).fill(0xff)))).toThrow(/without end/);
  });
});
