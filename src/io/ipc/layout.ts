import { type DataType, type Dictionary, type FixedSizeList, Type } from "apache-arrow";
import { widthOf } from "../../columns/integrity.js";
import { InputError } from "../../errors/index.js";
import type { BatchHeader, BufferRange } from "./message.js";

/** What a buffer is for, in the order a type's buffers are stored. */
export type Role = "validity" | "offsets" | "values" | "views" | "data";

/** One buffer of a column: where it is, and the bytes it must hold at least once decompressed. */
export interface BufferPlan extends BufferRange {
  readonly role: Role;
  readonly needs: number;
}

/** One column of a batch, as its header describes it. */
export interface ColumnPlan {
  readonly column: string;
  readonly type: DataType;
  readonly length: number;
  readonly nulls: number;
  readonly buffers: readonly BufferPlan[];
  readonly children: readonly ColumnPlan[];
}

// Rows that no byte stands for (columns of type null) cost the writer nothing, so they are capped.
const MAX_FREE_ROWS = 2 ** 24;

const bits = (count: number) => Math.ceil(count / 8);

/** The buffers of a type after its validity, and what each must hold for `length` rows. */
function buffersOf(type: DataType, length: number): readonly (readonly [Role, number])[] {
  const width = widthOf(type);
  if (width !== undefined) return [["values", length * width]];
  switch (type.typeId as Type) {
    case Type.Bool:
      return [["values", bits(length)]];
    case Type.Utf8:
    case Type.Binary:
      return [
        ["offsets", length && (length + 1) * 4],
        ["data", 0],
      ];
    case Type.LargeUtf8:
    case Type.LargeBinary:
      return [
        ["offsets", length && (length + 1) * 8],
        ["data", 0],
      ];
    case Type.List:
    case Type.Map:
      return [["offsets", length && (length + 1) * 4]];
    case Type.LargeList:
      return [["offsets", length && (length + 1) * 8]];
    case Type.Utf8View:
    case Type.BinaryView:
      return [["views", length * 16]];
    default:
      return [];
  }
}

/** Walks the nodes and buffers of one header, depth first, as they were written. */
class Walk {
  readonly #header: BatchHeader;
  readonly #bodyLength: number;
  #node = 0;
  #buffer = 0;
  #views = 0;

  constructor(header: BatchHeader, bodyLength: number) {
    this.#header = header;
    this.#bodyLength = bodyLength;
  }

  get isDone(): boolean {
    return this.#node === this.#header.nodes.length && this.#buffer === this.#header.buffers.length;
  }

  #next(role: Role, needs: number, column: string): BufferPlan {
    const range = this.#header.buffers[this.#buffer++];
    if (!range) throw corrupt(column, "has fewer buffers than its type needs");
    const { offset, length } = range;
    if (offset < 0 || length < 0 || offset + length > this.#bodyLength) {
      throw corrupt(column, `has bytes ${offset} to ${offset + length} of a body of ${this.#bodyLength}`);
    }
    if (this.#header.codec === undefined && length < needs) {
      throw corrupt(column, `needs ${needs} bytes of ${role}, its buffer has ${length}`);
    }
    return { role, needs, offset, length };
  }

  plan(type: DataType, column: string, atLeast: number): ColumnPlan {
    const node = this.#header.nodes[this.#node++];
    if (!node) throw corrupt(column, "has no entry in the batch");
    const { length } = node;
    // apache-arrow writes -1 for a slice of a column of type null.
    const nulls = type.typeId === Type.Null ? length : node.nulls;
    if (length < atLeast || nulls < 0 || nulls > length) {
      throw corrupt(column, `claims ${length} rows and ${nulls} nulls in a batch of ${atLeast} rows`);
    }
    const buffers: BufferPlan[] = [];
    if (type.typeId !== Type.Null) {
      buffers.push(this.#next("validity", nulls > 0 ? bits(length) : 0, column));
      for (const [role, needs] of buffersOf(type, length)) buffers.push(this.#next(role, needs, column));
    }
    if (type.typeId === Type.Utf8View || type.typeId === Type.BinaryView) {
      const count = this.#header.viewBuffers[this.#views++] ?? 0;
      for (let i = 0; i < count; i++) buffers.push(this.#next("data", 0, column));
    }
    const isDictionary = (type.typeId as Type) === Type.Dictionary;
    const perRow = (type as FixedSizeList).listSize ?? (type.typeId === Type.Struct ? 1 : 0);
    const children = isDictionary ? [] : (type.children ?? []);
    return {
      column,
      type,
      length,
      nulls,
      buffers,
      children: children.map((child) => this.plan(child.type, `${column}.${child.name}`, length * perRow)),
    };
  }
}

function corrupt(column: string, problem: string): InputError {
  return new InputError("input/corrupt", `column ${JSON.stringify(column)} ${problem}`, { unit: column });
}

/** Bytes a column takes in memory, as far as its header tells; of compressed text, only its offsets are known. */
export function bytesOf(plan: ColumnPlan): number {
  const own = plan.buffers.reduce((sum, buffer) => sum + Math.max(buffer.needs, buffer.length), 0);
  return plan.children.reduce((sum, child) => sum + bytesOf(child), own);
}

/** Ids of the dictionaries that a type refers to, those inside of dictionaries first. */
export function dictionaryIds(type: DataType): number[] {
  if ((type.typeId as Type) !== Type.Dictionary) {
    return (type.children ?? []).flatMap((child) => dictionaryIds(child.type));
  }
  const { dictionary, id } = type as Dictionary;
  return [...dictionaryIds(dictionary), id];
}

/**
 * Checks a batch's header against its types before a byte of its body is read: a node for each column, buffers
 * within the body and as long as their rows need. Throws InputError `input/corrupt` or `input/too-large`.
 */
export function planColumns(
  header: BatchHeader,
  columns: readonly { readonly name: string; readonly type: DataType }[],
  bodyLength: number,
): ColumnPlan[] {
  const walk = new Walk(header, bodyLength);
  const plans = columns.map(({ name, type }) => walk.plan(type, name, header.rows));
  for (const plan of plans) {
    if (plan.length !== header.rows) {
      throw corrupt(plan.column, `claims ${plan.length} rows in a batch of ${header.rows} rows`);
    }
  }
  if (!walk.isDone) {
    throw new InputError("input/corrupt", "a batch has more buffers than its columns need");
  }
  if (header.rows > MAX_FREE_ROWS && plans.every((plan) => bytesOf(plan) === 0)) {
    throw new InputError("input/too-large", `a batch claims ${header.rows} rows and has no bytes for them`);
  }
  return plans;
}
