import { type DataType, Dictionary, Field, Int8, Int32, LargeUtf8, Schema, Table } from "apache-arrow";
import fc, { type Random } from "fast-check";
import { gatherBatch } from "../columns/gather.js";
import { kindOf, typeName } from "../columns/typeName.js";
import { ConfigError } from "../errors/index.js";
import type { Suite } from "../suite/suite.js";
import { batchOfRows, type Cell, cellKey, type Row } from "./generate/cells.js";
import { distanceTo } from "./generate/goal.js";
import { type Given, judgesOf } from "./generate/judge.js";
import { chance, pick } from "./generate/random.js";
import { breaking, idOf, meeting, type Solution, type Terms } from "./generate/solve.js";
import { varied } from "./generate/vary.js";

/** What tables of a suite are like. */
export interface SuiteTableOptions extends Given {
  /** Rows at least; default 0. */
  readonly minRows?: number;
  /** Rows at most. By default 16, and as many as the suite needs where that is more, up to 1,000. */
  readonly maxRows?: number;
}

const USUAL_ROWS = 16;
const MOST_ROWS = 1000;

function termsOf(suite: Suite, options: SuiteTableOptions): Terms {
  const { minRows = 0, maxRows, ...given } = options;
  const max = maxRows ?? Math.max(MOST_ROWS, minRows);
  for (const [parameter, value] of [
    ["minRows", minRows],
    ["maxRows", max],
  ] as const) {
    if (Number.isSafeInteger(value) && value >= 0) continue;
    throw new ConfigError("config/bad-value", `${parameter} ${value} is no count of rows`, {
      parameter,
      value,
    });
  }
  if (minRows > max)
    throw new ConfigError("config/bad-value", `minRows ${minRows} is above maxRows ${max}`, {
      parameter: "minRows",
    });
  return {
    suite,
    given,
    size: { min: minRows, usual: Math.max(Math.min(USUAL_ROWS, max), minRows, 1), max },
  };
}

/** How rows are laid out as a table: where batches end, and which columns are encoded otherwise. */
interface Layout {
  readonly cuts: readonly number[];
  readonly encodings: ReadonlyMap<number, DataType>;
}

const PLAIN: Layout = { cuts: [], encodings: new Map() };

interface Made {
  readonly rows: readonly Row[];
  readonly layout: Layout;
}

function anyLayout(schema: Schema, rows: number, random: Random): Layout {
  if (chance(random, 0.3)) return PLAIN;
  const cuts = Array.from({ length: random.nextInt(0, 3) }, () => random.nextInt(0, rows)).sort(
    (a, b) => a - b,
  );
  const encodings = schema.fields.flatMap(({ type }, i): [number, DataType][] => {
    if (!chance(random, 0.3) || typeName(type).startsWith("dictionary") || kindOf(type) === "null") return [];
    const isText = typeName(type) === "utf8" && chance(random, 0.4);
    // The codes of a small index type reach 127 values.
    return [[i, isText ? new LargeUtf8() : new Dictionary(type, rows <= 100 ? new Int8() : new Int32())]];
  });
  return { cuts, encodings: new Map(encodings) };
}

function tableFrom(planned: Schema, { rows, layout }: Made): Table {
  const fields = planned.fields.map(
    ({ name, type }, i) => new Field(name, layout.encodings.get(i) ?? type, true),
  );
  const schema = new Schema(fields);
  const whole = batchOfRows(schema, rows);
  const ends = [...layout.cuts, rows.length];
  const batches = ends.map((end, i) => {
    const from = ends[i - 1] ?? 0;
    return i % 2 === 0
      ? whole.slice(from, end)
      : gatherBatch(whole, from < end ? Int32Array.of(from, end) : new Int32Array(0));
  });
  return new Table(schema, batches);
}

/** Cells that are simpler than one, the simplest first. */
function simplerThan(cell: Cell): Cell[] {
  if (cell === null) return [];
  if (cell instanceof Uint8Array) {
    const text = new TextDecoder().decode(cell);
    const shorter = [
      "",
      "a",
      [...text].slice(0, [...text].length >> 1).join(""),
      [...text].slice(1).join(""),
    ];
    return shorter
      .filter((one) => one.length < text.length || (one === "a" && text.length === 1 && text > "a"))
      .map((one) => new TextEncoder().encode(one));
  }
  if (typeof cell === "bigint")
    return [0n, 1n, cell / 2n, cell - cell / 4n, cell - cell / 16n, cell - (cell > 0n ? 1n : -1n)].filter(
      (one) => abs(one) < abs(cell),
    );
  const less = [0.5, 0.75, 0.9375].map((share) => Math.trunc(cell * share));
  const plain = [0, 1, ...less, Math.trunc(cell), Number.isInteger(cell) ? cell - Math.sign(cell) : cell];
  return plain.filter((one) => Number.isNaN(cell) || Math.abs(one) < Math.abs(cell));
}

const abs = (value: bigint) => (value < 0n ? -value : value);

/** Tables that meet a goal; every one it makes or shrinks to was judged. */
class GoalTables extends fc.Arbitrary<Table> {
  readonly #solution: Solution;
  readonly #terms: Terms;

  constructor(solution: Solution, terms: Terms) {
    super();
    this.#solution = solution;
    this.#terms = terms;
  }

