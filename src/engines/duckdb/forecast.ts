import type { Source } from "../../io/source.js";
import type { Plan } from "../../plan/plan.js";
import { hasPattern, type Predicate } from "../../predicates/predicate.js";
import { foresee, type RunOptions } from "../arrow/run.js";
import { isDuckdbLoaded } from "./database.js";

/** What a pass costs, in milliseconds of one core: medians of bench/engines.ts over Parquet of a million rows, between those of snappy and of zstd. */
interface Costs {
  /** Opening and closing, whatever is asked. */
  readonly fixed: number;
  /** A million values of a column, decoded and judged. */
  readonly values: number;
  /** A million texts held against a pattern. */
  readonly patterns: number;
  /** A million keys told apart. */
  readonly keys: number;
}

const OURS: Costs = { fixed: 10, values: 90, patterns: 90, keys: 200 };
const DUCKDB: Costs = { fixed: 45, values: 40, patterns: 190, keys: 300 };

/** What it takes to load DuckDB into a process. */
const LOADING = 300;

function isPattern(predicate: Predicate | undefined): boolean {
  return predicate !== undefined && hasPattern(predicate);
}

function costOf({ fixed, values, patterns, keys }: Costs, plan: Plan, rows: number, share = 1): number {
  const tested = plan.rules.filter(({ rule }) => "test" in rule && isPattern(rule.test)).length;
  const told =
    plan.rules.filter(({ rule }) => rule.kind === "keyed").length +
    plan.metrics.filter(({ state }) => state === "distinct").length;
  const perRow = plan.columns.length * values + tested * patterns + told * keys;
  return fixed + (perRow * rows * share) / 1e6;
}

/** About what a plan takes of one core, in milliseconds. */
export interface Forecast {
  readonly ours: number;
  readonly duckdb: number;
}

/** The time that our own engine takes for a plan: of a Parquet file, row groups that the footer settles are not read. */
function ourCost(plan: Plan, source: Source, rows: number, options: RunOptions): number {
  if (plan.metrics.length + plan.rules.length === 0) return 0;
  const { read } = foresee(plan, source, options);
  return costOf(OURS, plan, rows, read ? read.rowGroups / read.rowGroupsTotal : 1);
}

/** What a megabyte of CSV takes once it is opened, by bench/engines.ts: ours parses it cell by cell, whatever is asked. */
const CSV_MEGABYTE = { ours: 70, duckdb: 15 };

/** Foretells what a CSV of some bytes takes on our own engine, and on DuckDB where ours has to parse it too or hasn't. */
export function forecastCsv(bytes: number, isParsedTwice: boolean): Forecast {
  const megabytes = bytes / 1e6;
  const ours = OURS.fixed + CSV_MEGABYTE.ours * megabytes;
  const duckdb = loadingCost() + DUCKDB.fixed + CSV_MEGABYTE.duckdb * megabytes;
  return { ours, duckdb: isParsedTwice ? duckdb + ours : duckdb };
}

const loadingCost = (): number => (isDuckdbLoaded() ? 0 : LOADING);

/** Foretells what a plan takes on our own engine, and on DuckDB where some of it is left to ours. */
export function forecast(
  source: Source,
  rows: number,
  { all, pushed, kept }: { readonly all: Plan; readonly pushed: Plan; readonly kept: Plan },
  options: RunOptions,
): Forecast {
  return {
    ours: ourCost(all, source, rows, options),
    duckdb: loadingCost() + costOf(DUCKDB, pushed, rows) + ourCost(kept, source, rows, options),
  };
}
