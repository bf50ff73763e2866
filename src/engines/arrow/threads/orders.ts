import type { ColumnRef } from "../../../columns/columnUse.js";
import type { SharedColumn } from "../../../columns/sharedColumn.js";
import type { PlannedRule } from "../../../plan/plan.js";
import type { MetricRequest } from "../../../plan/request.js";
import type { Findings } from "../findings.js";

/** What a thread is to find out. */
export interface Begin {
  readonly order: "begin";
  /** Name and type of every column of the source, so that columns have the same numbers there; null for those not sent. */
  readonly fields: readonly (readonly [name: string, type: string, nullable: boolean])[];
  /** Which columns are sent, ascending. */
  readonly columns: readonly number[];
  readonly rules: readonly PlannedRule[];
  readonly metrics: readonly MetricRequest[];
  readonly keys: readonly ColumnRef[];
  readonly sample: number;
  readonly sampleFrom: number;
  /** Shared: how far the thread is, at `READY` and `DONE`. */
  readonly progress: Int32Array;
}

/** Rows to judge. */
export interface Judge {
  readonly order: "judge";
  readonly firstRow: number;
  readonly rows: number;
  readonly columns: readonly SharedColumn[];
}

/** What a thread is told: an `end` is answered, and nothing else is. */
export type Order = Begin | Judge | { readonly order: "end" };

/** A thread's answer. */
export type Answer = { readonly findings: Findings } | { readonly problem: string };

/** Where 1 says that the thread is there. */
export const READY = 0;

/** Where the rows are counted that the thread is done with, modulo 2^32. */
export const DONE = 1;
