import type { Random } from "fast-check";
import { resolveColumn } from "../../columns/address.js";
import { batchOfRows, type Cell, type Row } from "./cells.js";
import { distanceTo, type Goal, isShort, unmetBy } from "./goal.js";
import type { Given, Judge, Verdict } from "./judge.js";
import { type Laid, laidBy, poolsOf, sortedBy } from "./material.js";
import type { Pool } from "./pool.js";
import { chance, pick, shuffled } from "./random.js";
import { RowSearch } from "./rowSearch.js";
import { positionsOf, type Rule } from "./rules.js";

/** How many rows a table may have. */
export interface Size {
  readonly min: number;
  /** What is tried without need. */
  readonly usual: number;
  readonly max: number;
}

/** Searches for rows of one schema that meet a goal together: changes what the verdict blames, and keeps what comes nearer. */
export class TableSearch {
  readonly judge: Judge;
  readonly pools: readonly Pool[];
  readonly #rules: ReadonlyMap<string, Rule>;
  readonly #rows: RowSearch;
  readonly #laid: ReadonlyMap<string, readonly Laid[]>;
  readonly size: Size;
  #good: Row[] = [];
  #bad: Row[] = [];

  constructor(judge: Judge, rules: readonly Rule[], size: Size, given: Given) {
    this.judge = judge;
    this.pools = poolsOf(judge, rules);
    this.#rules = new Map(rules.map((rule) => [rule.id, rule]));
    this.#rows = new RowSearch(judge, this.pools, rules, given);
    this.#laid = new Map(rules.map((rule) => [rule.id, laidBy(judge, rule)]));
    this.size = size;
  }

  verdict(rows: readonly Row[]): Verdict {
    return this.judge.judge([batchOfRows(this.judge.schema, rows)]);
  }

  isMet(rows: readonly Row[], goal: Goal): boolean {
    return distanceTo(this.verdict(rows), goal) === 0;
  }

  /** Fills the store of rows that tables are put together from. */
  stock(goal: Goal, random: Random): void {
    this.#good = this.#rows.find(48, undefined, [], random);
    this.#askOfNulls(goal, random);
    const isTested = goal.target !== undefined && this.#rules.get(goal.target)?.test !== undefined;
    this.#bad = isTested ? this.#rows.find(12, goal.target, this.#good, random) : [];
  }

