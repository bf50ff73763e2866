import { columnLabel } from "../columns/address.js";
import type { ColumnRef } from "../columns/columnUse.js";
import type { InputError } from "../errors/index.js";
import type { SampledRow } from "../plan/evidence.js";
import type { Json } from "../results/json.js";
import type { OutcomeRow } from "../results/outcome.js";
import { keyedHash } from "./hash.js";
import type { Redaction, ValidateOptions } from "./options.js";

const MASK = "***";

function strictest(found: readonly (Redaction | undefined)[]): Redaction | undefined {
  return (["drop", "mask", "hash"] as const).find((redaction) => found.includes(redaction));
}

/** Takes out of results what describes the data of redacted columns. */
export class Redactor {
  readonly #columns: ReadonlyMap<string, Redaction>;
  readonly #hash: (text: string) => string;

  constructor(options: ValidateOptions) {
    this.#columns = new Map(Object.entries(options.redact ?? {}));
    this.#hash = keyedHash(options.redactKey);
  }

  get columns(): ReadonlyMap<string, Redaction> {
    return this.#columns;
  }

  /** The strictest redaction that a column, or a struct it lies in, is under. */
  of(ref: ColumnRef): Redaction | undefined {
    if (this.#columns.size === 0) return undefined;
    const steps = columnLabel(ref).split(".");
    const found = steps.map((_, depth) => this.#columns.get(steps.slice(0, depth + 1).join(".")));
    return strictest(found);
  }

  #strictest(refs: readonly ColumnRef[]): Redaction | undefined {
    return strictest(refs.map((ref) => this.of(ref)));
  }

  /** What went wrong with the source, without the cell that the reader quotes. */
  fault(error: InputError): string {
    const { value, parameter } = error.details;
    const isPlain = parameter !== undefined && this.of([parameter]) === undefined;
    if (this.#columns.size === 0 || isPlain || typeof value !== "string") return error.message;
    return error.message.replaceAll(JSON.stringify(value), MASK);
  }

  /** A value under a redaction; undefined when nothing of it may be shown. Null stays null: it tells no value. */
  apply(redaction: Redaction | undefined, value: Json): Json | undefined {
    if (redaction === undefined || value === null) return value;
    if (redaction === "drop") return undefined;
    return redaction === "mask"
      ? MASK
      : this.#hash(typeof value === "string" ? value : JSON.stringify(value));
  }

  /** What was seen of some columns: once one of them is redacted, so is all of it. */
  observed(columns: readonly ColumnRef[], value: Json): Json | undefined {
    return this.apply(this.#strictest(columns), value);
  }

  /** Free text that may quote values of some columns. */
  text(columns: readonly ColumnRef[], text: string): string {
    return this.#strictest(columns) === undefined ? text : MASK;
  }

  #cells(cells: ReadonlyMap<string, Json>): Record<string, Json> {
    const shown: [string, Json][] = [];
    for (const [label, value] of cells) {
      const kept = this.apply(this.of(label), value);
      if (kept !== undefined) shown.push([label, kept]);
    }
    return Object.fromEntries(shown);
  }

  row(sampled: SampledRow, columns: readonly ColumnRef[]): OutcomeRow {
    return {
      row: sampled.row,
      values: this.#cells(sampled.values),
      ...(sampled.keys.size > 0 ? { keys: this.#cells(sampled.keys) } : {}),
      ...(sampled.reason === undefined ? {} : { reason: this.text(columns, sampled.reason) }),
    };
  }
}
