import {
  type Data,
  DataType,
  Dictionary,
  Int32,
  type RecordBatch,
  type Schema,
  type Vector,
} from "apache-arrow";
import { mapDictionaries } from "../../columns/mapDictionaries.js";

/** The values of one dictionary column, as far as a row group has them. */
interface Seen {
  readonly dictionaries: WeakSet<Vector>;
  values: number;
}

/**
 * The Arrow schema that a Parquet file says it has. Parquet knows no dictionary types, only this schema asks for them,
 * and a reader stops at a row group that has more values than there are codes. Such a dictionary is declared with wider
 * codes, which is known in the end.
 */
export class StoredSchema {
  readonly #schema: Schema;
  readonly #wide = new Set<string>();
  #seen = new Map<string, Seen>();

  constructor(schema: Schema) {
    this.#schema = schema;
  }

  /** Takes note of the dictionaries of rows that go into the present row group. */
  add(batch: RecordBatch): void {
    for (const [i, { name }] of batch.schema.fields.entries()) this.#note(batch.data.children[i]!, [name]);
  }

  /** The rows to come belong to another row group, which has dictionaries of its own. */
  endRowGroup(): void {
    this.#seen = new Map();
  }

  /** The schema that fits all that was added. */
  declared(): Schema {
    return mapDictionaries(this.#schema, (type, path) => {
      if (!this.#wide.has(JSON.stringify(path))) return type;
      return new Dictionary(type.dictionary, new Int32(), type.id, type.isOrdered);
    });
  }

  #note(data: Data, path: readonly string[]): void {
    for (const [i, { name }] of (data.type.children ?? []).entries()) {
      this.#note(data.children[i]!, [...path, name]);
    }
    const { dictionary } = data;
    if (dictionary === undefined || !DataType.isDictionary(data.type)) return;
    const key = JSON.stringify(path);
    const seen = this.#seen.get(key) ?? { dictionaries: new WeakSet(), values: 0 };
    this.#seen.set(key, seen);
    if (seen.dictionaries.has(dictionary)) return;
    seen.dictionaries.add(dictionary);
    seen.values += dictionary.length;
    const { bitWidth, isSigned } = data.type.indices;
    // The decoder wants the number of values to be a code too.
    if (bitWidth < 32 && seen.values >= 2 ** (isSigned ? bitWidth - 1 : bitWidth)) this.#wide.add(key);
  }
}
