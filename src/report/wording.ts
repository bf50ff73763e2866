import type { Json } from "../results/json.js";
import type { RunJson, SourceRecord } from "../results/run.js";

/** An outcome as a saved run holds it, whatever its level. */
export type ReportedOutcome = RunJson["outcomes"][number];

/** A whole number with its thousands apart: `1,000`. */
export function grouped(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** A number of things: `1 row`, `1,000 rows`. */
export function counted(number: number, thing: string): string {
  return `${grouped(number)} ${thing}${number === 1 ? "" : "s"}`;
}

/** A duration in the unit one would say it in. */
export function durationText(milliseconds: number): string {
  if (milliseconds < 1) return "under 1 ms";
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${grouped(Math.floor(whole / 60))} min ${whole % 60} s`;
}

function sizeText(bytes: number): string {
  const units = ["kB", "MB", "GB", "TB"];
  let size = bytes / 1000;
  let unit = 0;
  if (size < 1) return counted(bytes, "byte");
  for (; size >= 999.5 && unit < units.length - 1; unit++) size /= 1000;
  return `${size < 9.95 ? size.toFixed(1) : Math.round(size)} ${units[unit]}`;
}

/** A value of the data on one line. Text stands as it is, unless it would read as nothing or as another value. */
export function valueText(value: Json | undefined): string {
  if (value === undefined) return "";
  if (typeof value !== "string") return JSON.stringify(value);
  return /^$|^\s|\s$|^(?:null|true|false)$/.test(value) ? JSON.stringify(value) : value;
}

/** What was found, with the observed value where it is a single one. */
export function foundText({ status, message, observed, counts, onFail }: ReportedOutcome): string {
  if (message === undefined) return "";
  if (status === "error") return `could not be evaluated: ${message}`;
  if (status === "skipped") return `skipped: ${message}`;
  const moved = onFail === "quarantine" && (counts?.failed ?? 0) > 0 ? "; quarantined" : "";
  const isSingle = observed !== undefined && (observed === null || typeof observed !== "object");
  return `${message}${isSingle ? `: ${valueText(observed)}` : ""}${moved}`;
}

/** What became of the rows: `1,000 rows: 988 accepted, 12 quarantined`. */
export function rowsText({ rows, accepted, quarantined }: RunJson): string {
  if (rows === null) return "rows not counted";
  if (!accepted || !quarantined) return counted(rows, "row");
  return `${counted(rows, "row")}: ${grouped(accepted.rows)} accepted, ${grouped(quarantined.rows)} quarantined`;
}

/** How many expectations came out how: `5 expectations: 3 pass, 1 warn, 1 fail`. */
export function tallyText({ summary }: RunJson): string {
  const parts = (["pass", "warn", "fail", "error", "skipped"] as const)
    .filter((status) => summary[status] > 0)
    .map((status) => `${grouped(summary[status])} ${status}`);
  const said = parts.length > 0 ? `: ${parts.join(", ")}` : "";
  return `${counted(summary.expectations, "expectation")}${said}`;
}

/** What was read: `orders.parquet (parquet, 1.2 MB)`. */
export function sourceText({ path, kind, bytes }: SourceRecord): string {
  const size = bytes === undefined ? "" : sizeText(bytes);
  if (path === undefined) return size === "" ? kind : `${kind}, ${size}`;
  return `${path} (${size === "" ? kind : `${kind}, ${size}`})`;
}

/** How much was decoded of a source in row groups: `decoded 12 MB of 40 MB, in 3 of 11 row groups`; undefined of others. */
export function decodedText(read: RunJson["read"]): string | undefined {
  if (!read) return undefined;
  const { rowGroups, rowGroupsTotal, bytes, bytesTotal } = read;
  if (rowGroups === 0) return `decoded none of ${counted(rowGroupsTotal, "row group")}`;
  const groups = `${grouped(rowGroups)} of ${counted(rowGroupsTotal, "row group")}`;
  return `decoded ${sizeText(bytes)} of ${sizeText(bytesTotal)}, in ${groups}`;
}

/** Where rows were written: `accepted rows to good.parquet, quarantined rows to bad.parquet`; undefined when nowhere. */
export function writtenText({ accepted, quarantined }: RunJson): string | undefined {
  const sides = Object.entries({ accepted, quarantined });
  const parts = sides.flatMap(([side, split]) =>
    split?.file === undefined ? [] : [`${side} rows to ${split.file}`],
  );
  return parts.length === 0 ? undefined : parts.join(", ");
}

/** How many outcomes each step of the evidence ladder decided: `metadata 3, rows 2`; undefined when no outcome says. */
export function evidenceText({ outcomes }: RunJson): string | undefined {
  const steps = (["metadata", "summary", "dictionary", "rows"] as const)
    .map((step) => ({ step, times: outcomes.filter(({ evidence }) => evidence === step).length }))
    .filter(({ times }) => times > 0);
  return steps.length === 0 ? undefined : steps.map(({ step, times }) => `${step} ${times}`).join(", ");
}
