import type { RunJson } from "../results/run.js";
import { brokenTogether, foldOutcomes } from "./folding.js";
import { makeInk, plainLine, SYMBOLS } from "./ink.js";
import { detailLines, foldLine, type Layout, markedLines, outcomeLines } from "./terminalOutcome.js";
import { cutTo, widthOf } from "./width.js";
import {
  counted,
  decodedText,
  durationText,
  evidenceText,
  grouped,
  type ReportedOutcome,
  rowsText,
  sourceText,
  tallyText,
  writtenText,
} from "./wording.js";

/** How a report for a terminal is drawn. */
export interface TerminalOptions {
  /** Default false. */
  readonly color?: boolean;
  /** Columns of the terminal, 40 at least; default 100. */
  readonly width?: number;
}

const QUIET_LISTED = 25;
const DETAILED = 20;
const SETS = 5;

function verdictLine(run: RunJson, { width, ink }: Layout): string {
  const badge = `${SYMBOLS[run.status]} ${run.status.toUpperCase()}`;
  const rest = `${plainLine(run.suite.name)} · ${rowsText(run)} · ${durationText(run.durationMs)}`;
  return `${ink.status(run.status, ink.strong(badge))}  ${cutTo(rest, width - badge.length - 2)}`;
}

function listedLines(listed: readonly ReportedOutcome[], layout: Layout): string[] {
  const lines: string[] = [];
  let detailed = 0;
  let bare = 0;
  for (const outcome of listed) {
    lines.push(...outcomeLines(outcome, layout));
    if (outcome.status === "pass" || outcome.status === "skipped") continue;
    if (detailed++ < DETAILED) lines.push(...detailLines(outcome, layout));
    else bare++;
  }
  if (bare > 0) {
    const rest = `${counted(bare, "more outcome")} without particulars; the JSON result has them`;
    lines.push(`      ${layout.ink.faint(cutTo(rest, layout.width - 6))}`);
  }
  return lines;
}

function togetherLines(run: RunJson, { width, ink }: Layout): string[] {
  const { sets, others } = brokenTogether(run, SETS);
  if (sets.length === 0) return [];
  const digits = Math.max(...sets.map(({ rows }) => grouped(rows).length));
  const lines = sets.map(({ rules, rows }) => {
    const text = `${grouped(rows).padStart(digits)} ${rows === 1 ? "row " : "rows"}  ${rules.map(plainLine).join(" + ")}`;
    return `    ${cutTo(text, width - 4)}`;
  });
  const title = `  ${ink.faint("broken together")}`;
  return ["", title, ...lines, ...(others ? [`    ${ink.faint(others)}`] : [])];
}

function footerLines(run: RunJson, { width, ink }: Layout): string[] {
  const steps = evidenceText(run);
  const written = writtenText(run);
  const decoded = decodedText(run.read);
  const told = [
    tallyText(run),
    `read ${sourceText(run.source)}`,
    ...(decoded === undefined ? [] : [decoded]),
    ...(run.source.notes ?? []),
    ...(written === undefined ? [] : [`wrote ${written}`]),
    ...(steps === undefined ? [] : [`decided by ${steps}`]),
    `${run.engine} engine, veritable ${run.library}, ${run.startedAt}`,
  ];
  return told.map((text, nth) => {
    const line = cutTo(plainLine(text), width - 2);
    return `  ${nth === 0 ? line : ink.faint(line)}`;
  });
}

/**
 * A run as text for a terminal, ending in a newline. Nothing that came from the data can steer the terminal: control
 * and bidirectional characters are spelled out. Many passing outcomes are folded by type, with their number.
 */
export function renderTerminal(run: RunJson, { color = false, width = 100 }: TerminalOptions = {}): string {
  const { listed, folds } = foldOutcomes(run, QUIET_LISTED);
  const names = [
    ...listed.map(({ id }) => id),
    ...folds.map(({ type }) => type),
    ...run.reasons.map(({ kind }) => kind),
  ];
  const columns = Math.max(40, width);
  const widest = Math.max(8, ...names.map((name) => widthOf(plainLine(name))));
  const layout: Layout = {
    width: columns,
    names: Math.min(widest, Math.floor(columns * 0.4)),
    ink: makeInk(color),
  };
  const { description } = run.suite;
  return [
    verdictLine(run, layout),
    ...(description === undefined
      ? []
      : [`  ${layout.ink.faint(cutTo(plainLine(description), columns - 2))}`]),
    "",
    ...run.reasons.flatMap((reason) => markedLines(reason, reason.kind, reason.message, layout, 4)),
    ...folds.map((fold) => foldLine(fold, layout)),
    ...listedLines(listed, layout),
    ...togetherLines(run, layout),
    "",
    ...footerLines(run, layout),
    "",
  ].join("\n");
}
