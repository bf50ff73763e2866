import { DataType, type Dictionary, Precision, TimeUnit } from "apache-arrow";
import type { ColumnAddress } from "../../columns/address.js";
import { formatExact } from "../../columns/exactNumber.js";
import type { SqlColumn, SqlForm } from "../../predicates/sql/sqlColumn.js";

interface Form extends Pick<SqlColumn, "form" | "range" | "whole" | "ticks"> {
  /** The value as an expression, from the column as it stands in the relation. */
  of(column: string): string;
}

const INT_TYPES = new Map([
  ["TINYINT", 7],
  ["SMALLINT", 15],
  ["INTEGER", 31],
  ["BIGINT", 63],
]);
const UINT_TYPES = new Map([
  ["UTINYINT", 8],
  ["USMALLINT", 16],
  ["UINTEGER", 32],
  ["UBIGINT", 64],
]);

const NO_RANGE = { min: 0n, max: 0n };

function plainForm(form: SqlForm, of = (column: string) => column): Form {
  return { form, of, range: NO_RANGE, whole: () => undefined, ticks: 1n };
}

function integerForm(bits: number, signed: boolean, cast: string, of = (column: string) => column): Form {
  const size = 2n ** BigInt(bits);
  return {
    form: "integer",
    of,
    range: { min: signed ? -size : 0n, max: size - 1n },
    whole: (value) => `CAST('${value}' AS ${cast})`,
    ticks: 1n,
  };
}

function decimalForm(precision: number, scale: number): Form {
  const most = 10n ** BigInt(precision) - 1n;
  return {
    form: "decimal",
    of: (column) => column,
    range: { min: -most, max: most },
    whole: (value) => `CAST('${formatExact(value, scale)}' AS DECIMAL(${precision},${scale}))`,
    ticks: 1n,
  };
}

// What make_timestamp takes, in microseconds, and make_timestamp_ns in nanoseconds.
const MOST_MICROS = 9_223_372_022_400_000_000n;
const MOST_NANOS = 9_223_286_400_000_000_000n;
const INT64 = { min: -(2n ** 63n), max: 2n ** 63n - 1n };

function momentForm(make: string, most: bigint, ticks: bigint): Form {
  return {
    form: "moment",
    of: (column) => column,
    range: INT64,
    ticks,
    whole: (value) => {
      const stored = value * ticks;
      return stored > most || stored < -most ? undefined : `${make}(${stored})`;
    },
  };
}

const dateForm: Form = {
  form: "date",
  of: (column) => column,
  range: { min: -(2n ** 31n), max: 2n ** 31n - 1n },
  whole: (value) => `make_date(CAST('${value}' AS INTEGER))`,
  ticks: 1n,
};

/** The type of DuckDB's whose integers are an Arrow type's stored integers. */
function storedAs(type: DataType): string | undefined {
  if (DataType.isInt(type)) {
    const of = type.isSigned ? INT_TYPES : UINT_TYPES;
    return [...of.keys()][Math.log2(type.bitWidth) - 3];
  }
  const isWide =
    DataType.isDuration(type) ||
    (DataType.isTimestamp(type) && type.unit === TimeUnit.SECOND) ||
    (DataType.isDate(type) && type.unit !== 0);
  return isWide ? "BIGINT" : undefined;
}

function momentOf(type: DataType, duckType: string): Form | undefined {
  if (!DataType.isTimestamp(type)) return undefined;
  const zoned = type.timezone ? "TIMESTAMP WITH TIME ZONE" : "TIMESTAMP";
  if (type.unit === TimeUnit.NANOSECOND) {
    return duckType === "TIMESTAMP_NS" && !type.timezone
      ? momentForm("make_timestamp_ns", MOST_NANOS, 1n)
      : undefined;
  }
  if (duckType !== zoned) return undefined;
  const make = type.timezone ? "make_timestamptz" : "make_timestamp";
  return momentForm(make, MOST_MICROS, type.unit === TimeUnit.MILLISECOND ? 1000n : 1n);
}

function formOf(type: DataType, duckType: string): Form | undefined {
  if (DataType.isDictionary(type)) return formOf((type as Dictionary).dictionary, duckType);
  if (DataType.isBool(type)) {
    return duckType === "BOOLEAN"
      ? integerForm(1, false, "UTINYINT", (column) => `CAST(${column} AS UTINYINT)`)
      : undefined;
  }
  if (DataType.isFloat(type)) {
    if (type.precision === Precision.DOUBLE) return duckType === "DOUBLE" ? plainForm("float") : undefined;
    return duckType === "FLOAT" ? plainForm("float", (column) => `CAST(${column} AS DOUBLE)`) : undefined;
  }
  if (DataType.isDecimal(type)) {
    const { precision, scale } = type;
    return duckType === `DECIMAL(${precision},${scale})` ? decimalForm(precision, scale) : undefined;
  }
  if (DataType.isDate(type) && type.unit === 0) return duckType === "DATE" ? dateForm : undefined;
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type) || DataType.isUtf8View(type)) {
    return duckType === "VARCHAR" ? plainForm("text") : undefined;
  }
  const isBinary =
    DataType.isBinary(type) ||
    DataType.isLargeBinary(type) ||
    DataType.isBinaryView(type) ||
    DataType.isFixedSizeBinary(type);
  if (isBinary) return duckType === "BLOB" ? plainForm("binary") : undefined;
  const integer = storedAs(type);
  if (integer !== undefined && integer === duckType) {
    const bits = INT_TYPES.get(duckType);
    return bits === undefined
      ? integerForm(UINT_TYPES.get(duckType)!, false, duckType)
      : integerForm(bits, true, duckType);
  }
  return momentOf(type, duckType);
}

/**
 * A column of a relation, or undefined where DuckDB's values are not the stored values of the Arrow type: a field of a
 * struct, times of day, wide decimals, moments that DuckDB rounds, and every type not known here.
 */
export function sqlColumnOf(address: ColumnAddress, column: string, duckType: string): SqlColumn | undefined {
  const form = address.path.length === 0 ? formOf(address.type, duckType) : undefined;
  if (!form) return undefined;
  const { of, ...rest } = form;
  return { address, sql: of(column), ...rest };
}
