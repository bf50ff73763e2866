import type { ColumnRef } from "../../../columns/columnUse.js";
import type { SharedColumn } from "../../../columns/sharedColumn.js";
import type { ErrorCode } from "../../../errors/index.js";
import type { FileVersion } from "../../../io/inputFile.js";
import type { Plan } from "../../../plan/plan.js";
import type { Findings } from "../findings.js";
import type { WorkNames } from "./divide.js";

/** Columns that are sent with the rows: the name and type of every field of the source, `null` for those not sent. */
export interface SentColumns {
  readonly fields: readonly (readonly [name: string, type: string, nullable: boolean])[];
}

/** What a thread is to find out, among rows that it is sent, or reads from a file. */
export interface Begin {
  readonly order: "begin";
  readonly from: SentColumns | FileVersion;
  readonly plan: Plan;
  readonly keys: readonly ColumnRef[];
  readonly sample: number;
  readonly sampleFrom: number;
  /** Shared: how far the thread is, at `READY` and `DONE`. */
  readonly progress: Int32Array;
}

/** Rows that are to be judged by everything that the thread is to find out. */
export interface JudgeRows {
  readonly order: "rows";
  readonly firstRow: number;
  readonly rows: number;
  /** The plan's columns. */
  readonly columns: readonly SharedColumn[];
}

/** A row group of the file, and what it is to be judged by. */
export interface JudgeRowGroup {
  readonly order: "rowGroup";
  readonly firstRow: number;
  readonly rows: number;
  readonly rowGroup: number;
  readonly columns: readonly number[];
  readonly work: WorkNames;
}

/** What a thread is told: an `end` is answered, and nothing else is. */
export type Order = Begin | JudgeRows | JudgeRowGroup | { readonly order: "end" };

/** A thread's answer. */
export type Answer =
  | { readonly findings: Findings }
  | { readonly problem: string; readonly code: ErrorCode | undefined };

/** Where 1 says that the thread is there. */
export const READY = 0;

/** Where the rows are counted that the thread is done with, modulo 2^32. */
export const DONE = 1;
