import type { RecordBatch } from "apache-arrow";
import { batchOf } from "./batchOf.js";
import { gatherData } from "./gatherData.js";
import { type Runs, rowsIn } from "./runs.js";

/**
 * The rows of `runs`, in their order, as a batch of the same schema (the same object) and metadata.
 * One run that covers the whole batch gives back the batch itself; no runs give a batch without rows.
 *
 * @throws InputError `input/unsupported`, naming the column, for a type whose layout is not known.
 */
export function gatherBatch(batch: RecordBatch, runs: Runs): RecordBatch {
  if (runs.length === 2 && runs[0] === 0 && runs[1] === batch.numRows) return batch;
  const { fields } = batch.schema;
  const children = batch.data.children.map((data, i) => gatherData(data, runs, fields[i]!.name));
  return batchOf(batch.schema, rowsIn(runs), children, batch.metadata);
}
