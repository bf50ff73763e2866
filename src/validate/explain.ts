import { columnLabel } from "../columns/address.js";
import { typeName } from "../columns/typeName.js";
import { type Foreseen, foresee } from "../engines/arrow/run.js";
import { costliest, type ReadParts, type Step } from "../plan/evidence.js";
import type { MetricRequest } from "../plan/request.js";
import { needsSecondLook, type RowRule } from "../plan/rule.js";
import type { Predicate } from "../predicates/predicate.js";
import type { Suite } from "../suite/suite.js";
import { openSource, type SourceInput } from "./openSource.js";
import type { ValidateOptions } from "./options.js";
import { readingOptions } from "./pass.js";
import type { Prepared } from "./prepare.js";
import { settleSuite } from "./settleSuite.js";
import { setUp } from "./setUp.js";
import { tablesNamedBy } from "./tables.js";

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
  /** What of a Parquet file would be read to judge it, second looks aside; a run's record has the same. */
  readonly read?: ReadParts;
  readonly columnsRead: readonly { readonly name: string; readonly type: string }[];
  readonly columnsLeft: readonly string[];
  /** The other tables that would be read, and the columns of them; no column where rows are counted only. */
  readonly tables: readonly { readonly name: string; readonly columns: readonly string[] }[];
  readonly expectations: readonly ExplainedExpectation[];
}

/** The cheapest step that can settle a test on good data. */
function bestOf(test: Predicate): Step {
  switch (test.op) {
    case "isNull":
      return "metadata";
    case "range":
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
      return costliest(test.of.map(bestOf));
    case "not":
    case "known":
      return bestOf(test.of);
    default:
      return "rows";
  }
}

type Range = NonNullable<ExplainedExpectation["evidence"]>;

/** The steps that gathering a state takes, given that some rows are read for it. */
function stepsOf({ state, column, where, by }: MetricRequest): Range {
  if (where) return { atBest: "rows", atWorst: "rows" };
  if (state !== "count" || by !== undefined) return { atBest: "summary", atWorst: "summary" };
  return { atBest: "metadata", atWorst: column === undefined ? "metadata" : "summary" };
}

function evidenceOf({ id, needs: { rule, metrics = [] } }: Prepared, foreseen: Foreseen): Range {
  if (!rule) {
    const gathered = metrics.filter((request) => foreseen.isGathered(request)).map(stepsOf);
    return {
      atBest: costliest(gathered.map(({ atBest }) => atBest)),
      atWorst: costliest(gathered.map(({ atWorst }) => atWorst)),
    };
  }
  if (!foreseen.isOpen(id)) return { atBest: "metadata", atWorst: "metadata" };
  // Where the extremes lie near the mean, no row is asked.
  if (rule.kind === "scaled") return { atBest: "summary", atWorst: "rows" };
  const bare = "test" in rule && !rule.when && !rule.ignore && !rule.skipNan;
  return { atBest: bare ? bestOf(rule.test) : "rows", atWorst: "rows" };
}

function explainOne(prepared: Prepared, foreseen: Foreseen): ExplainedExpectation {
  const { id, unit, needs, problem } = prepared;
  const states = (needs.metrics ?? []).map(({ state, column, where }) => {
    const named = column === undefined ? "rows" : columnLabel(column);
    return `${state}(${named}${where ? ", when" : ""})`;
  });
  return {
    id,
    type: unit.type,
    ...(problem ? { problem: problem.message } : { evidence: evidenceOf(prepared, foreseen) }),
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
  given: Suite,
  options: ValidateOptions = {},
): Promise<Explanation> {
  const suite = settleSuite(given, options);
  const source = await openSource(input, options, suite);
  try {
    const setup = await setUp(source, suite, options);
    const foreseen = foresee(setup.plan, source, readingOptions(source, setup, options));
    await setup.tables.close();
    const { columns } = foreseen;
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
      ...(foreseen.read ? { read: foreseen.read } : {}),
      columnsRead: columns.map((index) => ({
        name: fields[index]!.name,
        type: typeName(fields[index]!.type),
      })),
      columnsLeft: fields.filter((_, index) => !columns.includes(index)).map(({ name }) => name),
      tables: tablesNamedBy(suite).map((table) => ({ name: table.name, columns: table.columns })),
      expectations: setup.prepared.map((one) => explainOne(one, foreseen)),
    };
  } finally {
    await source.close();
  }
}
