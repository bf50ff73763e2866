import { readFile, writeFile } from "node:fs/promises";
import { fileEnd } from "../../../src/io/parquet/excerpt.js";
import { CHUNK, FILE, GROUP, META } from "../../../src/io/parquet/fieldIds.js";
import { structOf, structsOf } from "../../../src/io/parquet/footer.js";
import { readThrift, type ThriftStruct } from "../../../src/io/parquet/thrift.js";

/** Rewrites the footer of a Parquet file as `edit` changes it, and leaves its data alone. */
export async function editFooter(path: string, edit: (footer: ThriftStruct) => void): Promise<void> {
  const bytes = await readFile(path);
  const end = bytes.length - 8 - bytes.readUInt32LE(bytes.length - 8);
  const footer = readThrift(bytes, end).value;
  edit(footer);
  await writeFile(path, Buffer.concat([bytes.subarray(0, end), fileEnd(footer)]));
}

/** The row groups of a footer. */
export function groupsOf(footer: ThriftStruct): ThriftStruct[] {
  return structsOf(footer, FILE.rowGroups);
}

/** The metadata of a column chunk. */
export function metaOf(footer: ThriftStruct, group: number, leaf: number): ThriftStruct {
  return structOf(structsOf(groupsOf(footer)[group]!, GROUP.chunks)[leaf]!, CHUNK.meta)!;
}

/** The statistics of a column chunk. */
export function statisticsOf(footer: ThriftStruct, group: number, leaf: number): ThriftStruct {
  return structOf(metaOf(footer, group, leaf), META.statistics)!;
}
