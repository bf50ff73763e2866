import type { RowSet } from "../../columns/rowSet.js";
import { InputError } from "../../errors/index.js";
import { DistinctState } from "../../metrics/distinct.js";
import type { Tally } from "../../plan/evidence.js";
import type { PlannedRule } from "../../plan/plan.js";
import { type MetricRequest, requestKey, type States } from "../../plan/request.js";
import type { CompilePattern } from "../../predicates/leaves/matches.js";
import type { SqlContext } from "../../predicates/sql/predicateSql.js";
import { NotInSql } from "../../predicates/sql/sqlColumn.js";
import { AggregateQuery, type AggregateRow, countAt } from "./aggregateQuery.js";
import { rowsOf } from "./connection.js";
import { failingRows } from "./failingRows.js";
import { countKeys, type KeyCounts, type KeySetSql, keySetName } from "./keyedQueries.js";
import { metricOf, requestedColumn } from "./metricQueries.js";
import { contextOf, type Pushdown, type PushedKeys, type PushedRule, ruleSql } from "./pushdown.js";
import { type ReadState, Unsettled } from "./readState.js";
import type { Relation } from "./relation.js";

/** A rule that DuckDB decided. */
export interface DecidedRule {
  readonly planned: PlannedRule;
  readonly tally: Tally;
  readonly marks: RowSet;
}

/** What DuckDB's queries found out. */
export interface Decided {
  readonly rows: number;
  /** States by the keys of their requests; what the queries could not settle isn't here. */
  readonly states: ReadonlyMap<string, States[keyof States]>;
  readonly rules: readonly DecidedRule[];
}

/** Queries for a state: the first takes numbers for plain, the others for what the ones before found. */
const MOST_TRIES = 3;

type Gathered = ReadonlyMap<string, States[keyof States]>;

/** One query for many states, and one more for those that it didn't settle; what can't be settled is left out. */
class StateQueries {
  readonly #context: SqlContext;
  #open: { request: MetricRequest; read: ReadState }[];
  readonly #settled = new Map<string, States[keyof States]>();

  constructor(context: SqlContext, requests: readonly MetricRequest[], query: AggregateQuery) {
    this.#context = context;
    this.#open = requests.map((request) => ({ request, read: metricOf(request, context, query) }));
  }

  /** The states, given the row of the first query. */
  async gather(relation: Relation, first: AggregateRow): Promise<Gathered> {
    let row = first;
    for (let tried = 1; this.#open.length > 0; tried++) {
      const query = new AggregateQuery();
      const again = this.#open.flatMap(({ request, read }) => {
        const state = read(row);
        if (state instanceof Unsettled) {
          return tried === MOST_TRIES
            ? []
            : [{ request, read: metricOf(request, this.#context, query, state.care) }];
        }
        this.#settled.set(requestKey(request), state);
        return [];
      });
      this.#open = again;
      if (again.length > 0) [row = []] = await rowsOf(relation.connection, query.text(relation.from));
    }
    return this.#settled;
  }
}

/** Counts each set of keys once, whoever asks for it. */
class KeyCounter {
  readonly #relation: Relation;
  readonly #known = new Map<string, KeyCounts>();

  constructor(relation: Relation) {
    this.#relation = relation;
  }

  async count(keys: KeySetSql): Promise<KeyCounts> {
    const name = keySetName(keys);
    const known = this.#known.get(name) ?? (await countKeys(this.#relation, keys));
    this.#known.set(name, known);
    return known;
  }
}

/** Counts the cells of each column that may be read otherwise. Throws NotInSql for a column of which that can't be said. */
function oddCells({ odd }: Relation, columns: readonly number[], query: AggregateQuery): number[] {
  if (!odd) return [];
  return columns.map((index) => {
    const cell = odd(index);
    if (cell === undefined) throw new NotInSql("a column's cells can't be compared with our own reader's");
    return query.count(cell);
  });
}

async function tallyOf({ sql }: PushedRule, row: AggregateRow, counter: KeyCounter): Promise<Tally> {
  const tally = sql.tally(row);
  return "keys" in sql ? sql.withKeys(tally, await counter.count(sql.keys)) : tally;
}

async function distinctState(
  { request, keys }: PushedKeys,
  context: SqlContext,
  counter: KeyCounter,
): Promise<DistinctState> {
  const { distinct, rows } = await counter.count(keys);
  return DistinctState.known(requestedColumn(request, context).address, distinct, rows);
}

/**
 * Asks DuckDB everything that was pushed down: one query for all aggregates, one for each set of keys, and only for rules
 * that failed the rows that did. `columns` are those that our own engine would read for it, by their index. Throws NotInSql.
 */
export async function decide(
  relation: Relation,
  pushdown: Pushdown,
  columns: readonly number[],
  compilePattern: CompilePattern | undefined,
): Promise<Decided> {
  const context = contextOf(relation, compilePattern);
  const query = new AggregateQuery();
  const rows = query.add("count(*)");
  const metrics = new StateQueries(context, pushdown.metrics, query);
  const rules = pushdown.rules.map(
    (planned): PushedRule => ({ planned, sql: ruleSql(planned, context, query) }),
  );
  const odd = oddCells(relation, columns, query);
  const [row = []]: AggregateRow[] = await rowsOf(relation.connection, query.text(relation.from));
  if (odd.some((place) => countAt(row, place) > 0)) {
    throw new NotInSql("some cells aren't spelled in the only way that their type can be");
  }

  const counter = new KeyCounter(relation);
  const states = new Map(await metrics.gather(relation, row));
  for (const pushed of pushdown.distinct) {
    states.set(requestKey(pushed.request), await distinctState(pushed, context, counter));
  }
  const judged: { rule: PushedRule; tally: Tally }[] = [];
  for (const rule of rules) judged.push({ rule, tally: await tallyOf(rule, row, counter) });
  const failing = judged.filter(({ tally }) => tally.failed > 0).map(({ rule }) => rule);
  const marks = await failingRows(relation, rules, failing);
  for (const { rule, tally } of judged) {
    const { size } = marks.get(rule.planned.id)!;
    // A result that is streamed ends early, without a word, where its connection is asked something else.
    if (size === tally.failed) continue;
    throw new InputError(
      "input/corrupt",
      `DuckDB counts ${tally.failed} failing rows and gives ${size}: the data changed, or the connection was used meanwhile`,
    );
  }
  return {
    rows: countAt(row, rows),
    states,
    rules: judged.map(({ rule: { planned }, tally }) => ({ planned, tally, marks: marks.get(planned.id)! })),
  };
}
