import { DataType, Precision, TimeUnit } from "apache-arrow";

/** A cell of text as a value of its column's type. */
export interface CellSql {
  /** The value, null where the cell is null or doesn't hold one. */
  readonly value: string;
  /** True for a cell that may be read otherwise here than by our own readers, or that isn't of the type; never null. */
  readonly odd: string;
}

const INTEGERS = new Map([
  [8, "TINYINT"],
  [16, "SMALLINT"],
  [32, "INTEGER"],
  [64, "BIGINT"],
]);

// Spellings of which all doubles are within range and none loses digits of an integer.
const FLOAT = "-?(?:0|[1-9][0-9]{0,14})(?:[.][0-9]{1,20})?(?:[eE][+-]?[0-9]{1,2})?";
const DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
const CLOCK = "(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:[.][0-9]{1,6})?";
const ZONE = "(?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])";

/** A cell that a pattern lets through and DuckDB can cast. */
function matching(cell: string, duckType: string, pattern: string): CellSql {
  const value = `TRY_CAST(${cell} AS ${duckType})`;
  return {
    value,
    odd: `(${cell} IS NOT NULL AND NOT (regexp_full_match(${cell}, '${pattern}') AND ${value} IS NOT NULL))`,
  };
}

/** A cell that is what DuckDB prints for its value: then it is spelled in the only way, and no guard minds it. */
function printed(cell: string, duckType: string): CellSql {
  const value = `TRY_CAST(${cell} AS ${duckType})`;
  return { value, odd: `(${cell} IS NOT NULL AND CAST(${value} AS VARCHAR) IS DISTINCT FROM ${cell})` };
}

function boolean(cell: string): CellSql {
  const value = `CASE WHEN ${cell} IN ('true', 'True', 'TRUE') THEN true WHEN ${cell} IN ('false', 'False', 'FALSE') THEN false END`;
  return { value, odd: `(${cell} IS NOT NULL AND (${value}) IS NULL)` };
}

/** SQL for a cell of a type; undefined for types whose spellings aren't compared here, and for floats that are rounded twice. */
export function cellSql(type: DataType, cell: string): CellSql | undefined {
  if (DataType.isUtf8(type)) return { value: cell, odd: "false" };
  if (DataType.isBool(type)) return boolean(cell);
  if (DataType.isInt(type)) return printed(cell, `${type.isSigned ? "" : "U"}${INTEGERS.get(type.bitWidth)}`);
  if (DataType.isFloat(type)) {
    return type.precision === Precision.DOUBLE ? matching(cell, "DOUBLE", FLOAT) : undefined;
  }
  if (DataType.isDate(type) && type.unit === 0) return matching(cell, "DATE", DAY);
  if (!DataType.isTimestamp(type) || type.unit !== TimeUnit.MICROSECOND) return undefined;
  return type.timezone
    ? matching(cell, "TIMESTAMP WITH TIME ZONE", `${DAY}[ T]${CLOCK}${ZONE}`)
    : matching(cell, "TIMESTAMP", `${DAY}(?:[ T]${CLOCK})?`);
}
