import type { ColumnAddress } from "../../columns/address.js";
import type { Block } from "../../columns/block.js";
import { laneOf } from "../../columns/view.js";
import { columnLeaf } from "../columnLeaf.js";
import {
  type BoundPredicate,
  CAN_BE_FALSE,
  CAN_BE_TRUE,
  type CheapEvidence,
  type Decision,
  UNDECIDED,
} from "../truth.js";

/** Binds `isNull`, which is never unknown. */
export function bindIsNull(address: ColumnAddress): BoundPredicate {
  return {
    columns: [address],
    decide(evidence: CheapEvidence): Decision {
      const nulls = evidence.nulls(address);
      if (nulls === undefined) return UNDECIDED;
      if (nulls === 0) {
        const isToldByArrow = evidence.view?.(address).hasNoNulls === true;
        return { can: CAN_BE_FALSE, unknown: 0, by: isToldByArrow ? "metadata" : "summary" };
      }
      const all = !evidence.view && evidence.summary(address)?.rows === nulls;
      return { can: all ? CAN_BE_TRUE : CAN_BE_FALSE | CAN_BE_TRUE, unknown: 0, by: "summary" };
    },
    test(block: Block, out: Uint8Array): void {
      const valid = block.valid(address);
      if (!valid) out.fill(0, 0, block.count);
      else for (let i = 0; i < block.count; i++) out[i] = valid[i] === 0 ? 1 : 0;
    },
  };
}

/** Binds `isNaN`: false for every value of a column that can't hold NaN. */
export function bindIsNaN(address: ColumnAddress): BoundPredicate {
  const floats = laneOf(address.type) === "number";
  return columnLeaf(
    address,
    (view, from, count, out) => {
      if (!floats) {
        out.fill(0, 0, count);
        return;
      }
      const { values } = view.numbers(from, count);
      for (let i = 0; i < count; i++) out[i] = Number.isNaN(values[i]!) ? 1 : 0;
    },
    (summary) => {
      if (!floats || summary.nans === 0) return { can: CAN_BE_FALSE, unknown: 0 };
      return undefined;
    },
  );
}
