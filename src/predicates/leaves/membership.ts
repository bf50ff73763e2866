import type { ColumnAddress } from "../../columns/address.js";
import { bindLiteral, type Literal } from "../../columns/literal.js";
import { ValueSet } from "../../columns/valueSet.js";
import { ConfigError } from "../../errors/index.js";
import { columnLeaf, nanByte } from "../columnLeaf.js";
import type { NanTruth } from "../predicate.js";
import type { BoundPredicate } from "../truth.js";

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
  return columnLeaf(address, (view, from, count, out) => members.test(view, from, count, out, ofNan));
}
