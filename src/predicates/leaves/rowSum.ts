import { DataType, type Dictionary } from "apache-arrow";
import type { ColumnAddress } from "../../columns/address.js";
import type { Block } from "../../columns/block.js";
import { type ExactNumber, parseExact } from "../../columns/exactNumber.js";
import { kindOf } from "../../columns/typeName.js";
import type { ColumnView } from "../../columns/view.js";
import { ConfigError } from "../../errors/index.js";
import { exactSum } from "../../stats/exactSum.js";
import { nanByte } from "../columnLeaf.js";
import type { NanTruth } from "../predicate.js";
import { type BoundPredicate, UNDECIDED, UNKNOWN } from "../truth.js";

function plain(type: DataType): DataType {
  return DataType.isDictionary(type) ? (type as Dictionary).dictionary : type;
}

function digitsOf({ type }: ColumnAddress): number {
  const of = plain(type);
  return DataType.isDecimal(of) ? of.scale : 0;
}

/** A stored integer at a scale. */
function scaled(view: ColumnView, row: number, factor: bigint): bigint {
  return (view.lane === "integer" ? view.integer(row) : BigInt(view.number(row))) * factor;
}

/**
 * Binds `rowSum`: the numbers of a row add up to a total; unknown where one is null. Integers and decimals are added
 * exactly; where a float is among them the sum is the double nearest to the exact one. Throws ConfigError.
 */
export function bindRowSum(
  addresses: readonly ColumnAddress[],
  total: number | string,
  nan: NanTruth,
): BoundPredicate {
  for (const { name, type } of addresses) {
    if (kindOf(type) === "number") continue;
    throw new ConfigError(
      "config/bad-value",
      `column ${JSON.stringify(name)} is ${kindOf(type)}, and only numbers add up`,
      {
        unit: name,
      },
    );
  }
  const isExact = addresses.every(({ type }) => !DataType.isFloat(plain(type)));
  const wanted = parseExact(total);
  const test = isExact && wanted ? exactTest(addresses, wanted) : floatTest(addresses, Number(total), nan);
  return {
    columns: addresses,
    decide: () => UNDECIDED,
    test(block: Block, out: Uint8Array): void {
      const valid = addresses.map((address) => block.valid(address));
      const views = addresses.map((address) => block.view(address));
      for (let i = 0; i < block.count; i++) {
        const lacks = valid.some((flags) => flags && flags[i] === 0);
        out[i] = lacks ? UNKNOWN : test(views, block.from + i);
      }
    },
  };
}

type RowTest = (views: readonly ColumnView[], row: number) => number;

function exactTest(addresses: readonly ColumnAddress[], wanted: ExactNumber): RowTest {
  const digits = Math.max(wanted.scale, ...addresses.map(digitsOf));
  const factors = addresses.map((address) => 10n ** BigInt(digits - digitsOf(address)));
  const total = wanted.unscaled * 10n ** BigInt(digits - wanted.scale);
  return (views, row) => {
    let sum = 0n;
    for (const [nth, view] of views.entries()) sum += scaled(view, row, factors[nth]!);
    return sum === total ? 1 : 0;
  };
}

function floatTest(addresses: readonly ColumnAddress[], total: number, nan: NanTruth): RowTest {
  const worth = addresses.map((address) => 10 ** digitsOf(address));
  const ofNan = nanByte(nan);
  return (views, row) => {
    const values = views.map((view, nth) => {
      const stored = view.lane === "integer" ? Number(view.integer(row)) : view.number(row);
      return stored / worth[nth]!;
    });
    if (values.some((value) => Number.isNaN(value))) return ofNan;
    const areFinite = values.every(Number.isFinite);
    const sum = areFinite ? exactSum(values) : values.reduce((a, b) => a + b, 0);
    return sum === total ? 1 : 0;
  };
}
