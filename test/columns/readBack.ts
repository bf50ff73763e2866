import { type Data, DataType, MapRow, type RecordBatch, StructRow, Vector } from "apache-arrow";

/** A value of any Arrow type as arrays, numbers, bigints and strings that can be compared. */
export function plain(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number>);
  if (value instanceof Vector) return Array.from({ length: value.length }, (_, i) => plain(value.get(i)));
  if (value instanceof StructRow || value instanceof MapRow) {
    return [...(value as Iterable<[unknown, unknown]>)].map(([key, inner]) => [key, plain(inner)]);
  }
  return value;
}

/** Each column of a batch, read one value at a time. */
export function columnsOf(batch: RecordBatch): unknown[][] {
  return batch.schema.fields.map((_, column) => {
    const vector = batch.getChildAt(column)!;
    return Array.from({ length: batch.numRows }, (_, row) => plain(vector.get(row)));
  });
}

/** What is wrong with the counts of a column: nulls that are not counted, bits before its start, spare child rows. */
export function miscounts(data: Data, path = ""): string[] {
  const { type, length, children } = data;
  const found: string[] = [];
  const here = `${path}/${type}`;
  if (data.offset !== 0) found.push(`${here}: offset ${data.offset}`);
  if (!DataType.isUnion(type)) {
    let nulls = 0;
    for (let i = 0; i < length; i++) if (DataType.isNull(type) || !data.getValid(i)) nulls++;
    if (data.nullCount !== nulls) found.push(`${here}: ${data.nullCount} of ${nulls} nulls`);
  }
  const slots = DataType.isFixedSizeList(type) ? length * type.listSize : length;
  const sized = DataType.isStruct(type) || DataType.isFixedSizeList(type) || DataType.isSparseUnion(type);
  for (const child of children) {
    if (sized && child.length !== slots) found.push(`${here}: ${child.length} child rows for ${slots}`);
    found.push(...miscounts(child, here));
  }
  return found;
}