  get #schema(): Schema {
    return this.#solution.search.judge.schema;
  }

  #isMet(table: Table): boolean {
    const judge = judgesOf(this.#terms.suite, this.#terms.given)(table.schema);
    return distanceTo(judge.judge(table.batches), this.#solution.goal) === 0;
  }

  #value(made: Made, table = tableFrom(this.#schema, made)): fc.Value<Table> {
    return new fc.Value(table, made);
  }

  generate(random: Random): fc.Value<Table> {
    const { search, goal, rows: known } = this.#solution;
    const { min, usual } = search.size;
    const start = search.draft(goal, random.nextInt(Math.min(min, usual), usual), random);
    const found = search.solve(goal, start, 30, random).rows;
    const rows = varied(
      this.#solution,
      search.isMet(found, goal) ? found : known,
      pick(random, [0, 3, 12]),
      random,
    );
    const made = { rows, layout: anyLayout(this.#schema, rows.length, random) };
    const table = tableFrom(this.#schema, made);
    return this.#isMet(table) ? this.#value(made, table) : this.#value({ rows, layout: PLAIN });
  }

  canShrinkWithoutContext(_value: unknown): _value is Table {
    return false;
  }

  override shrink(_table: Table, context: unknown): fc.Stream<fc.Value<Table>> {
    return new fc.Stream(this.#smaller(context as Made));
  }

  *#smaller(made: Made): Generator<fc.Value<Table>> {
    const least = Math.min(this.#solution.search.size.min, made.rows.length);
    for (const next of candidates(made)) {
      if (next.rows.length < least) continue;
      const table = tableFrom(this.#schema, next);
      if (this.#isMet(table)) yield this.#value(next, table);
    }
  }

  /** The table at the end of all shrinking. */
  smallest(): Table {
    let value = this.#value({ rows: this.#solution.rows, layout: PLAIN });
    for (;;) {
      const { done, value: next } = this.#smaller(value.context as Made).next();
      if (done) return value.value;
      value = next as fc.Value<Table>;
    }
  }
}

function* candidates({ rows, layout }: Made): Generator<Made> {
  if (layout !== PLAIN) yield { rows, layout: PLAIN };
  const cut = (kept: readonly Row[]): Made => ({ rows: kept, layout: PLAIN });
  for (let size = rows.length; size >= 1; size = Math.floor(size / 2)) {
    for (let from = 0; from < rows.length; from += size)
      yield cut([...rows.slice(0, from), ...rows.slice(from + size)]);
  }
  // A value that stands in several rows is made simpler in all of them first: rules may want them equal.
  for (const column of rows[0]?.keys() ?? []) {
    const cells = new Map(rows.map((row) => [cellKey(row[column]!), row[column]!]));
    for (const [key, cell] of cells) {
      for (const simpler of simplerThan(cell))
        yield cut(rows.map((row) => (cellKey(row[column]!) === key ? row.with(column, simpler) : row)));
    }
  }
  for (const [at, row] of rows.entries()) {
    for (const [column, cell] of row.entries()) {
      for (const simpler of simplerThan(cell)) {
        yield cut(rows.map((other, i) => (i === at ? other.with(column, simpler) : other)));
      }
    }
  }
}

/** The random numbers of the first search, which are the same in every process. */
function settled<T>(make: (random: Random) => T): T {
  class Once extends fc.Arbitrary<T> {
    generate(random: Random): fc.Value<T> {
      return new fc.Value(make(random), undefined);
    }
    canShrinkWithoutContext(_value: unknown): _value is T {
      return false;
    }
    shrink(): fc.Stream<fc.Value<T>> {
      return fc.Stream.nil();
    }
  }
  return fc.sample(new Once(), { seed: 1, numRuns: 1 })[0]!;
}

/**
 * Tables that meet a suite: `validate` gives them the status `pass`. Bounds and what lies beside them, nulls, NaN and
 * extremes stand in them where the suite allows it, in one batch or several, plain or dictionary-encoded. They shrink to
 * small tables.
 *
 * Throws a ConfigError that names the rules, within a second or so, when no table is found that meets them.
 *
 * @example fc.assert(fc.property(arbitraryTable(orders), (table) => total(table) >= 0))
 */
export function arbitraryTable(suite: Suite, options: SuiteTableOptions = {}): fc.Arbitrary<Table> {
  const terms = termsOf(suite, options);
  return new GoalTables(
    settled((random) => meeting(terms, random)),
    terms,
  );
}

function violating(suite: Suite, idOrLabel: string, options: SuiteTableOptions): GoalTables {
  const terms = termsOf(suite, options);
  const id = idOf(suite, idOrLabel);
  return new GoalTables(
    settled((random) => breaking(terms, id, random)),
    terms,
  );
}

/**
 * Tables that break one rule of a suite, which an id, a description or a type names, and no other: its outcome is
 * `warn` or `fail`, and every other one passes. They shrink to the smallest.
 *
 * Throws a ConfigError that says why when the rule can't be broken alone: another one implies it, or nothing breaks it.
 *
 * @example fc.assert(fc.asyncProperty(violatingTable(orders, "unique(id)"), async (table) => { await rejects(load(table)) }))
 */
export function violatingTable(
  suite: Suite,
  idOrLabel: string,
  options: SuiteTableOptions = {},
): fc.Arbitrary<Table> {
  return violating(suite, idOrLabel, options);
}

/** The smallest table that breaks one rule of a suite and no other, found by shrinking. Throws as `violatingTable` does. */
export function smallestViolation(suite: Suite, idOrLabel: string, options: SuiteTableOptions = {}): Table {
  return violating(suite, idOrLabel, options).smallest();
}
