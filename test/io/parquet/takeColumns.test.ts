import * as arrow from "apache-arrow";
import fc from "fast-check";
import * as wasm from "parquet-wasm";
import { expect, it } from "vitest";
import {
  batchesOf,
  type Decoded,
  decodeBatches,
  decodeSchema,
  decodeStreams,
} from "../../../src/io/parquet/decode.js";
import { miscounts } from "../../columns/readBack.js";
import { zoo, zooBatch, zooSchema } from "../typeZoo.js";

/** Types that a module's memory is copied for, and two that take a stream. */
const COLUMNS = zoo.filter(([name]) => !/^(fixed|decimal|list|struct|dictionary|numbers)/.test(name));
const STREAMED = zoo.filter(([name]) => name === "fixed" || name === "decimal");

function fileOf(columns: typeof zoo, rows: number): Uint8Array {
  const places = columns.map((column) => zoo.indexOf(column));
  const batch = zooBatch(zooSchema(), 0, rows).selectAt(places);
  const table = wasm.Table.fromIPCStream(arrow.tableToIPC(new arrow.Table([batch]), "stream"));
  return wasm.writeParquet(table);
}

const columns = fc.oneof(
  fc.subarray([...COLUMNS], { minLength: 1 }),
  fc.subarray([...COLUMNS, ...STREAMED], { minLength: 1 }),
);

it("copies out of the module's memory what a stream would have held", () => {
  fc.assert(
    fc.property(
      columns,
      fc.integer({ min: 1, max: 70 }),
      fc.nat(70),
      fc.nat(70),
      (some, rows, offset, limit) => {
        const file = fileOf(some, rows);
        const schema = decodeSchema(wasm, file);
        const copied = decodeBatches(wasm, file, offset, limit, schema);
        const streamed = batchesOf(decodeStreams(wasm, file, offset, limit), schema);
        expect(copied.rows).toBe(streamed.rows);
        const bytes = ({ batches }: Decoded) =>
          batches.map((batch) => Buffer.from(arrow.tableToIPC(new arrow.Table([batch]))));
        expect(bytes(copied)).toEqual(bytes(streamed));
        for (const batch of copied.batches) {
          expect(batch.schema).toBe(schema);
          expect(batch.data.children.flatMap((data) => miscounts(data))).toEqual([]);
        }
      },
    ),
    { numRuns: 80 },
  );
});
