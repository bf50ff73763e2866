import type { Schema } from "apache-arrow";
import type { z } from "zod";
import type { ColumnRef } from "../../columns/columnUse.js";
import type { Literal } from "../../columns/literal.js";
import type { Kind } from "../../columns/typeName.js";
import type { CompareSettings } from "../../drift/compareColumns.js";
import type { DriftReport } from "../../drift/comparison.js";
import type { Measure, Profile } from "../../drift/profile.js";
import type { Json } from "../../metrics/state.js";
import type { Tally } from "../../plan/evidence.js";
import type { Gathered, MetricRequest } from "../../plan/request.js";
import type { RowRule } from "../../plan/rule.js";
import type { RowFunction } from "../../predicates/leaves/call.js";
import type { Predicate } from "../../predicates/predicate.js";
import type { GxMapping } from "./greatExpectations.js";
import type { OptionName, StoredOptions } from "./options.js";

/** Every kind of column, for what fits them all. */
export const ANY_KIND: readonly Kind[] = ["number", "string", "bool", "temporal", "binary", "null", "nested"];

/** What an expectation is about: each row, a column (or table) as a whole, or the table's shape. */
export type Shape = "row" | "aggregate" | "table";

/** Columns to be compared with a baseline; its p-values are adjusted together with those of the whole run. */
export interface DriftNeed {
  /** The name the baseline is given under at run time. */
  readonly baseline: string;
  readonly settings: CompareSettings;
  readonly where?: Predicate;
  /** Values that count as null in the columns that are compared. */
  readonly missing?: readonly Literal[];
}

/** A baseline to read, by the name it is given under at run time, and the column that it must have. */
export interface BaselineNeed {
  readonly name: string;
  readonly column?: string;
}

/** What an expectation has to know before it can judge. */
export interface Needs {
  readonly metrics?: readonly MetricRequest[];
  readonly rule?: RowRule;
  readonly baselines?: readonly BaselineNeed[];
  /** Tables whose rows are counted, by the names they are given under at run time. */
  readonly tables?: readonly string[];
  /** Numbers to be given at run time, by name. */
  readonly scalars?: readonly string[];
  readonly drift?: DriftNeed;
}

/** What was found out for one expectation. */
export interface Findings {
  readonly schema: Schema;
  /** All rows of the source. */
  readonly rows: number;
  /** The state a need of this expectation asked for. */
  metric<const R extends MetricRequest>(request: R): Gathered<R>;
  /** The tally of the row rule this expectation needed. */
  readonly tally: Tally | undefined;
  /** A baseline this expectation needed. */
  baseline(name: string): Profile;
  /** The rows of a table this expectation needed. */
  tableRows(name: string): number;
  /** A number this expectation needed. */
  scalar(name: string): number;
  /** The run's clock, in nanoseconds since 1970-01-01 UTC. */
  readonly now: bigint;
  /** The comparison this expectation needed. */
  readonly drift: DriftReport | undefined;
}

/** What an expectation makes of its findings. `message` holds no value of the data: `observed` does. */
export interface Judgement {
  readonly status: "pass" | "warn" | "fail" | "skipped" | "error";
  readonly message: string;
  /** What was seen, with the columns it tells something of. */
  readonly observed?: { readonly value: Json; readonly columns: readonly ColumnRef[] };
  /** Particulars by name, such as each missing column. */
  readonly details?: Json;
  /** The thresholds of `tolerate` that were crossed. */
  readonly crossed?: readonly ("warn" | "fail")[];
  /** How many values (of a row rule: rows) counted as null because the option `missing` lists them. */
  readonly missing?: number;
}

/** Columns of a small table as plain data, for examples. */
export interface PlainTable {
  readonly [column: string]: { readonly type: string; readonly values: readonly Json[] };
}

/** What an example is given at run time. */
export interface ExampleInputs {
  /** The functions it names. */
  readonly functions?: Readonly<Record<string, RowFunction>>;
  /** The baselines it names. */
  readonly baselines?: Readonly<Record<string, Profile>>;
  /** The tables it names. */
  readonly tables?: Readonly<Record<string, PlainTable>>;
  /** The numbers it names. */
  readonly scalars?: Readonly<Record<string, number>>;
  /** The clock it is judged by, as ISO 8601. */
  readonly now?: string;
}

/** What an expectation's author says of it, for the catalogue and for the laws. */
export interface About extends ExampleInputs {
  /** The kinds of column it fits. */
  readonly fits: readonly Kind[];
  /** The expectation in stored form, without `type`, and a table that meets it. */
  readonly example: { readonly params: Readonly<Record<string, Json>>; readonly table: PlainTable };
  /** A table that breaks the example, which rows do when it is about rows, and what is given in place of the example's. */
  readonly violation: ExampleInputs & { readonly table: PlainTable; readonly rows?: readonly number[] };
  /** The expectations of Great Expectations that it stands for. */
  readonly greatExpectations?: readonly GxMapping[];
}

/** The stored parameters and options of an expectation. */
export type Stored<P> = P & StoredOptions & { readonly type: string };

/** One kind of expectation: how it is checked, what it needs, how it judges. */
export interface Unit<P = never> {
  readonly type: string;
  readonly shape: Shape;
  /** Parameters and options in stored form, strict. */
  readonly schema: z.ZodType<Stored<P>>;
  readonly params: readonly string[];
  readonly options: readonly OptionName[];
  /** False where what is left after moving failing rows need not meet the rule. */
  readonly quarantines: boolean;
  readonly about: About;
  /** The columns an outcome is about. */
  columns(stored: Stored<P>): readonly ColumnRef[];
  /** The kinds a column may be of, where the columns differ in that; else those of `about.fits`. */
  kindsOf?(stored: Stored<P>, column: ColumnRef): readonly Kind[];
  /** Columns and the names of their types, where the expectation says what they are. */
  declares?(stored: Stored<P>): readonly (readonly [column: string, type: string])[];
  /** What must hold, as a sentence without the subject's values: `qty is between 1 and 100`. */
  claim(stored: Stored<P>): string;
  needs(stored: Stored<P>): Needs;
  judge(findings: Findings, stored: Stored<P>): Judgement;
  /** The number it judges, for a baseline to keep. Throws ConfigError where it can't be told. */
  measure?(findings: Findings, stored: Stored<P>): Measure;
  /**
   * Values by column label that meet it when they are repeated over the rows, for tables made to meet a suite. Wanted only
   * where a search won't find them by itself: what is made is judged anyhow.
   */
  sample?(stored: Stored<P>): Readonly<Record<string, readonly Json[]>>;
}

/** Any unit, where its parameters don't matter. */
// biome-ignore lint/suspicious/noExplicitAny: a unit is contravariant in its parameters, so no other type takes them all
export type AnyUnit = Unit<any>;
