import { Field, Schema } from "apache-arrow";
import type { Random } from "fast-check";
import { columnLabel } from "../../columns/address.js";
import type { ColumnRef } from "../../columns/columnUse.js";
import { canonicalTypeName, matchesTypeName, typeFromName } from "../../columns/typeFromName.js";
import type { Kind } from "../../columns/typeName.js";
import { ConfigError } from "../../errors/index.js";
import { batchOfRows } from "./cells.js";
import type { Judge } from "./judge.js";
import { chance, pick } from "./random.js";
import { parametersOf, type Rule } from "./rules.js";

/** A column as it is planned: a name and the name of its type. */
export interface Planned {
  readonly name: string;
  readonly type: string;
}

const TYPES: Readonly<Record<Kind, readonly string[]>> = {
  number: ["int32", "float64", "int64", "decimal128(10, 2)", "int8", "uint16", "float32"],
  string: ["utf8", "large_utf8"],
  temporal: ["timestamp[us]", "timestamp[us, UTC]", "date32", "time64[us]", "duration[ms]", "timestamp[ns]"],
  bool: ["bool"],
  binary: ["binary", "fixed_size_binary(4)"],
  null: [],
  nested: [],
};
const ALL_TYPES = [...Object.values(TYPES).flat(), "date64", "time32[ms]", "duration[us]", "uint8", "int16"];

/** The schema of planned columns, all of them nullable. */
export function schemaOf(columns: readonly Planned[]): Schema {
  return new Schema(columns.map(({ name, type }) => new Field(name, typeFromName(type), true)));
}

function topName(ref: ColumnRef, rule: Rule): string {
  if (typeof ref === "string" || ref.length === 1) return columnLabel(ref);
  throw new ConfigError(
    "config/bad-value",
    `${rule.id}: no table can be generated with the column ${JSON.stringify(columnLabel(ref))}, which lies inside a struct`,
    { unit: rule.id, value: ref },
  );
}

/** Texts in lists and names of entries: how a rule about the table's shape names columns and types. */
function namesIn(value: unknown): string[] {
  if (Array.isArray(value))
    return value.flatMap((part) => (typeof part === "string" ? [part] : namesIn(part)));
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([name, part]) =>
    typeof part === "string" ? [name, part] : [name, ...namesIn(part)],
  );
}

const isTypeName = (name: string) => canonicalTypeName(name.replace(/\?$/, "")) !== undefined;

/** The types a name stands for: itself, or those of a family that are tried. */
function concrete(name: string): string[] {
  const plain = name.replace(/\?$/, "");
  try {
    typeFromName(plain);
    return [plain];
  } catch {
    return ALL_TYPES.filter((type) => matchesTypeName(type, plain));
  }
}

/** Which columns a suite speaks of, in the order it names them, and the types that each may have, likeliest first. */
class Candidates {
  readonly types = new Map<string, string[]>();
  /** The columns that rules about values read, which no table can do without. */
  readonly needed = new Set<string>();

  constructor(rules: readonly Rule[]) {
    for (const { declared } of rules) for (const [name, type] of declared) this.#add(name, type);
    for (const rule of rules) if (rule.unit.shape === "table") this.#ofShape(rule);
    for (const rule of rules) this.#ofValues(rule);
    for (const [name, types] of this.types) this.types.set(name, [...new Set(types)]);
  }

  #add(name: string, ...types: string[]): void {
    this.types.set(name, [...(this.types.get(name) ?? []), ...types.flatMap(concrete)]);
  }

  #ofShape({ unit, stored, columns }: Rule): void {
    const names = Object.values(parametersOf(stored)).flatMap((value) =>
      typeof value === "object" ? namesIn(value) : [],
    );
    const types = names.filter(isTypeName);
    const own = unit.columns(stored as never);
    if (unit.declares === undefined) {
      for (const ref of own) this.#add(columnLabel(ref), ...types);
      if (own.length === 0) for (const name of names) if (!isTypeName(name)) this.#add(name);
    }
    for (const ref of columns) this.#add(columnLabel(ref));
  }

  #ofValues(rule: Rule): void {
    const { unit, columns, stored } = rule;
    const own = unit.columns(stored as never).map(columnLabel);
    const { example } = unit.about;
    const theirs = unit.columns({ type: unit.type, ...example.params }).map(columnLabel);
    for (const ref of columns) {
      const name = topName(ref, rule);
      if (unit.shape !== "table") this.needed.add(name);
      const at = own.indexOf(name);
      const known = at < 0 ? undefined : example.table[theirs[Math.min(at, theirs.length - 1)] ?? ""];
      this.#add(name, ...(known && unit.shape !== "table" ? [known.type] : []));
    }
  }

  /** What may be tried for a column: what is said of it, then everything. */
  of(name: string): readonly string[] {
    return [...new Set([...(this.types.get(name) ?? []), ...ALL_TYPES])];
  }

  first(): Planned[] {
    return [...this.types].map(([name, [type]]) => ({ name, type: type ?? PLAIN_TYPE }));
  }
}

