import { type DataType, type Table, DataType as Types } from "apache-arrow";
import type { Random } from "fast-check";
import { resolveColumn } from "../../columns/address.js";
import type { ColumnRef } from "../../columns/columnUse.js";
import { formatExact } from "../../columns/exactNumber.js";
import type { Literal } from "../../columns/literal.js";
import { ColumnView, laneOf } from "../../columns/view.js";
import { storedAt } from "../laws/unitTables.js";
import { type Cell, plainOf, textOf } from "./cells.js";

/** A cell as a literal that other types can take. */
export function literalOf(type: DataType, cell: Cell): Literal {
  if (cell === null) return 0;
  if (cell instanceof Uint8Array) return textOf(cell);
  if (Types.isBool(type)) return cell === 1;
  if (laneOf(type) === "integer" && typeof cell === "bigint")
    return formatExact(cell, Types.isDecimal(type) ? type.scale : 0);
  return Number(cell);
}

/** Some columns of the first rows of a table, as literals; null where there is no value, or none to be had. */
export function tuplesOf(
  { schema, batches }: Table,
  refs: readonly ColumnRef[],
  most: number,
): (Literal | null)[][] {
  const found: (Literal | null)[][] = [];
  for (const batch of batches) {
    const views = refs.flatMap((ref) => {
      const address = resolveColumn(schema, ref);
      return "problem" in address ? [] : [ColumnView.of(batch, address, address.index)];
    });
    for (let row = 0; row < batch.numRows && found.length < most; row++) {
      found.push(
        views.map((view) => (view.isValid(row) ? literalOf(plainOf(view.type), storedAt(view, row)) : null)),
      );
    }
  }
  return found;
}

const MOST_TUPLES = 500;

/** The values of a row of a table that has them all. */
export function pickTuple(
  table: Table | undefined,
  refs: readonly ColumnRef[],
  random: Random,
): readonly (Literal | null)[] | undefined {
  if (!table) return undefined;
  const whole = tuplesOf(table, refs, MOST_TUPLES).filter((tuple) => !tuple.includes(null));
  return whole.length > 0 ? whole[random.nextInt(0, whole.length - 1)] : undefined;
}
