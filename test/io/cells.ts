import type { RecordBatch } from "apache-arrow";
import { cellText } from "../../src/columns/cellText.js";
import type { Source } from "../../src/io/source.js";

/** All batches of a source. */
export async function readAll(source: Source, columns?: readonly number[]): Promise<RecordBatch[]> {
  const batches: RecordBatch[] = [];
  for await (const batch of source.batches(columns ? { columns } : {})) batches.push(batch);
  return batches;
}

/** The rows of batches as exact text, whatever the batches are cut into. */
export function rowsOf(batches: readonly RecordBatch[]): (string | null)[][] {
  return batches.flatMap((batch) =>
    Array.from({ length: batch.numRows }, (_, row) =>
      batch.data.children.map((column) => cellText(column, row)),
    ),
  );
}