  /** Finds the columns in which a null breaks a rule that isn't about single rows, and keeps nulls out of them. */
  #askOfNulls({ target }: Goal, random: Random): void {
    const rows = [0, 1].map(() => this.pools.map((pool) => pool.value(random)));
    const broken = (of: readonly Row[]) =>
      this.verdict(of).outcomes.filter(({ id, status }) => status !== "pass" && id !== target).length;
    const before = broken(rows);
    for (const [column, pool] of this.pools.entries()) {
      const withNull = [rows[0]!.with(column, null), rows[1]!];
      pool.takesNull = broken(withNull) <= before;
    }
    this.#good = this.#good.map((row) =>
      row.map((cell, i) =>
        cell === null && !this.pools[i]!.takesNull ? this.pools[i]!.value(random) : cell,
      ),
    );
    const unmet = this.#good.length > 0 ? this.#rows.unmet(this.#good, undefined) : [];
    this.#good = this.#good.filter((_, i) => unmet[i]!.length === 0);
  }

  /** Rows in the order that a rule wants them in, where one does. */
  #inOrder(rows: Row[], { target }: Goal): Row[] {
    for (const { id, needs } of this.#rules.values()) {
      const { rule } = needs;
      if (rule?.kind !== "ordered" || id === target) continue;
      const found = resolveColumn(this.judge.schema, rule.column);
      if (!("problem" in found)) return sortedBy(rows, found.index, rule.direction !== "decreasing");
    }
    return rows;
  }

  /** A first table: rows from the store with known samples laid over them, one of them broken where one is wanted. */
  draft(goal: Goal, rows: number, random: Random): Row[] {
    let drafted: Row[] = Array.from({ length: Math.max(rows, this.size.min) }, () => this.goodRow(random));
    for (const { id, sample } of this.#rules.values()) {
      if (sample && id !== goal.target && drafted.length > 0 && chance(random, 0.9))
        drafted = this.#laidOver(drafted, this.#laid.get(id)![0], true, random);
    }
    if (goal.target !== undefined && this.#bad.length > 0) {
      const at = random.nextInt(0, drafted.length);
      drafted.splice(at, drafted.length >= this.size.usual ? 1 : 0, pick(random, this.#bad));
    }
    return this.#inOrder(drafted.slice(0, this.size.max), goal);
  }

  /** A row from the store, or any. */
  goodRow(random: Random): Row {
    return this.#good.length > 0 ? pick(random, this.#good) : this.pools.map((pool) => pool.draw(random));
  }

  /** Rows that meet the goal, or the nearest that were found within so many tries. */
  solve(goal: Goal, start: readonly Row[], tries: number, random: Random): { rows: Row[]; verdict: Verdict } {
    let rows = [...start];
    let verdict = this.verdict(rows);
    let distance = distanceTo(verdict, goal);
    let best = { rows, verdict, distance };
    let idle = 0;
    for (let i = 0; i < tries && best.distance > 0; i++) {
      if (idle > 80) {
        const size = chance(random, 0.5) ? best.rows.length : random.nextInt(1, this.size.usual);
        rows = chance(random, 0.5) ? [...start] : this.draft(goal, size, random);
        verdict = this.verdict(rows);
        distance = distanceTo(verdict, goal);
        idle = 0;
      }
      const next = this.#changed(rows, verdict, goal, random);
      if (next.length < this.size.min || next.length > this.size.max) continue;
      const found = this.verdict(next);
      const reached = distanceTo(found, goal);
      idle = reached < distance ? 0 : idle + 1;
      if (reached > distance && !chance(random, 0.02)) continue;
      [rows, verdict, distance] = [next, found, reached];
      if (distance < best.distance) best = { rows, verdict, distance };
    }
    return best;
  }

  #changed(rows: readonly Row[], verdict: Verdict, goal: Goal, random: Random): Row[] {
    const unmet = unmetBy(verdict, goal);
    if (rows.length === 0 || unmet.length === 0) return this.#grown(rows, random);
    const rule = this.#rules.get(pick(random, unmet).id)!;
    const isTarget = rule.id === goal.target;
    // What is too small by a number is often helped by more rows, and by other values.
    if (!isTarget && isShort(unmet, rule.id) && chance(random, 0.6))
      return chance(random, 0.7)
        ? this.#doubled(rows, rule, random)
        : this.#redrawn(rows, rule, undefined, random);
    const marks = verdict.failing(rule.id);
    const failing = marks ? [...marks] : [];
    if (rule.test && chance(random, 0.8)) {
      return isTarget ? this.#broken(rows, goal, rule, random) : this.#mended(rows, failing, rule, random);
    }
    if (rule.needs.rule?.kind === "ordered" && !isTarget && chance(random, 0.5))
      return this.#inOrder([...rows], goal);
    // All but one of the rows that share a key are given another.
    if (rule.needs.rule?.kind === "keyed" && failing.length > 1 && !isTarget && chance(random, 0.6))
      return this.#redrawn(rows, rule, failing.slice(1), random);
    if (failing.length > 0 && !isTarget && chance(random, 0.4)) {
      const dropped = new Set(chance(random, 0.5) ? failing : [pick(random, failing)]);
      if (chance(random, 0.4)) return rows.filter((_, i) => !dropped.has(i));
      return rows.map((row, i) => (dropped.has(i) ? this.goodRow(random) : row));
    }
    return this.#reshaped(rows, rule, random);
  }

  #mended(rows: readonly Row[], failing: readonly number[], { test }: Rule, random: Random): Row[] {
    const next = [...rows];
    for (const at of failing) {
      if (this.#good.length > 0 && chance(random, 0.6)) next[at] = this.goodRow(random);
      else {
        const row = [...next[at]!];
        this.#rows.moves.toward(test!, true, row, random);
        next[at] = row;
      }
    }
    return next;
  }

  #broken(rows: readonly Row[], goal: Goal, { test }: Rule, random: Random): Row[] {
    const next = [...rows];
    // A rule that tolerates some failing rows takes many to break.
    const times = chance(random, 0.7) ? 1 : random.nextInt(1, rows.length);
    for (let i = 0; i < times; i++) {
      const at = random.nextInt(0, next.length - 1);
      const row = [...next[at]!];
      this.#rows.moves.toward(test!, false, row, random);
      next[at] = this.#bad.length > 0 && chance(random, 0.7) ? pick(random, this.#bad) : row;
    }
    if (goal.target !== undefined && chance(random, 0.15)) return this.#bad.slice(0, this.size.usual);
    return next;
  }

  /** Twice the rows, each beside its like, so that order and shares stay; only what the rule reads is another. */
  #doubled(rows: readonly Row[], rule: Rule, random: Random): Row[] {
    const columns = positionsOf(this.judge.schema, rule);
    let copies = new Map(rows.map((row, i) => [i, [...row]]));
    const kept = new Map<number, Row>();
    for (let round = 0; round < 4 && copies.size > 0; round++) {
      for (const copy of copies.values())
        for (const column of columns) copy[column] = this.pools[column]!.fresh(random);
      const unmet = this.#rows.unmet([...copies.values()], undefined);
      const tried = [...copies];
      for (const [nth, [i, copy]] of tried.entries()) if (unmet[nth]!.length === 0) kept.set(i, copy);
      copies = new Map(tried.filter((_, nth) => unmet[nth]!.length > 0));
    }
    const doubled = rows.flatMap((row, i) => (kept.has(i) ? [row, kept.get(i)!] : [row]));
    return doubled.slice(0, this.size.max);
  }

  /** Other values in a column of a rule: in some rows, or in any. */
  #redrawn(rows: readonly Row[], rule: Rule, some: readonly number[] | undefined, random: Random): Row[] {
    const columns = positionsOf(this.judge.schema, rule);
    if (columns.length === 0) return [...rows];
    const column = pick(random, columns);
    const chosen = some && new Set(some);
    return rows.map((row, i) =>
      (chosen?.has(i) ?? chance(random, 0.5))
        ? row.with(column, this.pools[column]![chance(random, 0.5) ? "value" : "fresh"](random))
        : row,
    );
  }

  #grown(rows: readonly Row[], random: Random): Row[] {
    const more = chance(random, 0.5) ? 1 : Math.max(1, rows.length);
    const room = Math.min(more, this.size.max - rows.length);
    if (room <= 0) return [...rows];
    const copies = chance(random, 0.4) && rows.length > 0;
    const fresh = copies
      ? Array.from({ length: room }, () => pick(random, rows))
      : this.#rows.find(room, undefined, this.#good, random);
    return [...rows, ...fresh];
  }

  /** Another table as far as the columns of one rule go. */
  #reshaped(rows: readonly Row[], rule: Rule, random: Random): Row[] {
    const own = positionsOf(this.judge.schema, rule);
    const columns = own.length > 0 ? own : this.pools.map((_, i) => i);
    const [at, other] = [random.nextInt(0, rows.length - 1), random.nextInt(0, rows.length - 1)];
    const column = pick(random, columns);
    const next = rows.map((row) => [...row]);
    switch (random.nextInt(0, 11)) {
      case 0:
      case 1:
        next[at]![column] = this.pools[column]!.draw(random);
        return next;
      case 2:
        next[at]![column] = next[other]![column]!;
        return next;
      case 3:
        for (const one of columns) next[at]![one] = next[other]![one]!;
        return next;
      case 4:
        for (const row of next) if (chance(random, 0.5)) row[column] = this.pools[column]!.draw(random);
        return next;
      case 5:
        for (const row of next) row[column] = next[at]![column]!;
        return next;
      case 6:
        return this.#grown(rows, random);
      case 7:
        return chance(random, 0.5) ? next.filter((_, i) => i !== at) : shuffled(random, next).slice(at);
      case 8:
        return sortedBy(next, column, chance(random, 0.5));
      case 9:
        [next[at], next[other]] = [next[other]!, next[at]!];
        return next;
      case 10:
        next[at] = [...this.goodRow(random)];
        return next;
      default:
        return this.#lay(next, rule, random);
    }
  }

  #lay(rows: Cell[][], { id }: Rule, random: Random): Row[] {
    const all = this.#laid.get(id)!;
    if (all.length === 0) return rows;
    // The first is the likeliest to help.
    const laid = chance(random, 0.4) ? all[0]! : pick(random, all);
    return this.#laidOver(rows, laid, chance(random, 0.7), random);
  }

  /** Rows with the values of a fragment, in as many rows as it has at least where it is `whole`. */
  #laidOver(rows: readonly Row[], laid: Laid | undefined, whole: boolean, random: Random): Row[] {
    if (!laid) return [...rows];
    const longest = Math.max(...[...laid.values()].map((cells) => cells.length));
    const length = whole ? Math.min(Math.max(longest, rows.length), this.size.max) : rows.length;
    const more = Math.max(length - rows.length, 0);
    const fresh = more > 0 ? this.#rows.find(more, undefined, [], random) : [];
    const under = [...rows, ...fresh];
    return Array.from({ length }, (_, i) => {
      const row = [...under[i % under.length]!];
      for (const [column, cells] of laid) row[column] = cells[i % cells.length]!;
      return row;
    });
  }
}
