import type { RecordBatch } from "apache-arrow";
import type { ColumnRef } from "../../columns/columnUse.js";
import type { RowSet } from "../../columns/rowSet.js";
import type { ReadParts } from "../../plan/evidence.js";
import type { MetricRequest } from "../../plan/request.js";
import type { Runtime } from "./ruleRunner.js";

/** How a run is made, besides its plan. */
export interface RunOptions extends Runtime {
  /** Failing rows kept for each rule, at most. */
  readonly sample: number;
  readonly keys: readonly ColumnRef[];
  /** The first row that may be sampled; default 0. */
  readonly sampleFrom?: number;
  /** Read all columns, because the rows are going to be written. */
  readonly allColumns: boolean;
  /** Threads that judge rows, this one among them; 1, this one, when absent. */
  readonly threads?: number;
  /** Called after each batch was judged, in order; `failing` says which rows each rule failed so far. */
  readonly afterBatch?: (
    batch: RecordBatch,
    firstRow: number,
    failing: ReadonlyMap<string, RowSet>,
  ) => Promise<void>;
  readonly onProgress?: (rows: number) => void;
}

/** What can be told of a run before a row is read. */
export interface Foreseen {
  /** Columns that some rows are read of, ascending. */
  readonly columns: readonly number[];
  readonly read?: ReadParts;
  /** True when some rows are read for the rule of an expectation, by its id. */
  isOpen(id: string): boolean;
  /** True when some rows are read for a state. */
  isGathered(request: MetricRequest): boolean;
}
