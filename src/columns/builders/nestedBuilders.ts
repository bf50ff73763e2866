import { type Data, DataType, type Dictionary, makeData, Null, Vector } from "apache-arrow";
import { isJson, jsonItems, jsonMembers, jsonScalar } from "../jsonText.js";
import { type ColumnBuilder, ValidityBuilder } from "./columnBuilder.js";

/** Builds columns that hold nulls only. */
export class NullBuilder implements ColumnBuilder {
  #length = 0;

  add(text: string | null): boolean {
    this.#length++;
    return text === null;
  }

  addJson(json: string): boolean {
    return this.add(json === "null" ? null : json);
  }

  finish(): Data {
    const length = this.#length;
    this.#length = 0;
    return makeData({ type: new Null(), length }) as Data;
  }
}

/** Builds dictionary-encoded columns; each batch has the dictionary of its own values. */
export class DictionaryBuilder implements ColumnBuilder {
  readonly #type: Dictionary;
  readonly #values: ColumnBuilder;
  readonly #codes: ColumnBuilder;
  readonly #known = new Map<string, number>();

  constructor(type: Dictionary, values: ColumnBuilder, codes: ColumnBuilder) {
    this.#type = type;
    this.#values = values;
    this.#codes = codes;
  }

  add(text: string | null): boolean {
    if (text === null) return this.#codes.add(null);
    let code = this.#known.get(text);
    if (code === undefined) {
      if (!this.#values.add(text)) return false;
      code = this.#known.size;
      this.#known.set(text, code);
    }
    return this.#codes.add(String(code));
  }

  addJson(json: string): boolean {
    const text = jsonScalar(json);
    return text !== undefined && this.add(text);
  }

  finish(): Data {
    this.#known.clear();
    const dictionary = new Vector([this.#values.finish()]);
    const codes = this.#codes.finish();
    const { length, nullCount, nullBitmap, values } = codes;
    return makeData({
      type: this.#type,
      length,
      nullCount,
      nullBitmap,
      data: values,
      dictionary,
    } as never) as Data;
  }
}

/** A builder of cells whose text is JSON. */
abstract class JsonBuilder implements ColumnBuilder {
  protected readonly validity = new ValidityBuilder();

  add(text: string | null): boolean {
    return text === null ? this.addJson("null") : isJson(text) && this.addJson(text.trim());
  }

  abstract addJson(json: string): boolean;
  abstract finish(): Data;
}

/** Builds columns of lists, and of maps, whose entries are objects with `key` and `value`. */
export class ListBuilder extends JsonBuilder {
  readonly #type: DataType;
  readonly #items: ColumnBuilder;
  readonly #size: number | undefined;
  #ends: number[] = [0];

  constructor(type: DataType, items: ColumnBuilder) {
    super();
    this.#type = type;
    this.#items = items;
    this.#size = DataType.isFixedSizeList(type) ? type.listSize : undefined;
  }

  addJson(json: string): boolean {
    const isNull = json === "null";
    if (!isNull && json[0] !== "[") return false;
    const items = isNull ? new Array<string>(this.#size ?? 0).fill("null") : jsonItems(json);
    if (this.#size !== undefined && items.length !== this.#size) return false;
    if (!items.every((item) => this.#items.addJson(item))) return false;
    this.#ends.push(this.#ends.at(-1)! + items.length);
    this.validity.push(!isNull);
    return true;
  }

  finish(): Data {
    const ends = this.#ends;
    this.#ends = [0];
    const isLarge = DataType.isLargeList(this.#type);
    const valueOffsets = isLarge ? BigInt64Array.from(ends, BigInt) : Int32Array.from(ends);
    const parts = { type: this.#type, child: this.#items.finish(), ...this.validity.take() };
    return makeData((this.#size === undefined ? { ...parts, valueOffsets } : parts) as never) as Data;
  }
}

/** Builds columns of structs from objects; members that are absent are null, unknown ones are refused. */
export class StructBuilder extends JsonBuilder {
  readonly #type: DataType;
  readonly #members: ReadonlyMap<string, ColumnBuilder>;

  constructor(type: DataType, members: readonly ColumnBuilder[]) {
    super();
    this.#type = type;
    this.#members = new Map(type.children.map((child, i) => [child.name, members[i]!]));
  }

  addJson(json: string): boolean {
    const isNull = json === "null";
    if (!isNull && json[0] !== "{") return false;
    const found = new Map<string, string>();
    let isFit = true;
    if (!isNull) {
      jsonMembers(json, (name, value) => {
        isFit &&= this.#members.has(name) && !found.has(name);
        found.set(name, value);
      });
    }
    if (!isFit) return false;
    for (const [name, builder] of this.#members)
      if (!builder.addJson(found.get(name) ?? "null")) return false;
    this.validity.push(!isNull);
    return true;
  }

  finish(): Data {
    const children = [...this.#members.values()].map((builder) => builder.finish());
    return makeData({ type: this.#type, children, ...this.validity.take() } as never) as Data;
  }
}
