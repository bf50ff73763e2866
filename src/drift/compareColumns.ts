import { ConfigError, didYouMean } from "../errors/index.js";
import { assessColumn } from "./assessColumn.js";
import type { ColumnComparison, DriftReport, Verdict } from "./comparison.js";
import { decide, gravest } from "./decide.js";
import type { Assessed } from "./draft.js";
import type { ColumnProfile, Profile } from "./profile.js";
import { type ColumnSettings, checkColumnSettings, type DriftSettings, settle } from "./settings.js";

/** What a comparison of tables is told. */
export interface CompareSettings extends DriftSettings {
  /** The columns to compare; all of the baseline's by default. */
  readonly columns?: readonly string[];
  /** Columns of the baseline to leave out. */
  readonly exclude?: readonly string[];
  /** Settings of single columns, by name. */
  readonly perColumn?: Readonly<Record<string, ColumnSettings>>;
  /** The weighted share of drifted columns that is still no drift of the table; default 0. */
  readonly maxShare?: number;
  /** Weights of columns by name; 1 by default. */
  readonly weights?: Readonly<Record<string, number>>;
  /** Columns whose drift is the table's, whatever the share. */
  readonly mustNotDrift?: readonly string[];
}

/** What is compared: the current columns, the rows they have, and the names of all columns of the table. */
export interface Current {
  readonly rows: number;
  readonly names: readonly string[];
  readonly columns: readonly ColumnProfile[];
}

function refuse(
  parameter: string,
  value: unknown,
  why: string,
  code: "config/bad-value" | "config/unknown-name",
) {
  return new ConfigError(code, `compare: ${parameter}: ${why}`, { unit: "compare", parameter, value });
}

/** The names of the baseline's columns that are compared. Throws ConfigError on names that it doesn't have. */
export function comparedColumns(baseline: Profile, settings: CompareSettings): string[] {
  const names = baseline.columns.map(({ name }) => name);
  const given: [string, readonly string[]][] = [
    ["columns", settings.columns ?? []],
    ["exclude", settings.exclude ?? []],
    ["mustNotDrift", settings.mustNotDrift ?? []],
    ["perColumn", Object.keys(settings.perColumn ?? {})],
    ["weights", Object.keys(settings.weights ?? {})],
  ];
  for (const [parameter, some] of given) {
    const lost = some.find((name) => !names.includes(name));
    if (lost === undefined) continue;
    const why = `the baseline has no column ${JSON.stringify(lost)}${didYouMean(lost, names)}`;
    throw refuse(parameter, lost, why, "config/unknown-name");
  }
  const left = new Set(settings.exclude ?? []);
  return (settings.columns ?? names).filter((name) => !left.has(name));
}

function checkTable({ maxShare = 0, weights = {}, perColumn = {} }: CompareSettings): void {
  if (!(maxShare >= 0 && maxShare < 1)) {
    throw refuse(
      "maxShare",
      maxShare,
      `is ${maxShare}; it must be at least 0 and below 1`,
      "config/bad-value",
    );
  }
  for (const [name, weight] of Object.entries(weights)) {
    if (weight >= 0 && Number.isFinite(weight)) continue;
    throw refuse("weights", weight, `${name} has ${weight}; a weight is a number from 0`, "config/bad-value");
  }
  for (const one of Object.values(perColumn)) checkColumnSettings("compare", one);
}

function lost(column: string, rows: number): Assessed {
  const message = "the column isn't there";
  return {
    column,
    rows,
    values: { baseline: 0, current: 0 },
    drafts: [{ kind: "type", stated: "notComparable", message }],
    statistics: [],
    bins: [],
  };
}

/** Measures the columns that are compared, one by one. Throws ConfigError. */
export function assessColumns(current: Current, baseline: Profile, settings: CompareSettings): Assessed[] {
  const settled = settle("compare", settings);
  checkTable(settings);
  const now = new Map(current.columns.map((column) => [column.name, column]));
  const before = new Map(baseline.columns.map((column) => [column.name, column]));
  const perColumn = new Map(Object.entries(settings.perColumn ?? {}));
  const { statistic, threshold } = settings;
  const usual: ColumnSettings = {
    ...(statistic === undefined ? {} : { statistic }),
    ...(threshold === undefined ? {} : { threshold }),
  };
  return comparedColumns(baseline, settings).map((name) => {
    const column = now.get(name);
    return column
      ? assessColumn(before.get(name)!, column, settled, perColumn.get(name) ?? usual)
      : lost(name, current.rows);
  });
}

function said(columns: readonly ColumnComparison[], verdict: Verdict): string {
  const count = columns.filter((column) => column.verdict === verdict).length;
  const words = {
    drift: "drifted",
    stable: "stable",
    inconclusive: "inconclusive",
    notComparable: "not comparable",
  };
  return count === 0 ? "" : `${count} ${words[verdict]}`;
}

/** Puts decided columns together to a report on the table. */
export function reportOn(
  columns: readonly ColumnComparison[],
  current: Current,
  baseline: Profile,
  settings: CompareSettings,
): DriftReport {
  const { maxShare = 0 } = settings;
  const weights = new Map(Object.entries(settings.weights ?? {}));
  const weightOf = (name: string): number => weights.get(name) ?? 1;
  const drifted = columns.filter(({ verdict }) => verdict === "drift").map(({ column }) => column);
  const all = columns.reduce((sum, { column }) => sum + weightOf(column), 0);
  const heavy = drifted.reduce((sum, name) => sum + weightOf(name), 0);
  const weightedShare = all === 0 ? 0 : heavy / all;
  const broken = drifted.filter((name) => settings.mustNotDrift?.includes(name));
  const rest = columns.map(({ verdict }) => verdict).filter((verdict) => verdict !== "drift");
  const verdict = broken.length > 0 || weightedShare > maxShare ? "drift" : gravest(rest);
  const known = new Set(baseline.columns.map(({ name }) => name));
  const parts = (["drift", "notComparable", "inconclusive", "stable"] as const)
    .map((one) => said(columns, one))
    .filter((part) => part !== "");
  return {
    format: "veritable/drift",
    version: 1,
    verdict,
    message: `${columns.length} ${columns.length === 1 ? "column" : "columns"}: ${parts.join(", ") || "nothing to compare"}`,
    baseline: { hash: baseline.hash, rows: baseline.rows },
    rows: current.rows,
    settings: settle("compare", settings),
    columns,
    drifted,
    share: columns.length === 0 ? 0 : drifted.length / columns.length,
    weightedShare,
    broken,
    unknown: settings.columns ? [] : current.names.filter((name) => !known.has(name)),
  };
}

/** Compares the columns of a table with a baseline. Throws ConfigError. */
export function compareColumns(
  current: Current,
  baseline: Profile,
  settings: CompareSettings = {},
): DriftReport {
  const assessed = assessColumns(current, baseline, settings);
  const decided = decide(assessed, settle("compare", settings));
  return reportOn(decided, current, baseline, settings);
}
