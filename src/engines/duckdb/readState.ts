import type { States } from "../../plan/request.js";
import type { AggregateRow } from "./aggregateQuery.js";

/** What a query of one state takes into account. */
export interface Care {
  /** Tells values that are not finite apart; a first query takes it that there are none. */
  readonly odd: boolean;
  /** A value amid the column's, that moments are taken from. */
  readonly shift?: number;
}

/** A state that a query didn't settle, and the care that might. */
export class Unsettled {
  readonly care: Care;

  constructor(care: Care) {
    this.care = care;
  }
}

/** Reads a state from the row of aggregates. */
export type ReadState = (row: AggregateRow) => States[keyof States] | Unsettled;
