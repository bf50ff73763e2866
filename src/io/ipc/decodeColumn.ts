import { Data, type DataType, type Dictionary, Type, Vector } from "apache-arrow";
import { InputError } from "../../errors/index.js";
import { type Decode, decompress } from "./compression.js";
import type { BufferPlan, ColumnPlan, Role } from "./layout.js";

/** Gives the stored bytes of a buffer. */
export type Fetch = (buffer: BufferPlan) => Uint8Array;

/** What decoding the columns of a batch needs beside their plans. */
export interface Decoding {
  readonly fetch: Fetch;
  readonly decode: Decode | undefined;
  readonly maxBytes: number;
  readonly dictionaries: ReadonlyMap<number, Vector>;
}

type Numbers = {
  new (buffer: ArrayBufferLike, at: number, length: number): unknown;
  BYTES_PER_ELEMENT: number;
};

/** The bytes as an array of a type's numbers, copied only when they don't start on a boundary. */
function asNumbers(bytes: Uint8Array, to: unknown): unknown {
  const Wanted = to as Numbers;
  const width = Wanted.BYTES_PER_ELEMENT;
  const aligned = bytes.byteOffset % width === 0 ? bytes : bytes.slice();
  return new Wanted(aligned.buffer, aligned.byteOffset, Math.floor(aligned.byteLength / width));
}

function bytesFor(buffer: BufferPlan, plan: ColumnPlan, decoding: Decoding): Uint8Array {
  const stored = decoding.fetch(buffer);
  const bytes = decoding.decode
    ? decompress(
        stored,
        decoding.decode,
        decoding.maxBytes,
        `${buffer.role} of column ${JSON.stringify(plan.column)}`,
      )
    : stored;
  if (bytes.byteLength < buffer.needs) {
    throw new InputError(
      "input/corrupt",
      `column ${JSON.stringify(plan.column)} needs ${buffer.needs} bytes of ${buffer.role}, its buffer has ${bytes.byteLength}`,
      { unit: plan.column },
    );
  }
  // What follows is padding; a text's bytes are known to its offsets only.
  return buffer.needs > 0 ? bytes.subarray(0, buffer.needs) : bytes;
}

function storageOf(type: DataType): unknown {
  return (type.typeId as Type) === Type.Dictionary ? (type as Dictionary).indices.ArrayType : type.ArrayType;
}

/** Decodes one planned column. Throws InputError. */
export function decodeColumn(plan: ColumnPlan, decoding: Decoding): Data {
  const { type, length, nulls } = plan;
  const children = plan.children.map((child) => decodeColumn(child, decoding));
  const found = new Map<Role, Uint8Array>();
  const views: Uint8Array[] = [];
  for (const buffer of plan.buffers) {
    const bytes = bytesFor(buffer, plan, decoding);
    const isViewData = buffer.role === "data" && found.has("views");
    if (isViewData) views.push(bytes);
    else found.set(buffer.role, bytes);
  }
  const offsets = found.get("offsets");
  const values = found.get("values") ?? found.get("views") ?? found.get("data");
  const isDictionary = (type.typeId as Type) === Type.Dictionary;
  const dictionary = isDictionary
    ? (decoding.dictionaries.get((type as Dictionary).id) ??
      new Vector([emptyOf((type as Dictionary).dictionary)]))
    : undefined;
  return new Data(
    type,
    0,
    length,
    nulls,
    [
      offsets?.byteLength === 0
        ? new type.OffsetArrayType(1)
        : offsets && asNumbers(offsets, type.OffsetArrayType),
      values && asNumbers(values, storageOf(type)),
      found.get("validity") ?? new Uint8Array(0),
      undefined,
    ] as never,
    children,
    dictionary,
    views,
  );
}

/** Data of no rows. */
function emptyOf(type: DataType): Data {
  const children = (type.typeId as Type) === Type.Dictionary ? [] : (type.children ?? []);
  const offsets = type.OffsetArrayType;
  return new Data(
    type,
    0,
    0,
    0,
    [new offsets(1), asNumbers(new Uint8Array(0), storageOf(type)), new Uint8Array(0), undefined] as never,
    children.map((child) => emptyOf(child.type)),
  );
}
