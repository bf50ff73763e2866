import { fromGreatExpectations, toGreatExpectations } from "../../src/entries/interop.js";
import { ConfigError } from "../../src/errors/index.js";
import type { Json } from "../../src/results/json.js";
import { tableOf } from "../../src/testing/plainTable.js";
import { validate } from "../../src/validate/validate.js";

/** One case of Great Expectations' own tests, in neutral form; the README beside the data says what it means. */
export interface GxCase {
  readonly id: string;
  readonly type: string;
  readonly kwargs: Readonly<Record<string, Json>>;
  readonly table: {
    readonly columns: readonly {
      readonly name: string;
      readonly type: string;
      readonly values: readonly Json[];
    }[];
  };
  readonly expect: {
    readonly success?: boolean;
    readonly unexpected_list?: Json;
    readonly observed_value?: Json;
    readonly tolerance?: number;
    readonly error?: true;
  };
}

const ORDERED = /ordered_list|quantile|most_common/;

function numberOf(value: Json): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "string" && /^[-+]?(?:\d+(?:\.\d+)?|Infinity|NaN)$/.test(value)
    ? Number(value)
    : undefined;
}

function plainMoment(text: string): string {
  return text.replace(/(T\d\d:\d\d:\d\d)\.0+$/, "$1");
}

/** Whether two values say the same: numbers within a tolerance, moments whatever their precision. */
function same(actual: Json | undefined, wanted: Json, tolerance: number | undefined): boolean {
  if (actual === undefined) return false;
  const [x, y] = [numberOf(actual), numberOf(wanted)];
  if (x !== undefined && y !== undefined) {
    return Object.is(x, y) || Math.abs(x - y) <= (tolerance ?? 1e-9 * Math.abs(y));
  }
  if (typeof actual === "string" && typeof wanted === "string")
    return plainMoment(actual) === plainMoment(wanted);
  if (Array.isArray(actual) && Array.isArray(wanted)) {
    return actual.length === wanted.length && wanted.every((part, i) => same(actual[i], part, tolerance));
  }
  if (actual !== null && wanted !== null && typeof actual === "object" && typeof wanted === "object") {
    const [a, b] = [actual as Record<string, Json>, wanted as Record<string, Json>];
    const names = Object.keys(b);
    return (
      names.length === Object.keys(a).length && names.every((name) => same(a[name], b[name]!, tolerance))
    );
  }
  return actual === wanted;
}

function sorted(value: Json | undefined): Json | undefined {
  if (!Array.isArray(value)) return value;
  return [...value].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

function tableFor({ table }: GxCase) {
  const columns = table.columns.map(({ name, type, values }) => {
    return [name, { type: type === "timestamp" ? "timestamp[us]" : type, values }] as const;
  });
  return tableOf(Object.fromEntries(columns));
}

/** What differs from what Great Expectations says of a case; empty when nothing does. */
export async function disagreements(of: GxCase): Promise<string[]> {
  const { expect: wanted } = of;
  const suiteJson = { name: "case", expectations: [{ type: of.type, kwargs: of.kwargs, meta: {} }] };
  let imported: ReturnType<typeof fromGreatExpectations>;
  try {
    imported = fromGreatExpectations(suiteJson);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return wanted.error ? [] : [`refused: ${error.message}`];
  }
  const run = await validate(tableFor(of), imported.suite, { sample: 10_000 });
  const [outcome] = run.outcomes;
  if (!outcome) return [`left out: ${imported.notes.map(({ reason }) => reason).join("; ")}`];
  if (outcome.status === "error") return wanted.error ? [] : [`error: ${outcome.message}`];
  if (wanted.error) return [`a verdict (${outcome.status}) where GX raises`];

  const result = toGreatExpectations(run, { resultFormat: "COMPLETE" }).results[0]!;
  const found: string[] = [];
  if (result.success !== wanted.success) found.push(`success is ${result.success}: ${outcome.message}`);
  for (const key of ["unexpected_list", "observed_value"] as const) {
    const value = wanted[key];
    if (value === undefined) continue;
    const isSet = key === "observed_value" && !ORDERED.test(of.type);
    const [a, b] = isSet ? [sorted(result.result[key]), sorted(value)] : [result.result[key], value];
    if (!same(a, b!, wanted.tolerance)) {
      found.push(`${key} is ${JSON.stringify(result.result[key])}, not ${JSON.stringify(value)}`);
    }
  }
  return found;
}