// For a column that no rule says anything of but its name.
const PLAIN_TYPE = "int32";

/** What is amiss with a schema before there are rows: rules that can't be evaluated on it, and shapes that aren't as wanted. */
function amiss(judge: Judge): { readonly errors: Set<string>; readonly faults: Set<string>; gap: number } {
  const { outcomes } = judge.judge([batchOfRows(judge.schema, [])]);
  const errors = new Set<string>();
  const faults = new Set<string>();
  let gap = 0;
  for (const [i, { id, status, observed, expectation }] of outcomes.entries()) {
    if (status === "error") errors.add(id);
    else if (judge.prepared[i]!.unit.shape === "table" && status !== "pass") {
      faults.add(id);
      const { min } = expectation as { min?: unknown };
      if (typeof observed === "number" && typeof min === "number") gap += Math.max(0, min - observed);
    }
  }
  return { errors, faults, gap };
}

const TRIES = 300;

/** Searches for columns on which all rules can be evaluated and as many shapes as possible are as wanted. */
export class SchemaSearch {
  readonly #candidates: Candidates;
  readonly #rules: ReadonlyMap<string, Rule>;
  readonly #judge: (schema: Schema) => Judge;
  readonly #random: Random;

  constructor(rules: readonly Rule[], judge: (schema: Schema) => Judge, random: Random) {
    this.#rules = new Map(rules.map((rule) => [rule.id, rule]));
    this.#candidates = new Candidates(rules);
    this.#judge = judge;
    this.#random = random;
  }

  #cost(columns: readonly Planned[]): { cost: number; blamed: string[] } {
    const { errors, faults, gap } = amiss(this.#judge(schemaOf(columns)));
    // Rows that aren't there yet are no fault of the columns: nothing is added that doesn't help.
    const spare = columns.filter(({ name }) => !this.#candidates.types.has(name)).length;
    return { cost: errors.size * 100 + faults.size * 10 + gap + spare / 10, blamed: [...errors, ...faults] };
  }

  find(): Planned[] {
    const [example] = [...this.#rules.values()].flatMap(({ unit }) =>
      Object.entries(unit.about.example.table),
    );
    const first = this.#candidates.first();
    // A table needs a column, whatever is asked of it.
    let best =
      first.length > 0 ? first : [{ name: example?.[0] ?? "value", type: example?.[1].type ?? "int32" }];
    let { cost, blamed } = this.#cost(best);
    let [columns, walked] = [best, cost];
    for (let i = 0; i < TRIES && blamed.length > 0; i++) {
      const next = this.change(columns, this.#rules.get(pick(this.#random, blamed)));
      const found = this.#cost(next);
      if (found.cost > walked) continue;
      [columns, walked] = [next, found.cost];
      if (found.cost >= cost) continue;
      best = next;
      ({ cost, blamed } = found);
    }
    return best;
  }

  /** The columns with one thing about them changed, one that a rule speaks of where it speaks of some. */
  change(columns: readonly Planned[], rule: Rule | undefined): Planned[] {
    const random = this.#random;
    const next = [...columns];
    const spoken = rule ? rule.columns.map(columnLabel) : [];
    const among = next.flatMap(({ name }, i) => (spoken.length === 0 || spoken.includes(name) ? [i] : []));
    const at = among.length > 0 ? pick(random, among) : random.nextInt(0, next.length - 1);
    const way = random.nextInt(0, 4);
    if (way <= 1) {
      const likely = this.#candidates.of(next[at]!.name);
      const type = chance(random, 0.7) ? pick(random, likely.slice(0, 10)) : pick(random, likely);
      next[at] = { ...next[at]!, type };
    } else if (way === 2) {
      const other = random.nextInt(0, next.length - 1);
      [next[at], next[other]] = [next[other]!, next[at]!];
    } else if (way === 3 && next.length > 1 && !this.#candidates.needed.has(next[at]!.name))
      next.splice(at, 1);
    else {
      const absent = [...this.#candidates.types.keys()].filter((name) =>
        next.every((one) => one.name !== name),
      );
      const name = absent.length > 0 ? pick(random, absent) : unused(next);
      const type = this.#candidates.types.get(name)?.[0] ?? "int32";
      next.splice(random.nextInt(0, next.length), 0, { name, type });
    }
    return next;
  }
}

function unused(columns: readonly Planned[]): string {
  for (let i = 1; ; i++) if (columns.every(({ name }) => name !== `extra${i}`)) return `extra${i}`;
}
