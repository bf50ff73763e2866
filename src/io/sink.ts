import type { RecordBatch } from "apache-arrow";

/** A place rows are written to. Nothing is visible under the final name before `commit`. */
export interface Sink {
  /** Rows written so far. */
  readonly rows: number;
  write(batch: RecordBatch): Promise<void>;
  /** Finishes the file and gives it its name; resolves to the final path. */
  commit(): Promise<string>;
  /** Removes what was written. Safe after a failed write, and to call twice. */
  abort(): Promise<void>;
}
