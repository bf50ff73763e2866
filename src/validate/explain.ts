import { columnLabel } from "../columns/address.js";
import { typeName } from "../columns/typeName.js";
import type { Step } from "../plan/evidence.js";
import { needsSecondLook, type RowRule } from "../plan/rule.js";
import type { Predicate } from "../predicates/predicate.js";
import { requireSuite, type Suite } from "../suite/suite.js";
import { metricsStep } from "./metricsStep.js";
import { openSource, type SourceInput } from "./openSource.js";
import type { ValidateOptions } from "./options.js";
import type { Prepared } from "./prepare.js";
import { setUp } from "./setUp.js";
import { requireTables, tablesNamedBy } from "./tables.js";

/** How one expectation would be decided. */
export interface ExplainedExpectation {
  readonly id: string;
  readonly type: string;
  /** The cheapest and the costliest evidence it may take; absent when it can't be evaluated. */
  readonly evidence?: { readonly atBest: Step; readonly atWorst: Step };
  /** `local`, `keyed`, ... when it is about rows. */
  readonly rule?: RowRule["kind"];
  /** States gathered for it, as `moments(price)`. */
  readonly states: readonly string[];
  /** True when failing rows are told by reading its columns once more. */
  readonly secondLook: boolean;
  /** Why it can't be evaluated on this source. */
  readonly problem?: string;
}

/** What a run would do, without doing it. */
export interface Explanation {
  readonly suite: string;
  readonly source: {
    readonly kind: string;
    readonly path?: string;
    readonly rows?: number;
    readonly rowGroups?: number;
  };
  readonly columnsRead: readonly { readonly name: string; readonly type: string }[];
  readonly columnsLeft: readonly string[];
  /** The other tables that would be read, and the columns of them; no column where rows are counted only. */
  readonly tables: readonly { readonly name: string; readonly columns: readonly string[] }[];
  readonly expectations: readonly ExplainedExpectation[];
}

/** The cheapest step that can settle a test on good data. */
function bestOf(test: Predicate): Step {
  switch (test.op) {
    case "range":
    case "isNull":
    case "isNaN":
      return "summary";
    case "in":
    case "matches":
    case "length":
    case "parses":
      return "dictionary";
    case "lookUp":
      return test.columns.length === 1 ? "dictionary" : "rows";
    case "and":
    case "or":
      return test.of.some((part) => bestOf(part) === "rows") ? "rows" : "summary";
    case "not":
    case "known":
      return bestOf(test.of);
    default:
      return "rows";
  }
}

function evidenceOf({ needs: { rule, metrics = [] } }: Prepared): { atBest: Step; atWorst: Step } {
  if (!rule) return { atBest: metricsStep(metrics), atWorst: metricsStep(metrics) };
  const bare = "test" in rule && !rule.when && !rule.ignore && !rule.skipNan;
  return { atBest: bare ? bestOf(rule.test) : "rows", atWorst: "rows" };
}

function explainOne(prepared: Prepared): ExplainedExpectation {
  const { id, unit, needs, problem } = prepared;
  const states = (needs.metrics ?? []).map(({ state, column, where }) => {
    const named = column === undefined ? "rows" : columnLabel(column);
    return `${state}(${named}${where ? ", when" : ""})`;
  });
  return {
    id,
    type: unit.type,
    ...(problem ? { problem: problem.message } : { evidence: evidenceOf(prepared) }),
    ...(needs.rule ? { rule: needs.rule.kind } : {}),
    states,
    secondLook: needs.rule !== undefined && needsSecondLook(needs.rule),
  };
}

/**
 * Says what `validate` would read and which evidence would decide each expectation, from the source's schema and
 * metadata alone: no row is read. Throws as `validate` does before it reads.
 */
export async function explain(
  input: SourceInput,
  suite: Suite,
  options: ValidateOptions = {},
): Promise<Explanation> {
  requireSuite(suite);
  requireTables(suite, options);
  const source = await openSource(input, options, suite);
  try {
    const { prepared, plan, tables } = await setUp(source, suite, options);
    await tables.close();
    const { fields } = source.schema;
    const { kind, path } = source.description;
    return {
      suite: suite.name,
      source: {
        kind,
        ...(path === undefined ? {} : { path }),
        ...(source.rows === undefined ? {} : { rows: source.rows }),
        ...(source.rowGroups ? { rowGroups: source.rowGroups.length } : {}),
      },
      columnsRead: plan.columns.map((index) => ({
        name: fields[index]!.name,
        type: typeName(fields[index]!.type),
      })),
      columnsLeft: fields.filter((_, index) => !plan.columns.includes(index)).map(({ name }) => name),
      tables: tablesNamedBy(suite).map(({ name, columns }) => ({ name, columns })),
      expectations: prepared.map(explainOne),
    };
  } finally {
    await source.close();
  }
}
