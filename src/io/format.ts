import { ConfigError } from "../errors/index.js";

/** The formats that tables are read from and written to. */
export const FORMATS = ["parquet", "arrow", "csv", "jsonl"] as const;

/** One of `FORMATS`. */
export type Format = (typeof FORMATS)[number];

/** By file extension, in lower case and with its dot. */
const EXTENSIONS: ReadonlyMap<string, Format> = new Map<string, Format>([
  [".parquet", "parquet"],
  [".arrow", "arrow"],
  [".arrows", "arrow"],
  [".feather", "arrow"],
  [".ipc", "arrow"],
  [".csv", "csv"],
  [".tsv", "csv"],
  [".tab", "csv"],
  [".jsonl", "jsonl"],
  [".ndjson", "jsonl"],
]);

const NAMES: Record<Format, string> = {
  parquet: "Parquet",
  arrow: "Arrow IPC",
  csv: "CSV",
  jsonl: "JSON lines",
};

/** What people call a format. */
export function formatName(format: Format): string {
  return NAMES[format];
}

/** The format that a path's extension stands for, undefined when it stands for none. */
function formatOfPath(path: string): Format | undefined {
  return EXTENSIONS.get(/\.[^./\\]+$/.exec(path)?.[0].toLowerCase() ?? "");
}

/**
 * What a file is to be taken for: what it was said to be, what its extension stands for, or what it looks like.
 * Throws ConfigError when all of them are silent or the first isn't a format.
 */
export function chooseFormat(path: string, said: Format | undefined, looks?: Format): Format {
  const format = said ?? formatOfPath(path) ?? looks;
  if (format !== undefined && FORMATS.includes(format)) return format;
  const choices = FORMATS.join(", ");
  const message =
    format === undefined
      ? `${JSON.stringify(path)} has none of the extensions ${[...EXTENSIONS.keys()].join(", ")}; give format: ${choices}`
      : `format is one of ${choices}, not ${String(format)}`;
  throw new ConfigError("config/bad-value", message, {
    unit: path,
    parameter: "format",
    value: said,
    choices: FORMATS,
  });
}

/** What the first bytes of a file say it is: a format that is read here, or the name of something else. */
export interface Sniffed {
  readonly format?: Format;
  readonly other?: string;
}

/** How many bytes `sniff` looks at. */
export const SNIFFED_BYTES = 16;

const BEGINNINGS: readonly (readonly [string, Sniffed])[] = [
  ["PAR1", { format: "parquet" }],
  ["PARE", { format: "parquet" }],
  ["ARROW1", { format: "arrow" }],
  ["FEA1", { other: "Feather of the first version, which isn't Arrow IPC" }],
  ["\x1f\x8b", { other: "gzip data" }],
  ["\x28\xb5\x2f\xfd", { other: "zstd data" }],
  ["BZh", { other: "bzip2 data" }],
  ["\xfd7zXZ\0", { other: "xz data" }],
  ["PK\x03\x04", { other: "a zip archive, such as a spreadsheet" }],
  ["SQLite format 3\0", { other: "an SQLite database" }],
  ["Obj\x01", { other: "Avro" }],
  ["ORC", { other: "ORC" }],
  ["%PDF", { other: "PDF" }],
];

/** What a file is by its first bytes; nothing for text, and for whatever has no mark of its own. */
export function sniff(head: Uint8Array): Sniffed {
  const start = String.fromCharCode(...head);
  const known = BEGINNINGS.find(([beginning]) => start.startsWith(beginning));
  if (known) return known[1];
  // An Arrow stream begins with a message: the continuation mark, and a length.
  const isMessage = head.length >= 8 && start.startsWith("\xff\xff\xff\xff") && head[7]! < 128;
  return isMessage ? { format: "arrow" } : {};
}
