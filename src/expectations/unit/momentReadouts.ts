import { DataType, type Dictionary, Int64 } from "apache-arrow";
import type { MomentsState } from "../../metrics/moments.js";
import type { StoredOptions } from "./options.js";

type NanChoice = StoredOptions["nan"];

function plainType(type: DataType): DataType {
  return DataType.isDictionary(type) ? (type as Dictionary).dictionary : type;
}

/** A decimal column's digits after the point, 0 for all others. */
export function scaleOf(columnType: DataType): number {
  const type = plainType(columnType);
  return DataType.isDecimal(type) ? type.scale : 0;
}

/** What infinities and NaN make of a sum, or undefined when every value is finite. */
function specialSum(state: MomentsState, nan: NanChoice): number | undefined {
  if (state.nans > 0 && (nan ?? "fail") === "fail") return Number.NaN;
  if (state.plusInfinities > 0 && state.minusInfinities > 0) return Number.NaN;
  if (state.plusInfinities > 0) return Number.POSITIVE_INFINITY;
  return state.minusInfinities > 0 ? Number.NEGATIVE_INFINITY : undefined;
}

/** How many values stand behind the state, NaN among them only when it counts as one. */
export function valuesIn(state: MomentsState, nan: NanChoice): number {
  const nans = (nan ?? "fail") === "fail" ? state.nans : 0;
  return state.total.count + state.plusInfinities + state.minusInfinities + nans;
}

/** The arithmetic mean, or undefined when there is no value. */
export function meanOf(state: MomentsState, nan: NanChoice): number | undefined {
  if (valuesIn(state, nan) === 0) return undefined;
  const special = specialSum(state, nan);
  if (special !== undefined) return special;
  const { count, mean } = state.total;
  if (!state.isInteger) return mean;
  const whole = state.integerSum / BigInt(count);
  const rest = state.integerSum % BigInt(count);
  return (Number(whole) + Number(rest) / count) / 10 ** scaleOf(state.address.type);
}

/** The sum of a column of floats; undefined where the sum is exact, as that of integers and decimals is. */
export function floatSumOf(state: MomentsState, nan: NanChoice): number | undefined {
  return state.isInteger ? undefined : (specialSum(state, nan) ?? state.total.sum);
}

/** The type an exact sum is shown and compared in: as wide as any integer, with a decimal's digits. */
export function exactSumType(state: MomentsState): DataType {
  const type = plainType(state.address.type);
  return DataType.isDecimal(type) ? type : new Int64();
}

/** The sample standard deviation (n - 1 in the denominator), or undefined of fewer than two values. */
export function stdevOf(state: MomentsState, nan: NanChoice): number | undefined {
  if (valuesIn(state, nan) < 2) return undefined;
  if (specialSum(state, nan) !== undefined) return Number.NaN;
  const { count, squares } = state.total;
  return Math.sqrt(squares / (count - 1)) / 10 ** scaleOf(state.address.type);
}
