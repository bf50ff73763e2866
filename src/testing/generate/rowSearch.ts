import type { Random } from "fast-check";
import { batchOfRows, type Cell, type Row } from "./cells.js";
import type { Given, Judge } from "./judge.js";
import type { Pool } from "./pool.js";
import { chance, pick } from "./random.js";
import { RowMoves } from "./rowMoves.js";
import type { Rule } from "./rules.js";

const ROUNDS = 24;
const CROWD = 32;

/** Searches for rows that break no rule of single rows, or one and no other: many at once, each mended rule by rule. */
export class RowSearch {
  readonly #judge: Judge;
  readonly #pools: readonly Pool[];
  readonly #tests: readonly Rule[];
  readonly moves: RowMoves;

  constructor(judge: Judge, pools: readonly Pool[], rules: readonly Rule[], given: Given) {
    this.#judge = judge;
    this.#pools = pools;
    this.#tests = rules.filter(({ test }) => test !== undefined);
    this.moves = new RowMoves(judge.schema, pools, given);
  }

  #any(random: Random): Cell[] {
    return this.#pools.map((pool) => pool.draw(random));
  }

  /** For each row the rules that are not as wanted: broken ones, and the target where it isn't. */
  unmet(rows: readonly Row[], target: string | undefined): Rule[][] {
    const failing = this.#judge.rows(batchOfRows(this.#judge.schema, rows));
    return rows.map((_, row) =>
      this.#tests.filter(({ id }) => (failing.get(id)?.has(row) ?? false) !== (id === target)),
    );
  }

  /** Up to so many rows that are as wanted, `near` others where there are some; none when none was found. */
  find(wanted: number, target: string | undefined, near: readonly Row[], random: Random): Row[] {
    const found: Row[] = [];
    const size = Math.max(CROWD, Math.min(wanted * 2, 512));
    const start = (): Cell[] => {
      if (near.length === 0 || chance(random, 0.4)) return this.#any(random);
      const row = [...pick(random, near)];
      const at = random.nextInt(0, row.length - 1);
      row[at] = this.#pools[at]!.draw(random);
      return row;
    };
    const crowd = Array.from({ length: size }, start);
    for (let round = 0; round < ROUNDS && found.length < wanted; round++) {
      for (const [i, unmet] of this.unmet(crowd, target).entries()) {
        const row = crowd[i]!;
        if (unmet.length === 0) {
          found.push([...row]);
          crowd[i] = chance(random, 0.5) ? start() : this.#crossed(row, found, random);
        } else if (chance(random, 0.06)) crowd[i] = start();
        else this.mend(row, unmet, target, random);
      }
    }
    return found.slice(0, wanted);
  }

  /** Moves a row toward what is wanted of it, by one rule that isn't met. */
  mend(row: Cell[], unmet: readonly Rule[], target: string | undefined, random: Random): void {
    const { id, test } = pick(random, unmet);
    this.moves.toward(test!, id !== target, row, random);
  }

  #crossed(row: readonly Cell[], others: readonly Row[], random: Random): Cell[] {
    const other = pick(random, others);
    return row.map((cell, i) =>
      chance(random, 0.15) ? this.#pools[i]!.draw(random) : chance(random, 0.3) ? other[i]! : cell,
    );
  }
}
