import type { ColumnAddress } from "../../columns/address.js";
import { bindLiteral, type Literal } from "../../columns/literal.js";
import { before } from "../../columns/stored.js";
import { ValueSet } from "../../columns/valueSet.js";
import { ConfigError } from "../../errors/index.js";
import { columnLeaf, nanByte, withNans } from "../columnLeaf.js";
import type { NanTruth } from "../predicate.js";
import { type BoundPredicate, CAN_BE_FALSE, CAN_BE_TRUE } from "../truth.js";

/** Binds `in`: the value is one of a set, compared in the column's own type. Throws ConfigError. */
export function bindMembership(
  address: ColumnAddress,
  values: readonly Literal[],
  nan: NanTruth,
): BoundPredicate {
  const members = new ValueSet(address.type);
  for (const value of values) {
    const bound = bindLiteral(address.type, value);
    if ("problem" in bound) {
      throw new ConfigError("config/bad-value", `column ${JSON.stringify(address.name)}: ${bound.problem}`, {
        unit: address.name,
        value,
      });
    }
    members.add(bound);
  }
  const ofNan = nanByte(nan);
  return columnLeaf(
    address,
    (view, from, count, out) => members.test(view, from, count, out, ofNan),
    undefined,
    (summary) => {
      if (!summary.within) return undefined;
      const { min, max } = summary.within;
      if (members.isOutside(min, max)) return withNans(CAN_BE_FALSE, summary, nan);
      return before(min, max) ? undefined : withNans(CAN_BE_TRUE, summary, nan);
    },
  );
}
