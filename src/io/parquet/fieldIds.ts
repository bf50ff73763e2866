/** Field ids of the Parquet format's `FileMetaData`, as far as files are taken apart and put together here. */
export const FILE = { version: 1, schema: 2, rows: 3, rowGroups: 4, keyValues: 5, columnOrders: 7 } as const;

/** Field ids of `SchemaElement`. */
export const ELEMENT = {
  type: 1,
  typeLength: 2,
  repetition: 3,
  name: 4,
  children: 5,
  converted: 6,
  scale: 7,
  logical: 10,
} as const;

/** Field ids of `RowGroup`. */
export const GROUP = { chunks: 1, size: 2, rows: 3, fileOffset: 5, ordinal: 7 } as const;

/** Field ids of `ColumnChunk`. */
export const CHUNK = {
  filePath: 1,
  fileOffset: 2,
  meta: 3,
  offsetIndex: 4,
  offsetIndexLength: 5,
  columnIndex: 6,
  columnIndexLength: 7,
  crypto: 8,
} as const;

/** Field ids of `PageHeader`. */
export const PAGE = { type: 1, uncompressed: 2, compressed: 3, crc: 4, data: 5, dataV2: 8 } as const;

/** Field ids of `ColumnMetaData`. */
export const META = {
  codec: 4,
  values: 5,
  uncompressed: 6,
  compressed: 7,
  dataOffset: 9,
  indexOffset: 10,
  dictionaryOffset: 11,
  statistics: 12,
  bloomOffset: 14,
  bloomLength: 15,
  sizes: 16,
} as const;
