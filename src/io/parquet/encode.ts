import { ConfigError } from "../../errors/index.js";
import { callWasm, type loadParquetWasm } from "./decode.js";

/** How a Parquet file is written. */
export interface ParquetSinkOptions {
  /** How pages are compressed; zstd when absent. */
  readonly compression?: ParquetCompression;
  /** The most rows a row group has; 131072 when absent. It ends sooner at 32 MiB of Arrow data. */
  readonly rowGroupRows?: number;
  /** Key-value metadata of the file. */
  readonly metadata?: ReadonlyMap<string, string>;
}

const COMPRESSIONS = ["zstd", "snappy", "none"] as const;

/** The compressions a Parquet sink knows. */
export type ParquetCompression = (typeof COMPRESSIONS)[number];

const CODECS = { zstd: "ZSTD", snappy: "SNAPPY", none: "UNCOMPRESSED" } as const;
const MOST_ROW_GROUP_ROWS = 2 ** 30;

/** Turns an Arrow IPC stream into a Parquet file of one row group. Throws whatever the module does. */
export type Encode = (ipcStream: Uint8Array) => Uint8Array;

/** An encoder with the given options; nothing of a call is left in the module's memory. */
export function encoder(
  wasm: Awaited<ReturnType<typeof loadParquetWasm>>,
  options: ParquetSinkOptions,
): Encode {
  const { compression = "zstd", metadata = new Map() } = options;
  return (ipcStream) => {
    const table = callWasm(() => wasm.Table.fromIPCStream(ipcStream));
    const properties = new wasm.WriterPropertiesBuilder()
      .setCompression(wasm.Compression[CODECS[compression]])
      .setMaxRowGroupSize(MOST_ROW_GROUP_ROWS)
      .setStatisticsEnabled(wasm.EnabledStatistics.Chunk)
      .setKeyValueMetadata(new Map(metadata))
      .build();
    return callWasm(() => wasm.writeParquet(table, properties));
  };
}

/** Throws ConfigError for an option that has another value than it can have. */
export function checkOptions(path: string, options: ParquetSinkOptions): void {
  const { compression = "zstd", rowGroupRows = 1 } = options;
  if (!COMPRESSIONS.includes(compression)) {
    const choices = COMPRESSIONS.join(", ");
    throw new ConfigError(
      "config/bad-value",
      `compression is one of ${choices}, not ${String(compression)}`,
      {
        unit: path,
        parameter: "compression",
        value: compression,
        choices: COMPRESSIONS,
      },
    );
  }
  if (!(Number.isInteger(rowGroupRows) && rowGroupRows >= 1 && rowGroupRows <= MOST_ROW_GROUP_ROWS)) {
    const range = `a whole number from 1 to ${MOST_ROW_GROUP_ROWS}`;
    throw new ConfigError("config/bad-value", `rowGroupRows is ${range}, not ${rowGroupRows}`, {
      unit: path,
      parameter: "rowGroupRows",
      value: rowGroupRows,
    });
  }
}
