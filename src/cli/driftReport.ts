import type { Bin, ColumnComparison, DriftReport, Verdict } from "../drift/comparison.js";
import { markdownCode, markdownText } from "../report/escape.js";
import { type Ink, plainLine, SYMBOLS } from "../report/ink.js";
import { cutTo, fitTo } from "../report/width.js";
import { counted } from "../report/wording.js";

const STATUS = { drift: "fail", stable: "pass", inconclusive: "warn", notComparable: "error" } as const;
const WORDS: Readonly<Record<Verdict, string>> = {
  drift: "drift",
  stable: "stable",
  inconclusive: "inconclusive",
  notComparable: "not comparable",
};
const LABEL = 24;
const BAR = 20;
const MOST_BINS = 12;
const EIGHTHS = " ▏▎▍▌▋▊▉█";

/** A bar of so many eighths of a cell. */
function bar(share: number, most: number): string {
  const eighths = most === 0 ? 0 : Math.round((share / most) * BAR * 8);
  const rest = eighths % 8;
  return `${"█".repeat(Math.floor(eighths / 8))}${rest === 0 ? "" : EIGHTHS[rest]}`;
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** The bins to draw: all where they are few, else those that changed most. */
function drawn({ bins, explanation }: ColumnComparison): readonly Bin[] {
  return bins.length <= MOST_BINS ? bins : explanation;
}

/** Both sides of a column as bars on one scale. */
function histogram(column: ColumnComparison): string[] {
  const bins = drawn(column);
  if (bins.length === 0) return [];
  const most = Math.max(...bins.flatMap(({ baseline, current }) => [baseline, current]));
  const cell = (share: number): string =>
    `${fitTo(percent(share), 7, "right")} ${fitTo(bar(share, most), BAR)}`;
  return [
    `    ${fitTo("", LABEL)}  ${fitTo("baseline", BAR + 8)}  now`,
    ...bins.map(({ label, baseline, current }) =>
      `    ${fitTo(plainLine(label), LABEL)}  ${cell(baseline)}  ${cell(current)}`.trimEnd(),
    ),
  ];
}

function rowsOf({ baseline, rows }: DriftReport): string {
  return `${counted(rows, "row")} against ${counted(baseline.rows, "row")}`;
}

/** A comparison for a terminal: each column's verdict, and bars side by side for what drifted. */
export function renderDrift(report: DriftReport, ink: Ink, width: number): string {
  const title = `${WORDS[report.verdict]}: ${report.message}; ${rowsOf(report)}`;
  const lines = report.columns.flatMap((column) => {
    const status = STATUS[column.verdict];
    const said = `${column.column}: ${WORDS[column.verdict]}: ${column.message}`;
    const head = `  ${ink.status(status, SYMBOLS[status])} ${cutTo(plainLine(said), width - 4)}`;
    return column.verdict === "drift" ? [head, ...histogram(column).map((line) => ink.faint(line))] : [head];
  });
  const unknown = report.unknown.map(
    (name) => `  - ${cutTo(plainLine(name), width - 40)}: not in the baseline`,
  );
  return `${[ink.strong(plainLine(title)), ...lines, ...unknown].join("\n")}\n`;
}

/** A comparison as Markdown: a table of the columns, and one of the bins of each that drifted. */
export function renderDriftMarkdown(report: DriftReport): string {
  const rows = report.columns.map(
    ({ column, verdict, message }) =>
      `| ${markdownCode(column)} | ${WORDS[verdict]} | ${markdownText(message)} |`,
  );
  const drifted = report.columns.filter((column) => column.verdict === "drift" && column.bins.length > 0);
  const tables = drifted.flatMap((column) => [
    "",
    `### ${markdownText(column.column)}`,
    "",
    "| bin | baseline | now |",
    "|---|---|---|",
    ...drawn(column).map(
      ({ label, baseline, current }) =>
        `| ${markdownCode(label)} | ${percent(baseline)} | ${percent(current)} |`,
    ),
  ]);
  return [
    `## ${WORDS[report.verdict]}: ${markdownText(report.message)}`,
    "",
    markdownText(rowsOf(report)),
    "",
    "| column | verdict | why |",
    "|---|---|---|",
    ...rows,
    ...tables,
    "",
  ].join("\n");
}
