import type { RunJson } from "../results/run.js";
import { xmlText } from "./escape.js";
import { observedText } from "./observed.js";
import { leftOutText, sampleTable } from "./sampleTable.js";
import { headOf } from "./width.js";
import { evidenceText, foundText, type ReportedOutcome, rowsText, sourceText, tallyText } from "./wording.js";

const SAMPLE = { rows: 5, columns: 12 };
const LONGEST_LINE = 1000;

const xml = (value: string) => xmlText(headOf(value, LONGEST_LINE));

interface Case {
  readonly group: string;
  readonly name: string;
  readonly result: "pass" | "warn" | "fail" | "error" | "skipped";
  readonly message: string;
  readonly lines: readonly string[];
}

function sampleText(outcome: ReportedOutcome): string[] {
  const table = sampleTable(outcome, SAMPLE);
  if (!table) return [];
  const rest = leftOutText(table);
  const rows = [table.headers, ...table.rows].map((row) => row.join(" | "));
  return ["", ...rows, ...(rest === undefined ? [] : [rest])];
}

function outcomeCase(outcome: ReportedOutcome, run: RunJson): Case {
  const { id, type, status, expected, description, error } = outcome;
  const observed = observedText(outcome);
  const found = foundText(outcome);
  // A suite may say that what can't be evaluated only warns; an <error> would stop the build all the same.
  const lowered = status === "error" && run.status !== "error";
  return {
    group: `${run.suite.name}.${type}`,
    name: id,
    result: lowered ? "skipped" : status,
    message: found === "" ? status : found,
    lines: [
      ...(expected === undefined ? [] : [`must hold: ${expected}`]),
      ...(description === undefined ? [] : [`about: ${description}`]),
      `found: ${found === "" ? status : found}`,
      ...(observed === undefined ? [] : [`observed: ${observed}`]),
      ...(error === undefined ? [] : [`code: ${error.code}`]),
      ...sampleText(outcome),
    ],
  };
}

function caseXml({ group, name, result, message, lines }: Case): string {
  const head = `    <testcase classname="${xml(group)}" name="${xml(name)}" time="0"`;
  const body = lines.map(xml).join("\n");
  if (result === "pass") return `${head}/>`;
  const inner = {
    warn: () => `<system-out>warning\n${body}</system-out>`,
    skipped: () => `<skipped message="${xml(message)}"/>`,
    fail: () => `<failure type="fail" message="${xml(message)}">${body}</failure>`,
    error: () => `<error type="error" message="${xml(message)}">${body}</error>`,
  }[result]();
  return `${head}>\n      ${inner}\n    </testcase>`;
}

function properties(run: RunJson): string[] {
  const steps = evidenceText(run);
  const told: [string, string][] = [
    ["status", run.status],
    ["rows", rowsText(run)],
    ["expectations", tallyText(run)],
    ["source", sourceText(run.source)],
    ...(steps === undefined ? [] : [["evidence", steps] as [string, string]]),
    ["suiteHash", run.suite.hash],
    ["veritable", run.library],
  ];
  const lines = told.map(([name, value]) => `      <property name="${name}" value="${xml(value)}"/>`);
  return ["    <properties>", ...lines, "    </properties>"];
}

/**
 * A run as JUnit XML. Jenkins, GitLab, GitHub's reporters and Azure all show a test case's name, class, failure message
 * and text, and ignore most else, so: one case an outcome, named by its id under `suite.type`, and one a reason under
 * `suite.run`, since a reason can fail a run by itself. `fail` is a failure and `error` an error, with the particulars
 * as their text. A warning is a passing case with the particulars in system-out; where the suite lets errors warn, such
 * an error is a skipped case. Numbers of the run stand in the suite's properties.
 */
export function renderJUnit(run: RunJson): string {
  const cases = [
    ...run.reasons.map(({ kind, status, message }): Case => {
      return { group: `${run.suite.name}.run`, name: kind, result: status, message, lines: [message] };
    }),
    ...run.outcomes.map((outcome) => outcomeCase(outcome, run)),
  ];
  const count = (result: Case["result"]) => cases.filter((each) => each.result === result).length;
  const numbers = [
    `tests="${cases.length}"`,
    `failures="${count("fail")}"`,
    `errors="${count("error")}"`,
    `skipped="${count("skipped")}"`,
    `time="${(run.durationMs / 1000).toFixed(3)}"`,
  ].join(" ");
  const stamp = xml(run.startedAt.replace(/\.\d+Z?$|Z$/, ""));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="veritable" ${numbers}>`,
    `  <testsuite name="${xml(run.suite.name)}" ${numbers} timestamp="${stamp}">`,
    ...properties(run),
    ...cases.map(caseXml),
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}
