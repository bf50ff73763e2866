import { type RecordBatch, Schema } from "apache-arrow";
import { batchOf } from "../../columns/batchOf.js";
import { builderOf } from "../../columns/builders/builderOf.js";
import type { ColumnBuilder } from "../../columns/builders/columnBuilder.js";
import { typeName } from "../../columns/typeName.js";
import { InputError } from "../../errors/index.js";

const ROWS = 65_536;
const CHARACTERS = 2 ** 25;
const SHOWN = 40;

/** A column that rows bring values for. */
export interface RowColumn {
  readonly name: string;
  /** Its index in the whole schema. */
  readonly index: number;
  readonly builder: ColumnBuilder;
}

/** Collects rows of text into batches of 65,536 rows, or fewer of long rows. */
export class RowBatches {
  readonly columns: readonly RowColumn[];
  readonly #schema: Schema;
  readonly #unit: string;
  #rows = 0;
  #characters = 0;

  /** `columns` are indexes into `schema`, ascending; `unit` is what errors call the file. */
  constructor(schema: Schema, columns: readonly number[], unit: string) {
    this.#schema = new Schema(
      columns.map((i) => schema.fields[i]!),
      schema.metadata,
    );
    this.columns = columns.map((index) => {
      const { name, type } = schema.fields[index]!;
      return { name, index, builder: builderOf(type, name) };
    });
    this.#unit = unit;
  }

  /** Counts a row whose cells the builders have taken; true when the batch is full. */
  endRow(characters: number): boolean {
    this.#rows++;
    this.#characters += characters;
    return this.#rows === ROWS || this.#characters > CHARACTERS;
  }

  get isEmpty(): boolean {
    return this.#rows === 0;
  }

  /** The rows since the last call. */
  take(): RecordBatch {
    const rows = this.#rows;
    this.#rows = 0;
    this.#characters = 0;
    return batchOf(
      this.#schema,
      rows,
      this.columns.map(({ builder }) => builder.finish()),
    );
  }

  /** The error of a cell that is no value of its column's type. */
  mismatch(column: RowColumn, line: number, text: string, isGuessed: boolean): InputError {
    const at = this.columns.indexOf(column);
    const type = typeName(this.#schema.fields[at]!.type);
    const shown = text.length > SHOWN ? `${text.slice(0, SHOWN)}...` : text;
    const hint = isGuessed ? " as the first rows have it; give a schema, or a larger sampleRows" : "";
    return new InputError(
      "input/corrupt",
      `${JSON.stringify(this.#unit)}: line ${line}, column ${JSON.stringify(column.name)}: ${JSON.stringify(shown)} is not ${type}${hint}`,
      { unit: this.#unit, parameter: column.name, value: shown },
    );
  }
}
