import { Field, Int64, List, type RecordBatch, type Schema, Utf8 } from "apache-arrow";
import { gatherBatch } from "../columns/gather.js";
import type { RowSet } from "../columns/rowSet.js";
import { keptRuns, type Runs } from "../columns/runs.js";
import { int64Data, utf8ListData, withColumns } from "../columns/withColumns.js";
import { ConfigError } from "../errors/index.js";
import { RuleSets } from "./ruleSets.js";

/** What the columns added to quarantined rows are called. */
export interface QuarantineColumns {
  readonly row: string;
  readonly rules: string;
}

/** A source that already has a column of ours can't be quarantined without renaming one of them. Throws ConfigError. */
export function checkQuarantineColumns(schema: Schema, columns: QuarantineColumns): void {
  for (const [option, name] of Object.entries(columns)) {
    if (!schema.fields.some((field) => field.name === name)) continue;
    throw new ConfigError(
      "config/reserved-name",
      `the source has a column ${JSON.stringify(name)}, which quarantined rows get too; name ours otherwise with quarantineColumns.${option}`,
      { parameter: `quarantineColumns.${option}`, value: name },
    );
  }
}

/** One batch, split. Either side is undefined when no row goes there. */
export interface Routed {
  readonly accepted: RecordBatch | undefined;
  readonly quarantined: RecordBatch | undefined;
}

/** Sends rows to either side of the split: a row that broke a quarantine rule goes with the ids of those it broke. */
export class Router {
  readonly #marks: ReadonlyMap<string, RowSet>;
  readonly #columns: QuarantineColumns;

  /** `marks` holds the failing rows of each quarantine rule, in the suite's order. */
  constructor(marks: ReadonlyMap<string, RowSet>, columns: QuarantineColumns) {
    this.#marks = marks;
    this.#columns = columns;
  }

  /** Splits a batch whose first row is row `firstRow` of the source; `only` leaves the other side undefined. */
  route(batch: RecordBatch, firstRow: number, only?: keyof Routed): Routed {
    const { numRows } = batch;
    if (numRows === 0) return { accepted: undefined, quarantined: undefined };
    const bits = new Int32Array((numRows + 31) >> 5);
    const broken = [...this.#marks].filter(([, rows]) => rows.mergeInto(firstRow, numRows, bits));
    if (broken.length === 0) return { accepted: batch, quarantined: undefined };
    const kept = only === "quarantined" ? undefined : gatherBatch(batch, keptRuns(bits, numRows, 0));
    const moving = only === "accepted" ? undefined : keptRuns(bits, numRows, 1);
    return {
      accepted: kept && kept.numRows > 0 ? kept : undefined,
      quarantined:
        moving && withColumns(gatherBatch(batch, moving), this.#added(moving, numRows, firstRow, broken)),
    };
  }

  /** An empty batch of quarantined rows, for its schema. */
  emptyQuarantine(batch: RecordBatch): RecordBatch {
    const none = new Int32Array(0);
    return withColumns(gatherBatch(batch, none), this.#added(none, 0, 0, []));
  }

  #added(moving: Runs, numRows: number, firstRow: number, broken: readonly (readonly [string, RowSet])[]) {
    const sets = new RuleSets(broken);
    const rules = sets.number(firstRow, numRows);
    const rows = new Float64Array(rules.length);
    let at = 0;
    for (let r = 0; r < moving.length; r += 2) {
      for (let i = moving[r]!; i < moving[r + 1]!; i++) rows[at++] = firstRow + i;
    }
    const item = new Field("item", new Utf8(), false);
    return [
      { field: new Field(this.#columns.row, new Int64(), false), data: int64Data(rows) },
      { field: new Field(this.#columns.rules, new List(item), false), data: utf8ListData(sets.ids, rules) },
    ];
  }
}
