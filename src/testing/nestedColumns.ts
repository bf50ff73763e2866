import {
  type Data,
  DataType,
  DenseUnion,
  Field,
  FixedSizeList,
  LargeList,
  List,
  Map_,
  makeData,
  SparseUnion,
  Struct,
  type Union,
  Utf8,
} from "apache-arrow";
import fc from "fast-check";
import { FLAT_TYPES, INTERVAL_TYPES, type MakeType } from "./flatTypes.js";
import type { Validity } from "./storedColumn.js";

const item = (type: DataType, name = "item") => new Field(name, type, true);

function entries(value: DataType): Field<Struct<{ key: Utf8; value: DataType }>> {
  return new Field("entries", new Struct([new Field("key", new Utf8(), false), item(value, "value")]), false);
}

/** Any type apache-arrow can hold: flat ones mostly, intervals, and lists, maps, structs and unions three levels deep. */
export const anyType: fc.Arbitrary<MakeType> = fc.letrec<{ type: MakeType }>((tie) => {
  const inner = tie("type");
  const of = (make: (type: DataType) => DataType) =>
    inner.map(
      (type): MakeType =>
        () =>
          make(type()),
    );
  const two = (make: (a: DataType, b: DataType) => DataType) =>
    fc.tuple(inner, inner).map(
      ([a, b]): MakeType =>
        () =>
          make(a(), b()),
    );
  return {
    type: fc.oneof(
      { maxDepth: 2, withCrossShrink: true },
      { weight: 12, arbitrary: fc.constantFrom(...FLAT_TYPES, ...INTERVAL_TYPES) },
      { weight: 1, arbitrary: of((type) => new List(item(type))) },
      { weight: 1, arbitrary: of((type) => new LargeList(item(type))) },
      { weight: 1, arbitrary: of((type) => new FixedSizeList(2, item(type))) },
      { weight: 1, arbitrary: of((type) => new FixedSizeList(0, item(type))) },
      { weight: 1, arbitrary: of((type) => new Map_(entries(type))) },
      { weight: 2, arbitrary: two((a, b) => new Struct([item(a, "a"), item(b, "b")])) },
      { weight: 1, arbitrary: two((a, b) => new SparseUnion([7, 2], [item(a, "a"), item(b, "b")])) },
      { weight: 1, arbitrary: two((a, b) => new DenseUnion([5, 0], [item(a, "a"), item(b, "b")])) },
    ),
  };
}).type;

/** Makes a column of a type, of so many rows. */
type Column = (type: DataType, rows: number) => fc.Arbitrary<Data>;

const many = <T>(of: fc.Arbitrary<T>, length: number) =>
  fc.array(of, { minLength: length, maxLength: length });

/** A list's values: its ends, which needn't begin at 0, and a child that may hold more than they reach. */
function anyList(type: DataType, rows: number, validity: Validity, column: Column): fc.Arbitrary<Data> {
  return fc
    .tuple(fc.nat({ max: 2 }), many(fc.nat({ max: 3 }), rows), fc.nat({ max: 2 }))
    .chain(([start, sizes, spare]) => {
      const ends = [start];
      for (const size of sizes) ends.push(ends.at(-1)! + size);
      const valueOffsets = DataType.isLargeList(type)
        ? BigInt64Array.from(ends, BigInt)
        : Int32Array.from(ends);
      const child = column(type.children[0]!.type, ends.at(-1)! + spare);
      return child.map(
        (of) => makeData({ type, length: rows, child: of, valueOffsets, ...validity } as never) as Data,
      );
    });
}

function anyUnion(type: Union, rows: number, column: Column): fc.Arbitrary<Data> {
  const typeIds = many(fc.constantFrom(...type.typeIds), rows).map((ids) => Int8Array.from(ids));
  if (DataType.isSparseUnion(type)) {
    const children = type.children.map((field) => column(field.type, rows));
    return fc
      .tuple(typeIds, fc.tuple(...children))
      .map(([ids, of]) => makeData({ type, length: rows, typeIds: ids, children: of } as never));
  }
  return fc.tuple(typeIds, many(fc.nat({ max: 2 }), rows)).chain(([ids, skips]) => {
    const counts = type.children.map(() => 0);
    const valueOffsets = Int32Array.from(ids, (id, row) => {
      const child = type.typeIdToChildIndex[id]!;
      // Rows of a child that no row of the union has are allowed.
      const at = counts[child]! + skips[row]!;
      counts[child] = at + 1;
      return at;
    });
    const children = type.children.map((field, i) => column(field.type, counts[i]!));
    return fc
      .tuple(...children)
      .map((of) => makeData({ type, length: rows, typeIds: ids, valueOffsets, children: of } as never));
  });
}

/** A column of lists, maps, structs or unions over columns that `column` makes; undefined for other types. */
export function anyNested(
  type: DataType,
  rows: number,
  validity: Validity,
  column: Column,
): fc.Arbitrary<Data> | undefined {
  if (DataType.isUnion(type)) return anyUnion(type, rows, column);
  if (DataType.isStruct(type)) {
    const children = type.children.map((child) => column(child.type, rows));
    return fc
      .tuple(...children)
      .map((of) => makeData({ type, length: rows, children: of, ...validity }) as Data);
  }
  if (DataType.isFixedSizeList(type)) {
    const child = column(type.children[0]!.type, rows * type.listSize);
    return child.map((of) => makeData({ type, length: rows, child: of, ...validity }) as Data);
  }
  const isList = DataType.isList(type) || DataType.isLargeList(type) || DataType.isMap(type);
  return isList ? anyList(type, rows, validity, column) : undefined;
}
