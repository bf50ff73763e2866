import type { ColumnRef } from "../columns/columnUse.js";
import { parseMoment } from "../columns/moment.js";
import type { Profile } from "../drift/profile.js";
import type { Engine } from "../engines/engine.js";
import type { Format } from "../io/format.js";
import type { RowFunction } from "../predicates/leaves/call.js";
import type { BaselineStore } from "./baselineStore.js";
import type { SourceInput } from "./openSource.js";
import type { RunDrift } from "./runDrift.js";

/** What happens to what describes a column's data: replaced by a keyed hash, by `***`, or left out. */
export type Redaction = "hash" | "mask" | "drop";

/** A file that rows are written to, by extension: `.parquet`, `.arrow`, `.csv`, `.jsonl`. */
export interface SinkOptions {
  readonly file: string;
  /** Give the file its name whatever the status; accepted rows are else published on pass and warn only. */
  readonly publish?: "always";
  /** Redact the rows too; quarantined rows only. */
  readonly redact?: true;
}

/** How far a run has come. */
export interface Progress {
  /** Rows judged. */
  readonly rows: number;
  /** Rows of the source, where that is known. */
  readonly total: number | undefined;
}

/**
 * What finds out about the rows: our own engine; DuckDB, as far as it decides exactly the same; or, of the two, the one that is
 * foreseen to be faster. `duckdb(options)` of `veritable/duckdb` is DuckDB with options of its own.
 */
export type EngineOption = "arrow" | "duckdb" | "auto" | Engine;

/** What a run is given besides the data and the suite. */
export interface ValidateOptions {
  /** Failing rows kept for each expectation; default 20. */
  readonly sample?: number;
  /** Columns whose values stand beside each sampled row. */
  readonly keys?: readonly ColumnRef[];
  /** Columns whose data must not appear in results. */
  readonly redact?: Readonly<Record<string, Redaction>>;
  /** The key of `hash` redaction; one is made for the run when absent. */
  readonly redactKey?: string | Uint8Array;
  /** Functions that `satisfies` names. */
  readonly functions?: Readonly<Record<string, RowFunction>>;
  /** The baselines that expectations name: a store of them, or profiles by name. */
  readonly baselines?: BaselineStore | Readonly<Record<string, Profile>>;
  /** The other tables that expectations name, each any source. */
  readonly tables?: Readonly<Record<string, SourceInput>>;
  /** The numbers that expectations name: a model's size, a latency. */
  readonly scalars?: Readonly<Record<string, number>>;
  /** The values of the suite's parameters, by name. */
  readonly params?: Readonly<Record<string, unknown>>;
  /** The clock that ages are measured by; ISO 8601 text without a zone is UTC. Default: the run's start. */
  readonly now?: Date | string;
  /** The key of baselines with hashed levels. */
  readonly baselineKey?: string | Uint8Array;
  /** Called for every comparison with a baseline that came to `drift`. */
  readonly onDrift?: (drift: RunDrift) => void;
  /** Where accepted and quarantined rows are written as they are judged. */
  readonly sinks?: {
    readonly accepted?: string | SinkOptions;
    readonly quarantined?: string | SinkOptions;
  };
  /** Keep the batches of a source that can't be read again, so that its rows can be split afterwards. */
  readonly keep?: "memory";
  /**
   * Memory that the run is to keep to, nearly, in bytes or as `"512MB"`: what keys, distinct values and quantiles take
   * beyond their part of it is spilled to a file. Without it, all is held in memory.
   */
  readonly memoryLimit?: number | string;
  /** Where a file to spill to is made; default the system's folder for temporary files. */
  readonly spillFolder?: string;
  /** Names of the columns added to quarantined rows; default `_row` and `_rules`. */
  readonly quarantineColumns?: { readonly row?: string; readonly rules?: string };
  /** Read sources over http and https too. */
  readonly allowUrls?: boolean;
  /** What the source's file is, where its extension doesn't say so. */
  readonly format?: Format;
  /** What parts the cells of a CSV, one ASCII character; a tab for `.tsv` and `.tab`, else a comma. */
  readonly delimiter?: string;
  /** Unquoted cells of a CSV that are read as null; `[""]` by default. */
  readonly nullValues?: readonly string[];
  /** Put the SHA-256 of the whole file into the run record. */
  readonly sha256?: boolean;
  /** At most so many threads judge rows and read Parquet, the one that calls among them; default 1: it alone. */
  readonly threads?: number;
  /** What finds out about the rows; `"arrow"` unless said. */
  readonly engine?: EngineOption;
  readonly onProgress?: (progress: Progress) => void;
}

/** Failing rows kept for each expectation unless the caller says otherwise. */
export const DEFAULT_SAMPLE = 20;

/** What the columns added to quarantined rows are called. */
export function quarantineColumnsOf(options: ValidateOptions): {
  readonly row: string;
  readonly rules: string;
} {
  const { row = "_row", rules = "_rules" } = options.quarantineColumns ?? {};
  return { row, rules };
}

/** The run's clock in nanoseconds since 1970-01-01 UTC: what was given, else the run's start. */
export function clockOf({ now }: ValidateOptions, startedAt: Date): bigint {
  const given = typeof now === "string" ? parseMoment(now) : undefined;
  return given ?? BigInt((now instanceof Date ? now : startedAt).getTime()) * 1_000_000n;
}
