import { resolveColumn } from "../../columns/address.js";
import { before } from "../../columns/stored.js";
import { type Cell, cellKey, cellsOf, plainOf, type Row } from "./cells.js";
import type { Judge } from "./judge.js";
import { Pool } from "./pool.js";
import type { Rule } from "./rules.js";

/** Columns of a schema by position, whole. */
export type Laid = ReadonlyMap<number, readonly Cell[]>;

/** What may stand in each column of a schema. */
export function poolsOf(judge: Judge, rules: readonly Rule[]): Pool[] {
  return judge.schema.fields.map(({ name, type }) => {
    const plain = plainOf(type);
    const spoken = rules.flatMap((rule) => rule.spoken.get(name) ?? []);
    const texts = rules.flatMap((rule) => rule.texts.get(name) ?? []);
    return new Pool(
      plain,
      spoken.slice(0, 2000).flatMap((literal) => cellsOf(plain, literal)),
      texts,
    );
  });
}

/** A rule's fragments in the terms of a schema. */
export function laidBy(judge: Judge, { fragments }: Rule): Laid[] {
  return fragments.flatMap((fragment) => {
    const columns = [...fragment].flatMap(([label, values]) => {
      const found = resolveColumn(judge.schema, label);
      if ("problem" in found) return [];
      const cells = values.flatMap((value) => cellsOf(plainOf(found.type), value).slice(0, 1));
      return cells.length === values.length && cells.length > 0 ? [[found.index, cells] as const] : [];
    });
    return columns.length > 0 ? [new Map(columns)] : [];
  });
}

/** Rows in the order of a column, nulls first. */
export function sortedBy(rows: readonly Row[], column: number, isRising: boolean): Row[] {
  const sorted = [...rows].sort(({ [column]: a }, { [column]: b }) => {
    if (a === null || b === null) return Number(b === null) - Number(a === null);
    if (cellKey(a!) === cellKey(b!)) return 0;
    return before(a!, b!) ? -1 : 1;
  });
  return isRising ? sorted : sorted.reverse();
}
