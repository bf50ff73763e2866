import { columnLabel } from "../columns/address.js";
import { typeName } from "../columns/typeName.js";
import { type Foreseen, foresee } from "../engines/arrow/run.js";
import type { EngineForecast } from "../engines/engine.js";
import { costliest, type ReadParts, type Step } from "../plan/evidence.js";
import { type MetricRequest, requestKey } from "../plan/request.js";
import { needsSecondLook, type RowRule } from "../plan/rule.js";
import type { Predicate } from "../predicates/predicate.js";
import type { Suite } from "../suite/suite.js";
import { chooseEngine } from "./chooseEngine.js";
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
  /** Who would read rows for it; absent where no row is read. */
  readonly engine?: string;
  /** Why parts of it are left to our own engine, where another runs what it can. */
  readonly kept?: readonly string[];
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
  /** Who would read rows, and why, where there is something to say. */
  readonly engine: { readonly name: string; readonly why?: string };
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

/** Who reads rows for an expectation, and why parts of it are kept from the first engine there is. */
function readersOf({ id, needs }: Prepared, foreseen: Foreseen, { engine, kept }: EngineForecast) {
  const metrics = (needs.metrics ?? []).filter((request) => foreseen.isGathered(request));
  const parts = metrics.length + (needs.rule && foreseen.isOpen(id) ? 1 : 0);
  if (parts === 0) return {};
  if (!kept) return { engine };
  const keys = metrics.map(requestKey);
  const own = kept.filter(({ of }) => ("id" in of ? of.id === id : keys.includes(requestKey(of))));
  const [first = engine] = engine.split("+");
  if (own.length === 0) return { engine: first };
  const why = [...new Set(own.map((part) => part.why))];
  return { engine: own.length === parts ? "arrow" : `${first}+arrow`, kept: why };
}

function explainOne(prepared: Prepared, foreseen: Foreseen, forecast: EngineForecast): ExplainedExpectation {
  const { id, unit, needs, problem } = prepared;
  const readers = problem ? {} : readersOf(prepared, foreseen, forecast);
  // Another engine looks at rows, whatever it is asked.
  const isOurs = readers.engine === undefined || readers.engine === "arrow";
  const evidence: Range = isOurs ? evidenceOf(prepared, foreseen) : { atBest: "rows", atWorst: "rows" };
  const states = (needs.metrics ?? []).map(({ state, column, where }) => {
    const named = column === undefined ? "rows" : columnLabel(column);
    return `${state}(${named}${where ? ", when" : ""})`;
  });
  return {
    id,
    type: unit.type,
    ...(problem ? { problem: problem.message } : { evidence }),
    ...readers,
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
    const reading = readingOptions(source, setup, options);
    const foreseen = foresee(setup.plan, source, reading);
    const engine = await chooseEngine(options);
    const forecast = (await engine.foresee?.(setup.plan, source, reading)) ?? { engine: engine.name };
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
      engine: { name: forecast.engine, ...(forecast.why === undefined ? {} : { why: forecast.why }) },
      columnsRead: columns.map((index) => ({
        name: fields[index]!.name,
        type: typeName(fields[index]!.type),
      })),
      columnsLeft: fields.filter((_, index) => !columns.includes(index)).map(({ name }) => name),
      tables: tablesNamedBy(suite).map((table) => ({ name: table.name, columns: table.columns })),
      expectations: setup.prepared.map((one) => explainOne(one, foreseen, forecast)),
    };
  } finally {
    await source.close();
  }
}
