import { type RecordBatch, type Schema, Table } from "apache-arrow";
import { ConfigError } from "../errors/index.js";
import type { Source } from "../io/source.js";
import type { Router } from "./router.js";
import { emptyBatch } from "./sinks.js";

/** One side of a run's rows, read when it is asked for. */
export interface Split {
  readonly rows: number;
  /** The file the rows were published to, when a sink was given. */
  readonly file?: string;
  table(): Promise<Table>;
  batches(): AsyncIterable<RecordBatch>;
}

/** What a split is made of. */
export interface SplitParts {
  readonly side: "accepted" | "quarantined";
  readonly rows: number;
  readonly file: string | undefined;
  readonly source: Source;
  readonly router: Router;
  /** The table the run was given, when it was one. */
  readonly original: Table | undefined;
  /** Why the rows can't be told, when evaluation didn't finish. */
  readonly unfinished: string | undefined;
}

async function* fromFile(file: string): AsyncGenerator<RecordBatch> {
  const { openPath } = await import("../io/open.js");
  const source = await openPath(file);
  try {
    yield* source.batches();
  } finally {
    await source.close();
  }
}

async function* routed({ source, router, side }: SplitParts): AsyncGenerator<RecordBatch> {
  let firstRow = 0;
  for await (const batch of source.batches()) {
    const rows = router.route(batch, firstRow, side)[side];
    firstRow += batch.numRows;
    if (rows) yield rows;
  }
}

function read(parts: SplitParts): AsyncIterable<RecordBatch> {
  if (parts.unfinished !== undefined) {
    throw new ConfigError("config/needs-second-read", `no ${parts.side} rows: ${parts.unfinished}`);
  }
  if (parts.source.rereadable) return routed(parts);
  if (parts.file !== undefined) return fromFile(parts.file);
  throw new ConfigError(
    "config/needs-second-read",
    `the source can't be read again, so its ${parts.side} rows are gone; give a sink, or keep: "memory"`,
  );
}

/** Makes one side of a split. */
export function makeSplit(parts: SplitParts): Split {
  const schemaOf = (): Schema =>
    parts.side === "accepted"
      ? parts.source.schema
      : parts.router.emptyQuarantine(emptyBatch(parts.source.schema)).schema;
  return {
    rows: parts.rows,
    ...(parts.file === undefined ? {} : { file: parts.file }),
    async *batches() {
      yield* read(parts);
    },
    async table() {
      const { original } = parts;
      // Nothing was taken from the table, so it is its own accepted side.
      if (original && parts.side === "accepted" && parts.rows === original.numRows && !parts.unfinished)
        return original;
      const batches: RecordBatch[] = [];
      for await (const batch of read(parts)) batches.push(batch);
      return new Table(batches[0]?.schema ?? schemaOf(), batches);
    },
  };
}
