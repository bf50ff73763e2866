import { Field, Float64, Schema, Table, Utf8, type Vector, vectorFromArray } from "apache-arrow";
import { type ColumnAddress, resolveColumn } from "../columns/address.js";
import { batchOf } from "../columns/batchOf.js";
import { BatchViews, blocksOf } from "../columns/block.js";
import { type CompareSettings, compareColumns, comparedColumns } from "../drift/compareColumns.js";
import type { DriftReport } from "../drift/comparison.js";
import { currentColumn } from "../drift/currentColumn.js";
import { makeProfile } from "../drift/makeProfile.js";
import type { Profile } from "../drift/profile.js";
import { profileFromJson } from "../drift/profileCodec.js";
import { ConfigError } from "../errors/index.js";
import type { Source } from "../io/source.js";
import { ProfileState } from "../metrics/profile.js";
import { openSource, type SourceInput } from "./openSource.js";
import { columnNames } from "./profile.js";
import { dayOfRow, type WindowOf, windowOfRows } from "./windows.js";

/** How a table is cut into windows, and what they are compared with. */
export interface DriftOverTimeOptions extends CompareSettings {
  /** Calendar days (UTC) of `timeColumn`, or so many rows each. */
  readonly by: "day" | { readonly rows: number };
  /** A date or timestamp; rows without one are left out. */
  readonly timeColumn?: string;
  /** What every window is compared with; the first window by default. */
  readonly baseline?: Profile;
  /** The key of a baseline with hashed levels. */
  readonly key?: string | Uint8Array;
  /** Read sources over http and https too. */
  readonly allowUrls?: boolean;
}

interface Gathered {
  readonly label: string;
  rows: number;
  readonly states: readonly ProfileState[];
}

const MOST_WINDOWS = 10_000;

function refuse(parameter: string, value: unknown, must: string): ConfigError {
  return new ConfigError("config/bad-value", `driftOverTime: ${parameter} ${must}`, {
    unit: "driftOverTime",
    parameter,
    value,
  });
}

function windowsOf(source: Source, { by, timeColumn }: DriftOverTimeOptions): WindowOf {
  if (by === "day") {
    if (timeColumn === undefined) throw refuse("timeColumn", timeColumn, 'is needed with by: "day"');
    const address = resolveColumn(source.schema, [timeColumn]);
    if ("problem" in address) throw refuse("timeColumn", timeColumn, `names ${address.problem}`);
    return dayOfRow(address);
  }
  const rows = typeof by === "object" ? by?.rows : undefined;
  if (!Number.isInteger(rows) || rows! < 1)
    throw refuse("by", by, 'is "day" or { rows: a whole number from 1 }');
  if (timeColumn !== undefined) throw refuse("timeColumn", timeColumn, 'says nothing unless by is "day"');
  return windowOfRows(rows!);
}

async function gather(
  source: Source,
  windowOf: WindowOf,
  addresses: readonly ColumnAddress[],
): Promise<Gathered[]> {
  const read = [...new Set([...addresses, ...windowOf.columns].map(({ index }) => index))].sort(
    (a, b) => a - b,
  );
  const positions = new Map(read.map((index, position) => [index, position]));
  const windows = new Map<number, Gathered>();
  const selected = new Uint8Array(8192);
  let firstRow = 0;
  for await (const batch of source.batches({ columns: read })) {
    const views = new BatchViews(batch, positions);
    for (const block of blocksOf(views, firstRow)) {
      const keys = windowOf.keys(block);
      for (const key of new Set(keys)) {
        if (Number.isNaN(key)) continue;
        const window = windows.get(key) ?? {
          label: windowOf.label(key),
          rows: 0,
          states: addresses.map((address) => new ProfileState(address)),
        };
        windows.set(key, window);
        if (windows.size > MOST_WINDOWS)
          throw refuse("by", MOST_WINDOWS, `makes more than ${MOST_WINDOWS} windows`);
        for (let i = 0; i < block.count; i++) {
          selected[i] = keys[i] === key ? 1 : 0;
          window.rows += selected[i]!;
        }
        for (const state of window.states) state.observe(block, selected);
      }
    }
    firstRow += batch.numRows;
  }
  return [...windows].sort(([a], [b]) => a - b).map(([, window]) => window);
}

type Row = readonly (string | number | null)[];

const COLUMNS = [
  ["window", new Utf8()],
  ["rows", new Float64()],
  ["column", new Utf8()],
  ["finding", new Utf8()],
  ["statistic", new Utf8()],
  ["effect", new Float64()],
  ["threshold", new Float64()],
  ["upper", new Float64()],
  ["adjusted", new Float64()],
  ["verdict", new Utf8()],
] as const;

function rowsOf({ label, rows }: Gathered, report: DriftReport): Row[] {
  return report.columns.map(({ column, decidedBy, verdict, findings }) => {
    const found = findings.find(({ kind, verdict: of }) => kind === decidedBy && of === verdict);
    const { statistic = null, effect = null, threshold = null, upper = null, adjusted = null } = found ?? {};
    return [label, rows, column, decidedBy, statistic, effect, threshold, upper, adjusted, verdict];
  });
}

function tableOf(rows: readonly Row[]): Table {
  const schema = new Schema(COLUMNS.map(([name, type]) => new Field(name, type, true)));
  const vectors = COLUMNS.map(([, type], i) =>
    vectorFromArray(
      rows.map((row) => row[i]!),
      type,
    ),
  ) as Vector[];
  const children = vectors.map((vector) => vector.data[0]!);
  return new Table(schema, rows.length === 0 ? [] : [batchOf(schema, rows.length, children)]);
}

/**
 * Compares the windows of a table, one after the other in time, with a baseline or with the first of them: a tidy table
 * with a row for each window and column, of what decided there and the verdict. P-values are adjusted over the columns of
 * a window. One pass. Throws ConfigError and InputError as `compare` does.
 */
export async function driftOverTime(input: SourceInput, options: DriftOverTimeOptions): Promise<Table> {
  const { by: _, timeColumn, baseline: given, key, allowUrls, ...settings } = options;
  const source = await openSource(input, allowUrls ? { allowUrls } : {});
  try {
    const windowOf = windowsOf(source, options);
    const before = given && profileFromJson(given);
    const names = columnNames(source.schema).filter((name) => name !== timeColumn);
    const wanted = before ? comparedColumns(before, settings) : (settings.columns ?? names);
    const addresses = names
      .filter((name) => wanted.includes(name))
      .map((name) => resolveColumn(source.schema, [name]))
      .filter((found): found is ColumnAddress => !("problem" in found));
    const windows = await gather(source, windowOf, addresses);
    const [first, ...later] = windows;
    if (!first) return tableOf([]);
    const baseline = before ?? makeProfile(first.rows, first.states, "full");
    const rows = (before ? windows : later).flatMap((window) => {
      const columns = window.states.map((state) => currentColumn(state, baseline, key));
      return rowsOf(window, compareColumns({ rows: window.rows, names, columns }, baseline, settings));
    });
    return tableOf(rows);
  } finally {
    await source.close();
  }
}
