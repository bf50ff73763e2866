import type { ColumnAddress } from "../../columns/address.js";
import { ByteTable } from "../../columns/byteTable.js";
import { bindLiteral, type Literal } from "../../columns/literal.js";
import { type ColumnView, laneOf } from "../../columns/view.js";
import { ConfigError } from "../../errors/index.js";
import { columnLeaf, nanByte } from "../columnLeaf.js";
import type { NanTruth } from "../predicate.js";
import type { BoundPredicate } from "../truth.js";

interface Members {
  readonly doubles: Set<number>;
  readonly integers: Set<bigint>;
  readonly keys: ByteTable;
}

function gather(address: ColumnAddress, values: readonly Literal[]): Members {
  const members: Members = { doubles: new Set(), integers: new Set(), keys: new ByteTable() };
  for (const value of values) {
    const bound = bindLiteral(address.type, value);
    if ("problem" in bound) {
      throw new ConfigError("config/bad-value", `column ${JSON.stringify(address.name)}: ${bound.problem}`, {
        unit: address.name,
        value,
      });
    }
    if (bound.lane === "number") members.doubles.add(bound.value);
    else if (bound.lane === "bytes") members.keys.add(bound.value);
    else if (bound.value.floor === bound.value.ceil) {
      members.integers.add(bound.value.floor);
      members.doubles.add(Number(bound.value.floor));
    }
  }
  return members;
}

/** Binds `in`: the value is one of a set, compared in the column's own type. Throws ConfigError. */
export function bindMembership(
  address: ColumnAddress,
  values: readonly Literal[],
  nan: NanTruth,
): BoundPredicate {
  const { doubles, integers, keys } = gather(address, values);
  const ofNan = nanByte(nan);
  const lane = laneOf(address.type);

  if (lane === "bytes") {
    return columnLeaf(address, (view: ColumnView, from, count, out) => {
      const { bytes, offsets } = view.flat;
      for (let i = 0; i < count; i++) {
        out[i] = keys.find(bytes, offsets[from + i]!, offsets[from + i + 1]!) < 0 ? 0 : 1;
      }
    });
  }
  return columnLeaf(address, (view: ColumnView, from, count, out) => {
    const { values: staged, exact } = view.numbers(from, count);
    for (let i = 0; i < count; i++) {
      const value = staged[i]!;
      out[i] = doubles.has(value) ? 1 : Number.isNaN(value) ? ofNan : 0;
    }
    if (lane !== "integer" || exact) return;
    for (let i = 0; i < count; i++) {
      if (!Number.isNaN(staged[i]!) || !view.isValid(from + i)) continue;
      out[i] = integers.has(view.integer(from + i)) ? 1 : 0;
    }
  });
}
