import type { RecordBatch, Schema, Table } from "apache-arrow";
import { adoptBatch, adoptSchema } from "../columns/adopt.js";
import { describeValue, isRecordBatch, isTable } from "../columns/arrowShape.js";
import { checkBatch } from "../columns/integrity.js";
import { ConfigError, InputError, VeritableError } from "../errors/index.js";
import { checkSameColumns, checkSchema } from "./schemaRules.js";
import type { ReadOptions, Source } from "./source.js";

/** The batch with the columns asked for; itself when that is all of them. Column indexes, ascending. */
export function pruneColumns(batch: RecordBatch, columns: readonly number[] | undefined): RecordBatch {
  return columns === undefined || columns.length === batch.schema.fields.length
    ? batch
    : batch.selectAt([...columns]);
}

/** How data in memory is taken. */
export interface MemoryOptions {
  /** Checks that every batch is what it claims (`checkBatch`) before it is given on. False when absent. */
  readonly check?: boolean;
}

/** Makes a source of batches that are all in memory; their columns are `schema`'s. */
function sourceOf(schema: Schema, batches: readonly RecordBatch[], check = false): Source {
  return {
    schema,
    rows: batches.reduce((rows, batch) => rows + batch.numRows, 0),
    rereadable: true,
    description: { kind: "memory" },
    async *batches(options: ReadOptions = {}) {
      for (const batch of batches) {
        const pruned = pruneColumns(batch, options.columns);
        if (check) checkBatch(pruned);
        yield pruned;
      }
    },
    async close() {},
  };
}

function notArrow(value: unknown, wanted: string): InputError {
  return new InputError("input/unreadable", `expected ${wanted}, got ${describeValue(value)}`, {
    unit: "source",
  });
}

/** A source over an Arrow table, which may have no batches. Throws InputError when it is not one, or not addressable. */
export function fromTable(table: Table, options: MemoryOptions = {}): Source {
  if (!isTable(table)) throw notArrow(table, "an Arrow table");
  checkSchema(table.schema, "the table");
  const schema = adoptSchema(table.schema);
  const batches = table.batches.map((batch, i) => {
    checkSameColumns(schema, batch, `batch ${i + 1} of the table`);
    return adoptBatch(batch, schema);
  });
  return sourceOf(schema, batches, options.check);
}

/** A source over one Arrow record batch. Throws InputError when it is not one, or not addressable. */
export function fromBatch(batch: RecordBatch, options: MemoryOptions = {}): Source {
  if (!isRecordBatch(batch)) throw notArrow(batch, "an Arrow record batch");
  checkSchema(batch.schema, "the record batch");
  const schema = adoptSchema(batch.schema);
  return sourceOf(schema, [adoptBatch(batch, schema)], options.check);
}

/** How an iterable is read. */
export interface IterableOptions extends MemoryOptions {
  /** Keeps every batch read, so that the source can be read again. */
  readonly keep?: "memory";
  /** The columns the batches must have; the first batch's when absent. */
  readonly schema?: Schema;
}

function iteratorOf(batches: unknown): Iterator<unknown> | AsyncIterator<unknown> {
  if (typeof batches === "object" && batches !== null) {
    if (Symbol.asyncIterator in batches) return (batches as AsyncIterable<unknown>)[Symbol.asyncIterator]();
    if (Symbol.iterator in batches) return (batches as Iterable<unknown>)[Symbol.iterator]();
  }
  throw notArrow(batches, "an iterable of Arrow record batches");
}

type Pull = () => Promise<RecordBatch | undefined>;

/** Pulls checked batches, one at a time, in order, whoever asks. */
function puller(
  iterator: Iterator<unknown> | AsyncIterator<unknown>,
  settle: (first: Schema) => Schema,
): Pull {
  let taken = 0;
  let last: Promise<RecordBatch | undefined> = Promise.resolve(undefined);
  const next: Pull = async () => {
    let step: IteratorResult<unknown>;
    try {
      step = await iterator.next();
    } catch (cause) {
      if (cause instanceof VeritableError) throw cause;
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new InputError("input/unreadable", `the iterable threw after ${taken} batches: ${reason}`, {
        unit: "source",
        cause,
      });
    }
    if (step.done) return undefined;
    taken++;
    if (!isRecordBatch(step.value)) throw notArrow(step.value, `an Arrow record batch as item ${taken}`);
    const schema = settle(step.value.schema);
    checkSameColumns(schema, step.value, `batch ${taken}`);
    return adoptBatch(step.value, schema);
  };
  return () => {
    last = last.then(next);
    return last;
  };
}

/**
 * A source over record batches that arrive one by one. Its schema is `options.schema`, else the first batch's, so one
 * batch is pulled at once. Read once only, unless kept. Throws InputError when nothing comes and no schema is given,
 * when an item is not a batch, and when a batch has other columns.
 */
export async function fromIterable(
  batches: Iterable<RecordBatch> | AsyncIterable<RecordBatch>,
  options: IterableOptions = {},
): Promise<Source> {
  const iterator = iteratorOf(batches);
  let settled: Schema | undefined = options.schema && adoptSchema(options.schema);
  if (settled) checkSchema(settled, "the given schema");
  const pull = puller(iterator, (first) => {
    if (!settled) checkSchema(first, "the first batch");
    settled ??= adoptSchema(first);
    return settled;
  });

  const first = settled
    ? undefined
    : await pull().catch(async (error: unknown) => {
        await iterator.return?.();
        throw error;
      });
  const schema = settled;
  if (!schema) {
    throw new InputError("input/unreadable", "the iterable yielded no batch, so its columns are not known", {
      unit: "source",
    });
  }
  const kept: RecordBatch[] = first ? [first] : [];
  const keep = options.keep === "memory";
  let begun = false;
  let ended = false;
  let closed = false;

  async function close(): Promise<void> {
    closed = true;
    kept.length = 0;
    if (!ended) await iterator.return?.();
    ended = true;
  }
  async function nth(i: number): Promise<RecordBatch | undefined> {
    while (kept.length <= i && !ended) {
      const batch = await pull();
      if (batch) kept.push(batch);
      else ended = true;
    }
    return kept[i];
  }
  async function* once(): AsyncGenerator<RecordBatch> {
    try {
      const head = kept.shift();
      if (head) yield head;
      for (let batch = await pull(); batch; batch = await pull()) yield batch;
      ended = true;
    } finally {
      await close();
    }
  }
  async function* again(): AsyncGenerator<RecordBatch> {
    for (let i = 0, batch = await nth(0); batch; batch = await nth(++i)) yield batch;
  }
  return {
    schema,
    get rows() {
      return keep && ended ? kept.reduce((rows, batch) => rows + batch.numRows, 0) : undefined;
    },
    rereadable: keep,
    description: { kind: "stream" },
    async *batches(read: ReadOptions = {}) {
      if (closed && keep)
        throw new InputError("input/unreadable", "the source is closed", { unit: "source" });
      if (begun && !keep) {
        throw new ConfigError(
          "config/needs-second-read",
          'this source can be read once only; give keep: "memory" to read it again',
          { unit: "source", parameter: "keep" },
        );
      }
      begun = true;
      for await (const batch of keep ? again() : once()) {
        const pruned = pruneColumns(batch, read.columns);
        if (options.check) checkBatch(pruned);
        yield pruned;
      }
    },
    close,
  };
}
