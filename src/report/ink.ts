import picocolors from "picocolors";
import { visibleText } from "./escape.js";
import { headOf } from "./width.js";
import type { ReportedOutcome } from "./wording.js";

type Status = ReportedOutcome["status"];

/** The mark of each status; shapes differ, so that colour is never needed. */
export const SYMBOLS: Readonly<Record<Status, string>> = {
  pass: "✓",
  warn: "!",
  fail: "✗",
  error: "?",
  skipped: "-",
};

/** Colours for a terminal, or none. What is painted has been escaped before. */
export interface Ink {
  status(status: Status, text: string): string;
  strong(text: string): string;
  faint(text: string): string;
}

/** Makes the colours of a report. */
export function makeInk(color: boolean): Ink {
  const paint = picocolors.createColors(color);
  const byStatus = {
    pass: paint.green,
    warn: paint.yellow,
    fail: paint.red,
    error: paint.magenta,
    skipped: paint.dim,
  };
  return {
    status: (status, text) => byStatus[status](text),
    strong: paint.bold,
    faint: paint.dim,
  };
}

// Longer than any line: a bound on the work that one value can cause, not on what is shown.
const LONGEST = 2000;

/** Any text of a run as one harmless line. */
export function plainLine(text: string): string {
  return visibleText(headOf(text, LONGEST));
}
