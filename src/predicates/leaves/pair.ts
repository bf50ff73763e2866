import type { ColumnAddress } from "../../columns/address.js";
import type { Block } from "../../columns/block.js";
import { integersAround, parseExact } from "../../columns/exactNumber.js";
import { familyOf, worth } from "../../columns/storageUnit.js";
import { logicalName } from "../../columns/typeName.js";
import { type ColumnView, laneOf } from "../../columns/view.js";
import { ConfigError } from "../../errors/index.js";
import { nanByte } from "../columnLeaf.js";
import type { Comparison, NanTruth } from "../predicate.js";
import { type BoundPredicate, UNDECIDED, UNKNOWN } from "../truth.js";

function holds(order: number, compare: Comparison): boolean {
  return compare === "eq" ? order === 0 : compare === "gt" ? order > 0 : order >= 0;
}

/** Compares two stored numbers; JavaScript compares a bigint with a double exactly. */
function orderOfNumbers(a: number | bigint, b: number | bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function orderOfBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return a.length - b.length;
}

/**
 * Reads a valid row as a number in half of a unit both sides share, or plainly when `scale` is 1. A fraction of the
 * unit is the odd number between the wholes around it, and a double stands for the decimal it prints as, so that 0.07
 * is 0.07 in a decimal column.
 */
function reader(view: ColumnView, scale: bigint): (row: number) => number | bigint {
  if (view.lane === "integer") return (row) => view.integer(row) * scale;
  const plain = (row: number) => view.number(row);
  if (scale === 1n) return plain;
  return (row) => {
    const value = plain(row);
    if (!Number.isFinite(value)) return value;
    const exact = parseExact(value)!;
    const { floor, ceil } = integersAround(exact.unscaled * (scale / 2n), 10n ** BigInt(exact.scale));
    return floor + ceil;
  };
}

/** Binds `pair`: two columns of one kind, compared row by row; unknown where either is null. Throws ConfigError. */
export function bindPair(
  left: ColumnAddress,
  right: ColumnAddress,
  compare: Comparison,
  nan: NanTruth,
): BoundPredicate {
  if (familyOf(left.type) !== familyOf(right.type) || laneOf(left.type) === "opaque") {
    throw new ConfigError(
      "config/bad-value",
      `${JSON.stringify(left.name)} (${logicalName(left.type)}) can't be compared with ${JSON.stringify(right.name)} (${logicalName(right.type)})`,
    );
  }
  const [a, b] = [worth(left.type), worth(right.type)];
  const sameUnit = a.times === b.times && a.over === b.over;
  const [leftScale, rightScale] = sameUnit ? [1n, 1n] : [2n * a.times * b.over, 2n * b.times * a.over];
  const ofNan = nanByte(nan);
  const isBytes = laneOf(left.type) === "bytes";

  function slow(leftView: ColumnView, rightView: ColumnView, block: Block, out: Uint8Array): void {
    const readLeft = reader(leftView, leftScale);
    const readRight = reader(rightView, rightScale);
    for (let i = 0; i < block.count; i++) {
      const row = block.from + i;
      if (!leftView.isValid(row) || !rightView.isValid(row)) continue;
      if (isBytes) {
        out[i] = holds(orderOfBytes(leftView.bytes(row), rightView.bytes(row)), compare) ? 1 : 0;
        continue;
      }
      const x = readLeft(row);
      const y = readRight(row);
      const undefinedOrder = Number.isNaN(x as number) || Number.isNaN(y as number);
      out[i] = undefinedOrder ? ofNan : holds(orderOfNumbers(x, y), compare) ? 1 : 0;
    }
  }

  return {
    columns: [left, right],
    decide: () => UNDECIDED,
    test(block: Block, out: Uint8Array): void {
      const leftView = block.view(left);
      const rightView = block.view(right);
      const { from, count } = block;
      const x = !isBytes && sameUnit ? leftView.numbers(from, count) : undefined;
      const y = x && rightView.numbers(from, count);
      if (x?.exact && y?.exact) {
        for (let i = 0; i < count; i++) {
          const order = x.values[i]! - y.values[i]!;
          const known = x.values[i] === y.values[i] ? 0 : order;
          out[i] = Number.isNaN(known) ? ofNan : holds(known, compare) ? 1 : 0;
        }
      } else {
        slow(leftView, rightView, block, out);
      }
      for (const valid of [block.valid(left), block.valid(right)]) {
        if (valid) for (let i = 0; i < count; i++) if (valid[i] === 0) out[i] = UNKNOWN;
      }
    },
  };
}
