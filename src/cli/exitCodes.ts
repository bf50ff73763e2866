import { ConfigError, VeritableError } from "../errors/index.js";
import type { RunJson } from "../results/run.js";

/** What the exit code of the command says. */
export const EXIT = { passed: 0, failed: 1, misused: 2, unevaluated: 3, unwritten: 4 } as const;

/** The exit code of a run. A run whose only trouble was writing its rows is unwritten, not unevaluated. */
export function exitCodeOfRun({ status, reasons, outcomes }: RunJson): number {
  if (status === "pass" || status === "warn") return EXIT.passed;
  if (status === "fail") return EXIT.failed;
  const errors = reasons.filter((reason) => reason.status === "error");
  const isUnwritten = errors.some(({ kind }) => kind === "sink");
  const isUnevaluated =
    errors.some(({ kind }) => kind !== "sink") || outcomes.some((outcome) => outcome.status === "error");
  return isUnwritten && !isUnevaluated ? EXIT.unwritten : EXIT.unevaluated;
}

/** The exit code of what was thrown. */
export function exitCodeOfError(error: unknown): number {
  if (error instanceof ConfigError) return EXIT.misused;
  if (error instanceof VeritableError && error.code === "engine/write-failed") return EXIT.unwritten;
  return EXIT.unevaluated;
}
