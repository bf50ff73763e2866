import { type ColumnAddress, columnLabel } from "../columns/address.js";
import { BatchViews, blocksOf } from "../columns/block.js";
import { familyOf } from "../columns/storageUnit.js";
import { logicalName, typeName } from "../columns/typeName.js";
import { ConfigError, EngineError, InputError } from "../errors/index.js";
import { unitOf } from "../expectations/unit/registry.js";
import type { Source } from "../io/source.js";
import { KeyTable } from "../metrics/keyTable.js";
import type { Holder, MemoryBudget } from "../metrics/memoryBudget.js";
import { requireComparable } from "../predicates/bind.js";
import type { KeyFinder, LookUp } from "../predicates/leaves/lookUp.js";
import { leavesOf } from "../predicates/predicate.js";
import type { Suite } from "../suite/suite.js";
import { givenUnder, type LeftToRun } from "./givenNames.js";
import { openSource, type SourceInput } from "./openSource.js";
import type { ValidateOptions } from "./options.js";
import { predicatesOf } from "./prepare.js";

/** A table that a suite names, and the columns of it that are looked at; none where only its rows are counted. */
export interface NamedTable extends LeftToRun {
  readonly columns: readonly string[];
}

/** The tables that a suite names, in the order it names them. */
export function tablesNamedBy(suite: Suite): NamedTable[] {
  const found = new Map<string, { type: string; columns: Set<string> }>();
  const add = (name: string, type: string, columns: readonly string[]) => {
    const known = found.get(name) ?? { type, columns: new Set() };
    for (const column of columns) known.columns.add(column);
    found.set(name, known);
  };
  for (const stored of suite.expectations) {
    const { rule, metrics = [], tables = [] } = unitOf(stored.type).needs(stored as never);
    for (const name of tables) add(name, stored.type, []);
    for (const leaf of predicatesOf(rule, metrics).flatMap(leavesOf)) {
      if (leaf.op === "lookUp") add(leaf.table, stored.type, leaf.keys.map(columnLabel));
    }
  }
  return [...found].map(([name, { type, columns }]) => ({ name, type, columns: [...columns] }));
}

interface Wanted {
  readonly addresses: readonly ColumnAddress[];
  readonly keys: KeyTable;
}

/** A table given to a run: its source, the keys that were asked of it, and how many rows it has. */
interface GivenTable {
  readonly source: Source;
  readonly wanted: Map<string, Wanted>;
  rows: number | undefined;
}

/** A table that a suite names, as it was given. Throws ConfigError. */
export function givenTable<T extends SourceInput>(
  named: NamedTable,
  given: Readonly<Record<string, T>> | undefined,
): T {
  return givenUnder(named, given, { option: "tables", value: "source" });
}

/** Makes sure that every table a suite names is given. Throws ConfigError with the nearest name. */
export function requireTables(suite: Suite, { tables }: ValidateOptions): void {
  for (const named of tablesNamedBy(suite)) givenTable(named, tables);
}

/** Refuses keys that values of a column can't equal, whatever they are. Throws ConfigError. */
export function requireSameFamily(own: ColumnAddress, key: ColumnAddress, table: string): void {
  if (key.kind === "null" || familyOf(own.type) === familyOf(key.type)) return;
  throw new ConfigError(
    "config/bad-value",
    `${JSON.stringify(own.name)} (${logicalName(own.type)}) can't be looked up in ${JSON.stringify(key.name)} of table ${JSON.stringify(table)}, which is ${logicalName(key.type)}`,
    { parameter: "tables", value: table },
  );
}

/** A fault of a table that is read beside the source, which says which table it is. */
function faultOf(name: string, error: unknown): unknown {
  if (!(error instanceof InputError)) return error;
  return new InputError(error.code, `table ${JSON.stringify(name)}: ${error.message}`, {
    ...error.details,
    cause: error,
  });
}

/** The other tables of a run. Each is read once, before the source is, and only in the columns that are looked at. */
export class GivenTables {
  readonly #tables: ReadonlyMap<string, GivenTable>;
  #isRead = false;

  private constructor(tables: ReadonlyMap<string, GivenTable>) {
    this.#tables = tables;
  }

  /** Opens the tables a suite names. Throws InputError for one that can't be opened. */
  static async open(suite: Suite, options: ValidateOptions): Promise<GivenTables> {
    const named = tablesNamedBy(suite);
    const tables = new Map<string, GivenTable>();
    const opened = new GivenTables(tables);
    try {
      for (const table of named) {
        const source = await openSource(
          givenTable(table, options.tables),
          options.allowUrls ? { allowUrls: true } : {},
        );
        tables.set(table.name, { source, wanted: new Map(), rows: source.rows });
      }
    } catch (error) {
      await opened.close();
      throw error instanceof InputError ? faultOf(named[tables.size]!.name, error) : error;
    }
    return opened;
  }

  /** The keys of a table in the terms of the columns that are looked up, filled by `read`. Throws ConfigError. */
  readonly lookUp: LookUp = ({ table, keys }, own): KeyFinder => {
    const { source, wanted } = this.#tables.get(table)!;
    const question = JSON.stringify([keys, own.map(({ type }) => typeName(type))]);
    const known = wanted.get(question);
    if (known) return known.keys;
    if (this.#isRead) throw new EngineError("engine/failed", `table ${table} was read before it was asked`);
    const addresses = keys.map((key) => requireComparableKey(source, key, table));
    for (const [nth, address] of addresses.entries()) requireSameFamily(own[nth]!, address, table);
    const made = { addresses, keys: new KeyTable(addresses, own) };
    wanted.set(question, made);
    return made.keys;
  };

  /** Reads what was asked of each table. Throws InputError that names the table, and EngineError where its keys are too many. */
  async read(memory?: MemoryBudget): Promise<void> {
    this.#isRead = true;
    for (const [name, table] of this.#tables) {
      if (table.wanted.size === 0 && table.rows !== undefined) continue;
      for (const { keys } of table.wanted.values()) memory?.add(holderOf(name, keys));
      try {
        await readTable(table, memory);
      } catch (error) {
        throw faultOf(name, error);
      }
    }
  }

  /** The rows of a table that was read. */
  rows(name: string): number {
    return this.#tables.get(name)!.rows!;
  }

  /** Frees the sources; the keys stay. Safe to call twice. */
  async close(): Promise<void> {
    for (const { source } of this.#tables.values()) await source.close();
  }
}

function requireComparableKey({ schema }: Source, key: string | readonly string[], table: string) {
  try {
    return requireComparable(schema, key);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new ConfigError(error.code, `table ${JSON.stringify(table)}: ${error.message}`, error.details);
  }
}

function holderOf(name: string, keys: KeyTable): Holder {
  return {
    holds: `the keys of table ${JSON.stringify(name)}`,
    get byteLength() {
      return keys.byteLength;
    },
  };
}

async function readTable(table: GivenTable, memory: MemoryBudget | undefined): Promise<void> {
  const { source, wanted } = table;
  const all = [...wanted.values()];
  const columns = [...new Set(all.flatMap(({ addresses }) => addresses.map(({ index }) => index)))];
  columns.sort((a, b) => a - b);
  const positions = new Map(columns.map((index, position) => [index, position]));
  let rows = 0;
  for await (const batch of source.batches({ columns })) {
    const views = new BatchViews(batch, positions);
    for (const block of blocksOf(views, rows)) {
      for (const { keys } of all) keys.observe(block);
      memory?.keep();
    }
    rows += batch.numRows;
  }
  table.rows = rows;
}
