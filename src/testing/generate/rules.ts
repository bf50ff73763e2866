import type { Schema } from "apache-arrow";
import { columnLabel, resolveColumn } from "../../columns/address.js";
import { type ColumnRef, type ColumnUse, refOf } from "../../columns/columnUse.js";
import type { Literal } from "../../columns/literal.js";
import type { ColumnProfile } from "../../drift/profile.js";
import type { Expectation } from "../../expectations/unit/expectation.js";
import { optionSchemas } from "../../expectations/unit/options.js";
import { memberPredicate } from "../../expectations/unit/rowUnit.js";
import type { AnyUnit, Needs } from "../../expectations/unit/unit.js";
import { ruleColumns } from "../../plan/rule.js";
import { columnsOf, type Predicate } from "../../predicates/predicate.js";
import type { Identified } from "../../suite/suite.js";
import type { Given } from "./judge.js";
import { tuplesOf } from "./literals.js";
import type { MakeText } from "./pool.js";
import { anyWord, textLike, textOfForm, textOfLength } from "./texts.js";

/** Columns of a table that some rule speaks of, whole: repeated over the rows they are likely to meet it, or to break it. */
export type Fragment = ReadonlyMap<string, readonly (Literal | null)[]>;

/** What a rule says, as far as making tables goes. */
export interface Rule extends Identified {
  readonly needs: Needs;
  /** What must not be false of a row, for a rule that a row meets or breaks by itself. */
  readonly test: Predicate | undefined;
  /** The columns it reads, by label. */
  readonly columns: readonly ColumnRef[];
  /** Values it speaks of, by column label. */
  readonly spoken: ReadonlyMap<string, readonly Literal[]>;
  readonly texts: ReadonlyMap<string, readonly MakeText[]>;
  readonly fragments: readonly Fragment[];
  /** The one of them that is known to meet it by itself. */
  readonly sample: Fragment | undefined;
  /** Columns it wants to be there, with the names of their types. */
  readonly declared: readonly (readonly [column: string, type: string])[];
}

const MOST_REBUILT = 64;

type Spoken = Map<string, Literal[]>;
type Texts = Map<string, MakeText[]>;

function push<T>(into: Map<string, T[]>, ref: ColumnUse, ...values: T[]): void {
  const label = columnLabel(ref);
  into.set(label, [...(into.get(label) ?? []), ...values]);
}

/** Collects what a predicate says of each column. */
function hear(part: Predicate, spoken: Spoken, texts: Texts, given: Given): void {
  switch (part.op) {
    case "and":
    case "or":
      for (const one of part.of) hear(one, spoken, texts, given);
      return;
    case "not":
    case "known":
      hear(part.of, spoken, texts, given);
      return;
    case "guard":
      hear(part.when, spoken, texts, given);
      hear(part.of, spoken, texts, given);
      return;
    case "range": {
      const { min, max, minExclusive, maxExclusive } = part;
      for (const bound of [min, max, minExclusive, maxExclusive])
        if (bound !== undefined) push(spoken, part.column, bound);
      return;
    }
    case "lookUp": {
      const table = given.tables?.[part.table];
      for (const tuple of table ? tuplesOf(table, part.keys, MOST_REBUILT) : [])
        for (const [nth, value] of tuple.entries())
          if (value !== null) push(spoken, part.columns[nth]!, value);
      return;
    }
    case "in":
      push(spoken, part.column, ...part.values);
      return;
    case "rowSum":
      for (const column of part.columns) push(spoken, column, 0, 1, part.total);
      return;
    case "matches":
      for (const pattern of part.patterns) push(texts, part.column, (random) => textLike(pattern, random));
      return;
    case "length": {
      const { min = 0, max = min + 8, column } = part;
      const lengths = [min, max, Math.max(min - 1, 0), max + 1].map((one) => Math.min(one, 5000));
      push(
        texts,
        column,
        (random) => textOfLength(lengths[random.nextInt(0, 3)]!, random),
        (random) => textOfLength(random.nextInt(lengths[0]!, lengths[1]!), random),
      );
      return;
    }
    case "parses":
      push(texts, part.column, (random) => textOfForm(part.as, random), anyWord);
      return;
  }
}

/** Every number, text and truth value of some parameters, however deep. */
function literalsIn(value: unknown, names: ReadonlySet<unknown>): Literal[] {
  if (typeof value === "number" || typeof value === "boolean") return [value];
  if (typeof value === "string") return names.has(value) ? [] : [value];
  if (Array.isArray(value)) return value.flatMap((part) => literalsIn(part, names));
  if (value === null || typeof value !== "object") return [];
  return Object.values(value).flatMap((part) => literalsIn(part, names));
}

/** The parameters of a stored expectation, without its options. */
export function parametersOf({ type: _, ...stored }: Expectation): Record<string, unknown> {
  return Object.fromEntries(Object.entries(stored).filter(([name]) => !Object.hasOwn(optionSchemas, name)));
}

