import { type DataType, type Schema, DataType as Types } from "apache-arrow";
import type { Random } from "fast-check";
import { resolveColumn } from "../../columns/address.js";
import type { ColumnUse } from "../../columns/columnUse.js";
import { typeName } from "../../columns/typeName.js";
import { storedWithin } from "../../expectations/unit/bounds.js";
import type { Predicate } from "../../predicates/predicate.js";
import { bytesOf, type Cell, cellKey, cellsOf, neighboursOf, textOf } from "./cells.js";
import type { Given } from "./judge.js";
import { literalOf, pickTuple } from "./literals.js";
import type { Pool } from "./pool.js";
import { chance, pick, shuffled } from "./random.js";
import { textLike, textOfForm, textOfLength } from "./texts.js";

type Part<Op extends Predicate["op"]> = Extract<Predicate, { op: Op }>;

const TRIES = 12;

/** Changes cells of a row so that a predicate becomes what is wanted of it, or comes nearer to it. */
export class RowMoves {
  readonly #schema: Schema;
  readonly #pools: readonly Pool[];
  readonly #tables: Given["tables"];

  constructor(schema: Schema, pools: readonly Pool[], { tables }: Given) {
    this.#tables = tables;
    this.#schema = schema;
    this.#pools = pools;
  }

  /** Makes a predicate more likely to be not false (`true`), or false. */
  toward(part: Predicate, want: boolean, row: Cell[], random: Random): void {
    switch (part.op) {
      case "and":
      case "or": {
        const every = (part.op === "and") === want;
        const parts = every ? shuffled(random, part.of) : part.of.length > 0 ? [pick(random, part.of)] : [];
        for (const one of parts) this.toward(one, want, row, random);
        return;
      }
      case "not":
        this.toward(part.of, !want, row, random);
        return;
      case "guard":
        if (want && chance(random, 0.3)) {
          this.toward(part.when, false, row, random);
          return;
        }
        if (!want) this.toward(part.when, true, row, random);
        this.toward(part.of, want, row, random);
        return;
      case "known":
        if (part.as === want && chance(random, 0.2)) this.#forget(part.of, row, random);
        else this.toward(part.of, want, row, random);
        return;
      case "isNull":
        this.#set(part.column, row, (pool) => (want ? null : pool.value(random)));
        return;
      case "isNaN":
        this.#set(part.column, row, (pool) =>
          want && Types.isFloat(pool.type) ? Number.NaN : pool.value(random),
        );
        return;
      case "pair":
        this.#pair(part, want, row, random);
        return;
      case "rowSum":
        if (want) this.#sum(part, row, random);
        else this.#redraw(part.columns, row, random);
        return;
      case "lookUp":
        if (want) this.#lookedUp(part, row, random);
        else this.#redraw(part.columns, row, random);
        return;
      case "call":
        this.#redraw(part.columns, row, random);
        return;
      case "range":
      case "in":
      case "matches":
      case "length":
      case "parses":
        this.#set(part.column, row, (pool) => this.#value(part, want, pool, random));
    }
  }

  #set(ref: ColumnUse, row: Cell[], make: (pool: Pool) => Cell): void {
    const at = this.#at(ref);
    if (at !== undefined) row[at] = make(this.#pools[at]!);
  }

  #at(ref: ColumnUse): number | undefined {
    const found = resolveColumn(this.#schema, ref);
    return "problem" in found ? undefined : found.index;
  }

  /** A null somewhere makes most tests unknown. */
  #forget(part: Predicate, row: Cell[], random: Random): void {
    if ("column" in part && part.op !== "isNull") this.#set(part.column, row, () => null);
    else this.toward(part, true, row, random);
  }

  #redraw(refs: readonly ColumnUse[], row: Cell[], random: Random): void {
    const chosen = chance(random, 0.5) ? refs : [pick(random, refs)];
    for (const ref of chosen) this.#set(ref, row, (pool) => pool.draw(random));
  }

  /** A value that a test of one column holds of, or doesn't, as far as can be told here. */
  #value(
    part: Part<"range" | "in" | "matches" | "length" | "parses">,
    want: boolean,
    pool: Pool,
    random: Random,
  ): Cell {
    const outside = want ? [] : pool.beside.filter((cell) => this.#holds(part, pool.type, cell) === false);
    if (outside.length > 0 && chance(random, 0.5)) return pick(random, outside);
    for (let i = 0; i < TRIES; i++) {
      const cell = (want ? this.#likely(part, pool, random) : undefined) ?? pool.value(random);
      if (cell !== null && (this.#holds(part, pool.type, cell) ?? want) === want) return cell;
    }
    return pool.value(random);
  }

  #likely(
    part: Part<"range" | "in" | "matches" | "length" | "parses">,
    pool: Pool,
    random: Random,
  ): Cell | undefined {
    const text = (made: string | undefined) => (made === undefined ? undefined : bytesOf(made));
    switch (part.op) {
      case "matches":
        return text(textLike(pick(random, part.patterns), random));
      case "length": {
        const { min = 0, max = min + 8 } = part;
        return text(textOfLength(random.nextInt(min, Math.min(max, min + 50)), random));
      }
      case "parses":
        return text(textOfForm(part.as, random));
      case "in":
        return part.values.length === 0 ? undefined : cellsOf(pool.type, pick(random, part.values))[0];
      case "range":
        return undefined;
    }
  }

  /** Whether a test holds of a value, where that can be told here. */
  #holds(part: Predicate, type: DataType, cell: Exclude<Cell, null>): boolean | undefined {
    if (typeof cell === "number" && Number.isNaN(cell)) return false;
    try {
      if (part.op === "range") return storedWithin(type, cell, part);
      if (part.op !== "in") return undefined;
      const key = cellKey(cell);
      return part.values.some((value) => cellsOf(type, value).some((one) => cellKey(one) === key));
    } catch {
      // A literal that doesn't fit the column is the judge's to report.
      return undefined;
    }
  }

  #pair({ left, right, compare }: Part<"pair">, want: boolean, row: Cell[], random: Random): void {
    const [a, b] = [this.#at(left), this.#at(right)];
    if (a === undefined || b === undefined) return;
    const [to, from] = chance(random, 0.5) ? [a, b] : [b, a];
    const pool = this.#pools[to]!;
    if (row[from] === null) row[from] = this.#pools[from]!.value(random);
    const same = this.#converted(row[from]!, from, to);
    const equalWanted = compare === "eq" ? want : compare === "ge" ? want && chance(random, 0.3) : !want;
    if (equalWanted && same !== undefined) {
      row[to] = same;
      return;
    }
    const near = same === undefined || same === null ? [] : neighboursOf(pool.type, same);
    row[to] = near.length > 0 && chance(random, 0.5) ? pick(random, near) : pool.value(random);
    const isGreater = compare !== "eq" && row[a] !== null && row[b] !== null;
    // The larger one belongs to the left, or to the right, whichever column was drawn.
    const swap = isGreater && typeName(this.#pools[a]!.type) === typeName(this.#pools[b]!.type);
    if (swap && isAbove(row[a]!, row[b]!) !== want) [row[a], row[b]] = [row[b]!, row[a]!];
  }

  #lookedUp({ columns, keys, table }: Part<"lookUp">, row: Cell[], random: Random): void {
    const found = pickTuple(this.#tables?.[table], keys, random);
    for (const [nth, literal] of (found ?? []).entries())
      this.#set(columns[nth]!, row, (pool) => cellsOf(pool.type, literal)[0] ?? pool.value(random));
  }

  #converted(cell: Cell, from: number, to: number): Cell | undefined {
    const [source, target] = [this.#pools[from]!.type, this.#pools[to]!.type];
    if (cell === null || typeName(source) === typeName(target)) return cell;
    return cellsOf(target, literalOf(source, cell))[0];
  }

  #sum({ columns, total }: Part<"rowSum">, row: Cell[], random: Random): void {
    const at = columns.flatMap((ref) => this.#at(ref) ?? []);
    const last = pick(random, at);
    const others = at.filter((one) => one !== last);
    for (const one of others) {
      const type = this.#pools[one]!.type;
      if (row[one] === null || chance(random, 0.5))
        row[one] = cellsOf(type, random.nextInt(-3, 9))[0] ?? this.#pools[one]!.value(random);
    }
    const rest = others.reduce(
      (sum, one) => sum - Number(literalOf(this.#pools[one]!.type, row[one]!)),
      Number(total),
    );
    const found = Number.isFinite(rest) ? cellsOf(this.#pools[last]!.type, Number(rest.toPrecision(15))) : [];
    row[last] = found[0] ?? this.#pools[last]!.value(random);
  }
}

function isAbove(a: Exclude<Cell, null>, b: Exclude<Cell, null>): boolean {
  if (a instanceof Uint8Array && b instanceof Uint8Array) return textOf(a) > textOf(b);
  return a > b;
}
