import type { RunJson } from "../results/run.js";
import { htmlCode, markdownCode, markdownText } from "./escape.js";
import { brokenTogether, foldOutcomes, subjectOf } from "./folding.js";
import { observedText } from "./observed.js";
import { leftOutText, type SampleTable, sampleTable } from "./sampleTable.js";
import { headOf } from "./width.js";
import {
  counted,
  durationText,
  evidenceText,
  foundText,
  grouped,
  type ReportedOutcome,
  rowsText,
  sourceText,
  tallyText,
  writtenText,
} from "./wording.js";

const EMOJI = { pass: "✅", warn: "⚠️", fail: "❌", error: "❓", skipped: "➖" } as const;
// A comment on GitHub holds 65,536 characters, and a longer one is refused as a whole.
const LONGEST = 60_000;
const TABLES_LONGEST = 40_000;
const QUIET_LISTED = 25;
const SAMPLED = 10;
const SAMPLE = { rows: 5, columns: 6 };
const SETS = 5;

const text = (value: string, most = 300) => markdownText(headOf(value, most));
const code = (value: string, most = 80) => markdownCode(headOf(value, most));

function table(headers: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(headers), line(headers.map(() => "---")), ...rows.map(line)];
}

/** As many rows, from the first, as fit; and what is said of the others. */
function fitting(rows: readonly (readonly string[])[], room: number, thing: string) {
  let used = 0;
  const kept = rows.filter((row) => {
    used += row.join(" | ").length + 5;
    return used <= room;
  });
  const more = rows.length - kept.length;
  return { kept, rest: more > 0 ? ["", `… ${counted(more, `more ${thing}`)}`] : [] };
}

/** What was found, and in a face of its own what was observed where that is no single value. */
function foundCell(outcome: ReportedOutcome): string {
  const observed = observedText(outcome);
  const found = text(foundText(outcome));
  return observed === undefined ? found : `${found}: ${code(observed, 240)}`;
}

function loudTable(outcomes: readonly ReportedOutcome[]): string[] {
  if (outcomes.length === 0) return [];
  const rows = outcomes.map((outcome) => [
    EMOJI[outcome.status],
    code(outcome.id),
    text(outcome.expected ?? ""),
    foundCell(outcome),
  ]);
  const { kept, rest } = fitting(rows, TABLES_LONGEST, "outcome");
  return ["", ...table(["", "expectation", "must hold", "found"], kept), ...rest];
}

function sampleSection({ id }: ReportedOutcome, sample: SampleTable): string[] {
  const rows = sample.rows.map((row) => row.map((cell) => (cell === "" ? "" : code(cell, 60))));
  const rest = leftOutText(sample);
  return [
    "",
    `<details><summary>Rows that break ${htmlCode(headOf(id, 80))}</summary>`,
    "",
    ...table(
      sample.headers.map((header) => text(header, 60)),
      rows,
    ),
    ...(rest === undefined ? [] : ["", rest]),
    "",
    "</details>",
  ];
}

function quietSection(run: RunJson): string[] {
  const { listed, folds } = foldOutcomes(run, QUIET_LISTED);
  const single = listed.filter(({ status }) => status === "pass" || status === "skipped");
  const rows = [
    ...single.map((outcome) => [EMOJI[outcome.status], code(outcome.id), text(foundText(outcome))]),
    ...folds.map(({ type, status, outcomes }) => {
      const subjects = outcomes.map(subjectOf).filter((subject) => subject !== "");
      const of = subjects.length > 0 ? `: ${subjects.join(", ")}` : "";
      return [EMOJI[status], code(type), text(`${grouped(outcomes.length)}${of}`)];
    }),
  ];
  if (rows.length === 0) return [];
  const { pass, skipped } = run.summary;
  const said = [
    ...(pass > 0 ? [`${grouped(pass)} pass`] : []),
    ...(skipped > 0 ? [`${grouped(skipped)} skipped`] : []),
  ];
  return [
    "",
    `<details><summary>${said.join(", ")}</summary>`,
    "",
    ...table(["", "expectation", "found"], rows),
    "",
    "</details>",
  ];
}

function togetherSection(run: RunJson): string[] {
  const { sets, others } = brokenTogether(run, SETS);
  if (sets.length === 0) return [];
  const lines = sets.map(
    ({ rules, rows }) =>
      `- ${counted(rows, "row")}: ${rules
        .slice(0, 20)
        .map((id) => code(id))
        .join(" + ")}`,
  );
  return ["", "Broken together:", "", ...lines, ...(others ? [`- ${others}`] : [])];
}

function footer(run: RunJson): string {
  const steps = evidenceText(run);
  const read = `Read ${text(sourceText(run.source))}${steps === undefined ? "" : `; decided by ${steps}`}.`;
  const written = writtenText(run);
  const wrote = written === undefined ? "" : ` Wrote ${text(written)}.`;
  return `${read}${wrote} ${text(run.engine, 40)} engine, veritable ${text(run.library, 40)}, ${code(run.startedAt, 40)}.`;
}

/**
 * A run as Markdown for a pull request comment or a CI summary, ending in a newline, of at most 60,000 characters: what
 * doesn't fit is left out from the end of its table, and counted. What came from the data is text: it makes no markup, no
 * link and no mention, and a cell stays a cell.
 */
export function renderMarkdown(run: RunJson): string {
  const loud = run.outcomes.filter(({ status }) => status !== "pass" && status !== "skipped");
  const { description } = run.suite;
  const lines = [
    `### ${EMOJI[run.status]} ${run.status}: ${code(run.suite.name, 100)}`,
    "",
    [rowsText(run), tallyText(run), durationText(run.durationMs)].join(" · "),
    ...(description === undefined ? [] : ["", `> ${text(description)}`]),
    ...(run.reasons.length === 0 ? [] : [""]),
    ...run.reasons.map(({ kind, status, message }) => `- ${EMOJI[status]} **${kind}**: ${text(message)}`),
    ...loudTable(loud),
  ];
  const sections = loud.slice(0, SAMPLED).flatMap((outcome) => {
    const sample = sampleTable(outcome, SAMPLE);
    return sample ? [sampleSection(outcome, sample)] : [];
  });
  const foot = ["", footer(run), ""];
  let room = LONGEST - [...lines, ...foot].join("\n").length;
  for (const section of [togetherSection(run), ...sections, quietSection(run)]) {
    const size = section.join("\n").length + 1;
    if (size > room) continue;
    lines.push(...section);
    room -= size;
  }
  return [...lines, ...foot].join("\n");
}
