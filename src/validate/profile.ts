import type { Schema } from "apache-arrow";
import { resolveColumn } from "../columns/address.js";
import { maskColumn } from "../columns/columnUse.js";
import type { Literal } from "../columns/literal.js";
import { makeProfile } from "../drift/makeProfile.js";
import type { Privacy } from "../drift/privacy.js";
import type { Measure, Profile } from "../drift/profile.js";
import { rankedAt } from "../drift/rankedAt.js";
import { runOnArrow } from "../engines/arrow/run.js";
import { ConfigError } from "../errors/index.js";
import type { Expectation } from "../expectations/unit/expectation.js";
import type { MissingOption } from "../expectations/unit/options.js";
import type { Source } from "../io/source.js";
import type { ProfileState } from "../metrics/profile.js";
import { makePlan } from "../plan/plan.js";
import { type Measuring, prepareMeasures } from "./measures.js";
import { missingValues } from "./missingValues.js";
import { openSource, type SourceInput } from "./openSource.js";
import { requireOptionColumns } from "./prepare.js";

/** What a profile is made with, besides the data. */
export interface ProfileOptions extends MissingOption {
  /** The columns to take; all by default. */
  readonly columns?: readonly string[];
  /** How much of the data it may tell; default `"full"`. */
  readonly privacy?: Privacy;
  /** Expectations about models whose scores the baseline keeps, for `notWorseThan`. */
  readonly measures?: readonly Expectation[];
  /** A time to record, such as `new Date().toISOString()`; none by default, so that the same data give the same bytes. */
  readonly createdAt?: string;
  /** Read sources over http and https too. */
  readonly allowUrls?: boolean;
}

const KNOWN = ["columns", "privacy", "missing", "measures", "createdAt", "allowUrls"];

function checkOptions(options: ProfileOptions): void {
  for (const key of Object.keys(options)) {
    if (KNOWN.includes(key)) continue;
    throw new ConfigError("config/bad-value", `profile: no option ${JSON.stringify(key)}`, {
      unit: "profile",
      parameter: key,
      choices: KNOWN,
    });
  }
}

/** A column's name as a path, which a dot in it can't mislead. */
function pathOf(name: string): readonly string[] {
  return [name];
}

/** The names of a schema's columns; of columns of one name only the first is seen. */
export function columnNames(schema: Schema): string[] {
  return [...new Set(schema.fields.map(({ name }) => name))];
}

/** The distributions of some columns of a source, some values read as null, in one pass, to be kept or to be compared. Throws InputError. */
export async function gatherColumns(
  source: Source,
  columns: readonly string[],
  missing: readonly Literal[],
  { baseline, measuring }: { readonly baseline?: Profile; readonly measuring?: Measuring } = {},
): Promise<{ rows: number; states: ProfileState[]; measures: Measure[] }> {
  const requests = columns.map((name) => ({
    state: "profile" as const,
    column: missing.length > 0 ? maskColumn(pathOf(name), missing) : pathOf(name),
    ...(baseline ? rankedAt(baseline, name) : {}),
  }));
  const plan = makePlan(source.schema, [...requests, ...(measuring?.requests ?? [])], [], []);
  const runtime = measuring?.runtime ?? { functions: new Map(), compilePattern: undefined };
  const options = { ...runtime, sample: 0, keys: [], allColumns: false };
  const evidence = await runOnArrow(plan, source, options);
  return {
    rows: evidence.rows,
    states: requests.map((request) => evidence.metric(request)),
    measures: measuring?.measure(source.schema, evidence) ?? [],
  };
}

/**
 * A baseline: what is worth knowing of each column, without its rows. The same data give the same bytes, whatever the
 * batches and the order of the rows; a column of more than two million distinct numbers is kept within a stated error.
 *
 * Throws ConfigError for options that can't be meant, and InputError for a source that can't be read.
 */
export async function profile(input: SourceInput, options: ProfileOptions = {}): Promise<Profile> {
  checkOptions(options);
  const missing = missingValues("profile", options);
  const source = await openSource(input, options.allowUrls ? { allowUrls: true } : {});
  try {
    const names = options.columns ?? columnNames(source.schema);
    requireOptionColumns(source.schema, "columns", names.map(pathOf));
    const wanted = names.filter((name) => !("problem" in resolveColumn(source.schema, pathOf(name))));
    const measuring = options.measures && (await prepareMeasures(options.measures, source.schema));
    const { rows, states, measures } = await gatherColumns(
      source,
      wanted,
      missing,
      measuring ? { measuring } : {},
    );
    return makeProfile(rows, states, options.privacy ?? "full", options.createdAt, measures);
  } finally {
    await source.close();
  }
}