/** The author's own tables, under the names that this expectation has for the columns. */
function ownTables(unit: AnyUnit, columns: readonly ColumnRef[]): Fragment[] {
  const { example, violation } = unit.about;
  const theirs = unit.columns({ type: unit.type, ...example.params }).map(columnLabel);
  return [example.table, violation.table].map(
    (table) =>
      new Map(
        Object.entries(table).flatMap(([name, { values }]) => {
          const at = theirs.indexOf(name);
          const ours = at < 0 ? (unit.shape === "table" ? name : undefined) : columns[at];
          return ours === undefined ? [] : [[columnLabel(ours), values as (Literal | null)[]] as const];
        }),
      ),
  );
}

/** A column as a baseline has it, in so many rows as it needs. */
function rebuilt({ rows, nulls, numbers, levels }: ColumnProfile): (Literal | null)[] {
  const few = Math.max(1, Math.min(rows, MOST_REBUILT));
  const share = (count: number) => Math.round((count / Math.max(rows, 1)) * few);
  const missing = new Array<null>(share(nulls)).fill(null);
  if (levels) return [...missing, ...levels.levels.flatMap(([level, n]) => Array(share(n)).fill(level))];
  if (!numbers) return missing;
  const { values, at, gaps } = numbers.places;
  const total = values.reduce((sum, _, i) => sum + at[i]! + gaps[i]!, 0);
  const wanted = few - missing.length;
  const found: Literal[] = [];
  let passed = 0;
  for (const [i, value] of values.entries()) {
    passed += at[i]! + gaps[i]!;
    while (found.length < wanted && ((found.length + 0.5) / wanted) * total <= passed) found.push(value);
  }
  return [...missing, ...found];
}

/** The columns of baselines that a rule is held against. */
function comparedColumns({ baselines = [], drift }: Needs, given: Given): ColumnProfile[][] {
  const wanted = [
    ...baselines.map(({ name, column }) => ({ name, columns: column === undefined ? [] : [column] })),
    ...(drift ? [{ name: drift.baseline, columns: drift.settings.columns }] : []),
  ];
  return wanted.flatMap(({ name, columns }) => {
    const profile = given.baselines?.[name];
    return profile ? [profile.columns.filter((column) => columns?.includes(column.name) ?? true)] : [];
  });
}

/** When it is, for rules about how old something is. */
function momentOf({ now = new Date() }: Given): string {
  return now instanceof Date ? now.toISOString() : now;
}

/** What a rule of a suite says of the tables that meet it. */
export function ruleOf({ id, unit, stored }: Identified, given: Given): Rule {
  const needs = unit.needs(stored as never);
  const { rule, metrics = [] } = needs;
  const isLocal = rule?.kind === "local" || rule?.kind === "function";
  const test = rule && isLocal ? memberPredicate(rule) : undefined;
  const own = unit.columns(stored as never);
  const wheres = metrics.flatMap(({ where }) => (where ? [where] : []));
  const parts = [test, rule?.when, rule?.ignore, ...wheres].filter((part) => part !== undefined);
  const spoken: Spoken = new Map();
  const texts: Texts = new Map();
  for (const part of parts) hear(part, spoken, texts, given);
  const labels = new Set(own.map(columnLabel));
  if (!test && unit.shape !== "table") {
    const literals = [...literalsIn(parametersOf(stored), labels), momentOf(given)];
    for (const column of own) push(spoken, column, ...literals);
  }
  const compared = comparedColumns(needs, given);
  const declared = [
    ...(unit.declares?.(stored as never) ?? []),
    ...compared.flat().map(({ name, type }) => [name, type] as const),
  ];
  const made = unit.sample?.(stored as never);
  const samples = [
    ...(made ? [new Map(Object.entries(made)) as Fragment] : []),
    ...compared.map((of): Fragment => new Map(of.map((column) => [column.name, rebuilt(column)]))),
  ];
  const fragments = [...samples, ...ownTables(unit, own)];
  for (const fragment of fragments) {
    for (const [label, values] of fragment)
      if (unit.shape !== "table") push(spoken, label, ...values.filter((value) => value !== null));
  }
  const read = [
    ...own,
    ...(rule ? ruleColumns(rule) : []),
    ...metrics.flatMap(({ column, beside }) => [column, beside].filter((ref) => ref !== undefined)),
    ...wheres.flatMap(columnsOf),
  ];
  const columns = [...new Map(read.map(refOf).map((ref) => [JSON.stringify(ref), ref])).values()];
  return { id, unit, stored, needs, test, columns, spoken, texts, fragments, sample: samples[0], declared };
}

/** The positions of a rule's columns in a schema that has them. */
export function positionsOf(schema: Schema, { columns }: Rule): number[] {
  return columns.flatMap((ref) => {
    const found = resolveColumn(schema, ref);
    return "problem" in found ? [] : [found.index];
  });
}
