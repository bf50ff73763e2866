import type { Schema } from "apache-arrow";
import type { ColumnRef } from "../../../columns/columnUse.js";
import type { RowGroupSummary } from "../../../io/source.js";
import type { Running } from "../judging.js";
import { columnsFor, type Segment, type Work } from "../reading.js";
import type { Help } from "./callCrew.js";
import { namesOf } from "./divide.js";

/** A row group, and what is to be read of it and judged in this thread. */
export interface Reading {
  readonly rowGroup: number;
  readonly firstRow: number;
  readonly columns: readonly number[];
  readonly work: Work<Running>;
}

/** True when there is something to find out. */
const isSome = ({ rules, metrics }: Work<Running>) => rules.length + metrics.length > 0;

/**
 * Deals the row groups of a segment: one goes to a thread that has little left to do, which reads it by itself, or it is
 * judged here. What only one thread can find out is judged here, of the columns it takes, for all row groups. Yields what
 * is to be done here, and `counted` is told of rows that nothing is left to be done of.
 */
export function* dealRowGroups(
  { crew, division }: Help,
  schema: Schema,
  rowGroups: readonly RowGroupSummary[],
  segment: Segment<Running>,
  keys: readonly ColumnRef[],
  counted: (rows: number) => void,
): Generator<Reading> {
  const { dealt, kept } = division.divide(segment);
  const groups = segment.rowGroups ?? [];
  const ownColumns = columnsFor(schema, kept, keys);
  const order = { columns: columnsFor(schema, dealt, keys), work: namesOf(dealt) };
  let firstRow = segment.firstRow;
  for (const [nth, rowGroup] of groups.entries()) {
    const { rows } = rowGroups[rowGroup]!;
    const taker = isSome(dealt) ? crew.willing : undefined;
    // Near the end, one that waited for a busy thread would be waited for.
    const isTaken = taker && (taker.open === 0 || groups.length - nth > 2 * crew.size);
    if (isTaken) taker.giveRowGroup({ rowGroup, rows, firstRow, ...order });
    if (!isTaken) yield { rowGroup, firstRow, columns: segment.columns ?? [], work: segment };
    else if (isSome(kept)) yield { rowGroup, firstRow, columns: ownColumns, work: kept };
    else counted(rows);
    firstRow += rows;
  }
}
