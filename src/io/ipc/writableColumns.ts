import { type Data, DataType, Dictionary, type Schema, Type } from "apache-arrow";
import { gatherData } from "../../columns/gatherData.js";
import { GrowingDictionary } from "../../columns/growingDictionary.js";
import { holdsDictionary, mapDictionaries } from "../../columns/mapDictionaries.js";
import { InputError } from "../../errors/index.js";

/** Rewrites columns as apache-arrow's writer can write them, with one growing dictionary for each that they hold. */
export class WritableColumns {
  /** The given schema, with a dictionary id of its own for each dictionary in it. */
  readonly schema: Schema;
  /** By dictionary id. */
  readonly dictionaries = new Map<number, GrowingDictionary>();

  constructor(schema: Schema) {
    this.schema = mapDictionaries(schema, (type, path) => this.#own(type, path.join(".")));
  }

  #own(type: Dictionary, column: string): Dictionary {
    if (holdsDictionary(type.dictionary)) {
      throw new InputError(
        "input/unsupported",
        `column ${JSON.stringify(column)} has a dictionary inside of a dictionary, which can't be written`,
        { unit: column },
      );
    }
    const id = this.dictionaries.size;
    this.dictionaries.set(id, new GrowingDictionary(type.dictionary, column));
    return new Dictionary(type.dictionary, type.indices, id, type.isOrdered);
  }

  /** The column in a form that is written right, of the type that `schema` has for it. Throws InputError. */
  column(data: Data, type: DataType, name: string): Data {
    return this.#recoded(asWritten(data, name), type);
  }

  #recoded(data: Data, type: DataType): Data {
    if (DataType.isDictionary(type)) return this.dictionaries.get(type.id)!.recoded(data, type);
    if (!holdsDictionary(type)) return data;
    const children = data.children.map((child, i) => this.#recoded(child, type.children[i]!.type));
    return data.clone(type, data.offset, data.length, data.nullCount, data.buffers as never, children);
  }
}

/** The data itself, or a compact copy where the writer would write it wrong. */
export function asWritten(data: Data, name: string): Data {
  return isWrittenWrong(data) ? gatherData(data, Int32Array.of(0, data.length), name) : data;
}

/** The writer cuts the views of a slice twice, loses track of the unions of one, and counts -1 nulls in one of type null. */
function isWrittenWrong(data: Data): boolean {
  const id = data.type.typeId as Type;
  if (id === Type.Null) return data.nullCount !== data.length;
  const isAtRisk = id === Type.Utf8View || id === Type.BinaryView || id === Type.Union;
  return (isAtRisk && data.offset > 0) || data.children.some(isWrittenWrong);
}
