/** The stable codes that programs may branch on. */
export type ErrorCode =
  | "config/unknown-name"
  | "config/bad-value"
  | "config/unsupported-option"
  | "config/missing-runtime-input"
  | "config/reserved-name"
  | "config/needs-second-read"
  | "input/unreadable"
  | "input/corrupt"
  | "input/unsupported"
  | "input/too-large"
  | "engine/failed"
  | "engine/write-failed"
  | "engine/memory-limit"
  | "validation/failed";

/** What an error knows about where it arose, for people and for programs. */
export interface ErrorDetails {
  readonly cause?: unknown;
  /** The expectation, suite, file or option concerned. */
  readonly unit?: string;
  readonly parameter?: string;
  readonly value?: unknown;
  readonly choices?: readonly string[];
  /** Byte offset in the source, where one is known. */
  readonly offset?: number;
}

/** The base of every error this library throws. Each names itself, because minifiers rename classes. */
export abstract class VeritableError extends Error {
  readonly code: ErrorCode;
  readonly details: Omit<ErrorDetails, "cause">;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    const { cause: _, ...rest } = details;
    this.details = rest;
  }
}

/** The author's mistake: a suite, an option or a call that can't be meant. Thrown before any data is judged. */
export class ConfigError extends VeritableError {
  override readonly name = "ConfigError";
}

/** The source can't be read or can't be trusted. */
export class InputError extends VeritableError {
  override readonly name = "InputError";
}

/** Something below us failed; the cause is kept. */
export class EngineError extends VeritableError {
  override readonly name = "EngineError";
}

/** Thrown by `orThrow` only: the data did not meet the suite. */
export class ValidationError extends VeritableError {
  override readonly name = "ValidationError";
  /** The run whose verdict this is. */
  readonly run: unknown;

  constructor(message: string, run: unknown) {
    super("validation/failed", message);
    this.run = run;
  }
}
export { didYouMean, nearestName } from "./nearest.js";
