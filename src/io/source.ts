import type { RecordBatch, Schema } from "apache-arrow";
import type { FileVersion } from "./inputFile.js";

/** What is known of a row group before it is decoded, from a Parquet footer. */
export interface RowGroupSummary {
  readonly rows: number;
  /** What each column takes in the file, by column index of the source's schema. */
  readonly bytes: readonly number[];
  /** By column index of the source's schema; a column the footer says nothing about is absent. */
  readonly columns: ReadonlyMap<number, FooterColumn>;
}

/** A footer's word on one column of one row group. Bounds are in the column's storage unit. */
export interface FooterColumn {
  readonly nulls: number | undefined;
  readonly min: number | bigint | string | undefined;
  readonly max: number | bigint | string | undefined;
  /** False when the writer may have truncated or widened the bounds. */
  readonly exact: boolean;
}

/** Where the data came from, as it stands in the run record. */
export interface SourceDescription {
  readonly kind: "memory" | "stream" | "arrow" | "parquet" | "csv" | "jsonl" | "duckdb";
  readonly path?: string;
  readonly bytes?: number;
  /** ISO 8601. */
  readonly modified?: string;
  /** SHA-256 of the footer (Parquet, Arrow file), hex. */
  readonly footerHash?: string;
  /** SHA-256 of the whole file, hex, only when it was asked for. */
  readonly sha256?: string;
  /** Facts a reader should know, such as inferred types. */
  readonly notes?: readonly string[];
}

/** How a CSV is read, for whoever reads it in our place. */
export interface CsvReading {
  /** One ASCII character. */
  readonly delimiter: string;
  /** Unquoted cells that are null. */
  readonly nullValues: readonly string[];
  readonly hasHeader: boolean;
}

/** What to read: column indexes into `schema.fields`, in ascending order; all when absent. */
export interface ReadOptions {
  readonly columns?: readonly number[];
  /** Indexes into `rowGroups`, ascending; all when absent. */
  readonly rowGroups?: readonly number[];
}

/** A table that can be read batch by batch, whatever it is made of. */
export interface Source {
  readonly schema: Schema;
  /** Row count, when it is known without reading. */
  readonly rows: number | undefined;
  /** True when `batches` may be called again and gives the same rows. */
  readonly rereadable: boolean;
  readonly description: SourceDescription;
  readonly rowGroups?: readonly RowGroupSummary[];
  /** The Parquet file that the row groups are of, for another thread to open. */
  readonly file?: FileVersion;
  /** Of a CSV whose columns stand in the schema's order. */
  readonly csv?: CsvReading;
  /** Yields batches whose columns are the ones asked for, in schema order. Throws InputError. */
  batches(options?: ReadOptions): AsyncIterable<RecordBatch>;
  /** Frees what the source holds. Safe to call twice. */
  close(): Promise<void>;
}

/** The key of what opens a source; registered, so that both forms of the package have the same. */
export const OPENS_SOURCE: unique symbol = Symbol.for("veritable.opensSource") as never;

/** Something that a source is made of when it is needed. */
export interface SourceOpener {
  readonly [OPENS_SOURCE]: () => Promise<Source>;
}

/** Whether a value opens a source. */
export function isSourceOpener(value: unknown): value is SourceOpener {
  return typeof value === "object" && value !== null && OPENS_SOURCE in value;
}
