import { DataType, type Dictionary, type Schema } from "apache-arrow";
import { logicalName } from "../../columns/typeName.js";
import type { FooterColumn, RowGroupSummary } from "../source.js";
import { boundReaders, compareBytes, floatReaders, type ReadBound } from "./bounds.js";
import { ELEMENT, FILE, META } from "./fieldIds.js";
import { integerOf, type ParquetChunk, type ParquetFooter, structOf, structsOf } from "./footer.js";
import { type StoredType, storedType } from "./storedType.js";
import type { ThriftStruct } from "./thrift.js";

const STATISTICS = { nulls: 3, max: 5, min: 6, maxIsExact: 7, minIsExact: 8 } as const;
const REQUIRED = 0;

/**
 * What the footer says of each row group, for flat columns whose stored unit is the Arrow type's own.
 * A bound is given only where the file defines the order it was taken in (the deprecated `min` and `max` are not
 * read) and both bounds agree with that order; INT96, half floats, booleans and binary columns have none.
 * Text is in byte order, decimals are unscaled, a dictionary's bounds are its values'. Nothing is said of NaN.
 */
export function summarizeRowGroups(footer: ParquetFooter, schema: Schema): RowGroupSummary[] {
  const orders = structsOf(footer.tree, FILE.columnOrders);
  const columns = footer.columns.flatMap(({ flat, firstLeaf: leaf, elements: [element] }, index) => {
    if (!flat || element === undefined) return [];
    const isOrdered = orders[leaf]?.has(1) === true;
    const read = isOrdered ? readerFor(storedType(element), schema.fields[index]!.type) : undefined;
    return [{ index, leaf, required: integerOf(element, ELEMENT.repetition) === REQUIRED, read }];
  });
  return footer.rowGroups.map(({ rows, chunks }) => {
    const known = new Map<number, FooterColumn>();
    for (const { index, leaf, required, read } of columns) {
      const summary = summarizeChunk(chunks[leaf]!, rows, required, read);
      if (summary !== undefined) known.set(index, summary);
    }
    const bytes = footer.columns.map(({ firstLeaf, leaves }) =>
      chunks.slice(firstLeaf, firstLeaf + leaves).reduce((sum, chunk) => sum + chunk.bytes, 0),
    );
    return { rows, bytes, columns: known };
  });
}

/** How a stored bound becomes a value of this Arrow type's storage; undefined where the two don't match. */
function readerFor(stored: StoredType | undefined, type: DataType): ReadBound | undefined {
  if (stored === undefined) return undefined;
  const arrow = DataType.isDictionary(type) ? (type as Dictionary).dictionary : type;
  const name = DataType.isTimestamp(arrow) ? logicalName(arrow).replace(/, .*\]$/, "]") : logicalName(arrow);
  const isSame = DataType.isDecimal(arrow)
    ? stored.scale === arrow.scale
    : stored.name === name || (DataType.isDuration(arrow) && stored.name === "int64");
  return isSame ? boundReaders.get(stored.name) : undefined;
}

function summarizeChunk(
  chunk: ParquetChunk,
  rows: number,
  required: boolean,
  read: ReadBound | undefined,
): FooterColumn | undefined {
  if (chunk.values !== rows) return undefined;
  const statistics = structOf(chunk.meta, META.statistics);
  const counted = statistics && integerOf(statistics, STATISTICS.nulls);
  const isCount = counted !== undefined && counted >= 0 && counted <= rows;
  const nulls = required ? 0 : isCount ? counted : undefined;
  const bounds = statistics && read && nulls !== rows ? boundsOf(statistics, read) : undefined;
  if (nulls === undefined && bounds === undefined) return undefined;
  return { nulls, min: bounds?.min, max: bounds?.max, exact: bounds?.exact ?? false };
}

function boundsOf(
  statistics: ThriftStruct,
  read: ReadBound,
): Pick<FooterColumn, "min" | "max" | "exact"> | undefined {
  const low = statistics.get(STATISTICS.min)?.value;
  const high = statistics.get(STATISTICS.max)?.value;
  if (!(low instanceof Uint8Array && high instanceof Uint8Array)) return undefined;
  const min = read(low);
  const max = read(high);
  if (min === undefined || max === undefined) return undefined;
  const flags = [STATISTICS.minIsExact, STATISTICS.maxIsExact].map((id) => statistics.get(id)?.value);
  if (typeof min === "string") {
    // Writers cut long text short, and the older ones among them without saying so.
    return compareBytes(low, high) > 0
      ? undefined
      : { min, max, exact: flags.every((flag) => flag === true) };
  }
  // A writer that took unsigned values or decimals in the wrong order shows it here whenever that did harm:
  // the two orders differ only between values of different sign bits, and then the bounds are the wrong way round.
  // A NaN for a bound ends here too.
  if (typeof max === "string" || !(min <= max)) return undefined;
  const exact = flags.every((flag) => flag !== false);
  // A zero for a bound stands for either zero.
  return floatReaders.has(read)
    ? { min: min === 0 ? -0 : min, max: max === 0 ? 0 : max, exact }
    : { min, max, exact };
}
