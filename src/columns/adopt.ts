import {
  Binary,
  BinaryView,
  Bool,
  Data,
  type DataType,
  Date_,
  Decimal,
  Dictionary,
  Duration,
  Field,
  FixedSizeBinary,
  FixedSizeList,
  Float,
  Int,
  Interval,
  LargeBinary,
  LargeList,
  LargeUtf8,
  List,
  Map_,
  makeData,
  Null,
  RecordBatch,
  Schema,
  Struct,
  Time,
  Timestamp,
  Type,
  Union,
  Utf8,
  Utf8View,
  Vector,
} from "apache-arrow";
import { InputError } from "../errors/index.js";

function adoptField(field: Field): Field {
  return new Field(field.name, adoptType(field.type), field.nullable, new Map(field.metadata ?? []));
}

// biome-ignore lint/suspicious/noExplicitAny: the members depend on typeId, which the switch below reads first.
type Foreign = any;

/** The type of another apache-arrow copy as one of ours, so that `instanceof` holds for it. */
export function adoptType(type: DataType): DataType {
  const from: Foreign = type;
  const child = (): Field => adoptField(from.children[0]);
  switch (type.typeId as Type) {
    case Type.Null:
      return new Null();
    case Type.Bool:
      return new Bool();
    case Type.Int:
      return new Int(from.isSigned, from.bitWidth);
    case Type.Float:
      return new Float(from.precision);
    case Type.Utf8:
      return new Utf8();
    case Type.LargeUtf8:
      return new LargeUtf8();
    case Type.Utf8View:
      return new Utf8View();
    case Type.Binary:
      return new Binary();
    case Type.LargeBinary:
      return new LargeBinary();
    case Type.BinaryView:
      return new BinaryView();
    case Type.FixedSizeBinary:
      return new FixedSizeBinary(from.byteWidth);
    case Type.Decimal:
      return new Decimal(from.scale, from.precision, from.bitWidth ?? 128);
    case Type.Date:
      return new Date_(from.unit);
    case Type.Time:
      return new Time(from.unit, from.bitWidth);
    case Type.Timestamp:
      return new Timestamp(from.unit, from.timezone);
    case Type.Duration:
      return new Duration(from.unit);
    case Type.Interval:
      return new Interval(from.unit);
    case Type.List:
      return new List(child());
    case Type.LargeList:
      return new LargeList(child());
    case Type.FixedSizeList:
      return new FixedSizeList(from.listSize, child());
    case Type.Map:
      return new Map_(child() as Field<Struct>, from.keysSorted);
    case Type.Struct:
      return new Struct(from.children.map(adoptField));
    case Type.Union:
      return new Union(from.mode, from.typeIds, from.children.map(adoptField));
    case Type.Dictionary:
      return new Dictionary(
        adoptType(from.dictionary),
        adoptType(from.indices) as Dictionary["indices"],
        from.id,
        from.isOrdered,
      );
    default:
      throw new InputError("input/unsupported", `the Arrow type ${String(type)} is not supported`);
  }
}

/** The schema of another apache-arrow copy as one of ours. */
export function adoptSchema(schema: Schema): Schema {
  if (Object.prototype.isPrototypeOf.call(Schema.prototype, schema)) return schema;
  return new Schema(schema.fields.map(adoptField), new Map(schema.metadata ?? []));
}

type Storage = {
  new (buffer: ArrayBufferLike, at: number, length: number): unknown;
  BYTES_PER_ELEMENT: number;
};

/** Older copies hold 64-bit values in 32-bit arrays; the bytes are the same. */
function recast(view: Foreign, to: unknown): Foreign {
  const Wanted = to as Storage;
  if (!view || view instanceof Wanted) return view;
  return new Wanted(view.buffer, view.byteOffset, view.byteLength / Wanted.BYTES_PER_ELEMENT);
}

function adoptData(data: Data, type: DataType): Data {
  const storage = type.typeId === Type.Dictionary ? (type as Dictionary).indices.ArrayType : type.ArrayType;
  const children = (data.children ?? []).map((child, i) => adoptData(child, type.children[i]!.type));
  const dictionary = data.dictionary?.data.map((part) => adoptData(part, (type as Dictionary).dictionary));
  return new Data(
    type,
    data.offset,
    data.length,
    data.nullCount,
    [
      recast(data.valueOffsets, type.OffsetArrayType),
      recast(data.values, storage),
      data.nullBitmap,
      recast(data.typeIds, Int8Array),
    ],
    children,
    dictionary && new Vector(dictionary),
    data.variadicBuffers ?? [],
  );
}

/** A batch of another apache-arrow copy as one of ours, over the same buffers; ours comes back as it is. */
export function adoptBatch(batch: RecordBatch, schema: Schema): RecordBatch {
  if (Object.prototype.isPrototypeOf.call(RecordBatch.prototype, batch)) return batch;
  const children = batch.data.children.map((child, i) => adoptData(child, schema.fields[i]!.type));
  const data = makeData({
    type: new Struct(schema.fields),
    length: batch.data.length,
    nullCount: 0,
    children,
  });
  return new RecordBatch(schema, data);
}
