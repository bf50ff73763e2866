import type { Fold } from "./folding.js";
import { subjectOf } from "./folding.js";
import { type Ink, plainLine, SYMBOLS } from "./ink.js";
import { observedText } from "./observed.js";
import { leftOutText, type SampleTable, sampleTable } from "./sampleTable.js";
import { cutTo, fitTo, widthOf, wrapTo } from "./width.js";
import { foundText, grouped, type ReportedOutcome } from "./wording.js";

/** Where things stand on a line: all of it, and the part that names the expectation. */
export interface Layout {
  readonly width: number;
  readonly names: number;
  readonly ink: Ink;
}

type Marked = Pick<ReportedOutcome, "status">;

const LEAD = 4;
const INDENT = " ".repeat(6);
const LABEL = 11;
const SAMPLE = { rows: 5, columns: 6 };
const WIDEST_CELL = 28;

/** A marked line: symbol, name, and what was found, which may take `most` lines. */
export function markedLines(
  { status }: Marked,
  name: string,
  found: string,
  { width, names, ink }: Layout,
  most = 1,
): string[] {
  const room = width - LEAD - names - 2;
  const said = most === 1 ? [cutTo(plainLine(found), room)] : wrapTo(plainLine(found), room, most);
  const label = fitTo(plainLine(name), names);
  const isQuiet = status === "pass" || status === "skipped";
  const first = `  ${ink.status(status, SYMBOLS[status])} ${isQuiet ? label : ink.strong(label)}`;
  return said.map((text, nth) => {
    const shown = isQuiet ? ink.faint(text) : text;
    return `${nth === 0 ? first : " ".repeat(LEAD + names)}  ${shown}`.trimEnd();
  });
}

function cells(table: SampleTable): string[][] {
  return [table.headers, ...table.rows].map((row) => row.map(plainLine));
}

/** Numbers stand to the right, so that their digits line up. */
function sideOf(texts: readonly (readonly string[])[], column: number): "left" | "right" {
  const values = texts.slice(1).map((row) => row[column]!);
  const isNumber = values.every((value) => /^(?:-?[\d.,]+(?:e[+-]?\d+)?|null|)$/.test(value));
  return isNumber ? "right" : "left";
}

function sampleLines(table: SampleTable, { width, ink }: Layout): string[] {
  const texts = cells(table);
  const room = width - INDENT.length;
  const widths: number[] = [];
  let used = 0;
  for (const column of table.headers.keys()) {
    const widest = Math.max(...texts.map((row) => widthOf(row[column]!)));
    const taken = Math.min(widest, WIDEST_CELL);
    if (used + taken + 2 > room && column > 1) break;
    widths.push(taken);
    used += taken + 2;
  }
  const sides = widths.map((_, column) => sideOf(texts, column));
  const lines = texts.map((row, nth) => {
    const line = widths.map((taken, column) => fitTo(row[column]!, taken, sides[column]));
    const text = cutTo(line.join("  ").trimEnd(), room);
    return INDENT + (nth === 0 ? ink.faint(text) : text);
  });
  const narrowed = { ...table, hidden: table.hidden + table.headers.length - widths.length };
  const rest = leftOutText(narrowed);
  return rest === undefined ? lines : [...lines, INDENT + ink.faint(rest)];
}

function particular(label: string, text: string, { width, ink }: Layout): string[] {
  const room = width - INDENT.length - LABEL;
  const lines = wrapTo(plainLine(text), room, 3);
  return lines.map((line, nth) => `${INDENT}${ink.faint((nth === 0 ? label : "").padEnd(LABEL))}${line}`);
}

/** An outcome that isn't quiet, in full: what must hold, what was seen, and the first failing rows. */
export function detailLines(outcome: ReportedOutcome, layout: Layout): string[] {
  const { expected, description, error } = outcome;
  const observed = observedText(outcome);
  const lines: string[] = [];
  if (expected !== undefined) lines.push(...particular("must hold", expected, layout));
  if (description !== undefined) lines.push(...particular("about", description, layout));
  if (observed !== undefined) lines.push(...particular("observed", observed, layout));
  if (error !== undefined) lines.push(...particular("code", error.code, layout));
  const table = sampleTable(outcome, SAMPLE);
  return table ? [...lines, ...sampleLines(table, layout)] : lines;
}

/** An outcome on one line; one that isn't quiet may take a few, so that what was found is read whole. */
export function outcomeLines(outcome: ReportedOutcome, layout: Layout): string[] {
  const isQuiet = outcome.status === "pass" || outcome.status === "skipped";
  return markedLines(outcome, outcome.id, foundText(outcome), layout, isQuiet ? 1 : 4);
}

/** Quiet outcomes of one type on one line: how many, and of what. */
export function foldLine({ type, status, outcomes }: Fold, layout: Layout): string {
  const subjects = outcomes.map(subjectOf).filter((subject) => subject !== "");
  const found = `${grouped(outcomes.length)} ${status}${subjects.length > 0 ? `: ${subjects.join(", ")}` : ""}`;
  return markedLines({ status }, type, found, layout)[0]!;
}
