import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { openPeer } from "./duckdb.js";

const folder = fileURLToPath(new URL("../data/", import.meta.url));

/** The `nth` draw of row `i`, evenly from 0 up to 1: the same for the same row, every time. */
const draw = (nth: number) => `((hash(i, ${nth}) >> 11)::DOUBLE / 9007199254740992.0)`;

/** The columns that `bench/batches.ts` defines, drawn by DuckDB, which takes a minute where a loop here takes ten. */
const columns = `
  i AS id,
  CASE WHEN ${draw(1)} >= 0.02 THEN 5 + 95 * ${draw(2)} END AS price,
  CASE WHEN ${draw(3)} >= 0.03 THEN (1 + floor(100 * ${draw(4)}))::INTEGER END AS qty,
  'C' || lpad((floor(200 * ${draw(5)})::INTEGER)::VARCHAR, 3, '0') AS country,
  'user' || i || '@example' || (floor(10 * ${draw(6)})::INTEGER)::VARCHAR || '.com' AS email,
  make_timestamp(1700000000000000 + i * 1000) AS at`;

/** One Parquet file of `rows` rows of the generated columns, in order of `id`, written once. */
export async function largeOrdersFile(rows: number): Promise<string> {
  const file = `${folder}drawn-${rows}.parquet`;
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true });
  const peer = await openPeer();
  const part = `${file}.part`;
  try {
    await peer.connection.run(
      `COPY (SELECT ${columns} FROM range(${rows}) AS r(i)) TO '${part}' (FORMAT parquet, COMPRESSION snappy)`,
    );
    renameSync(part, file);
  } finally {
    rmSync(part, { force: true });
    peer.close();
  }
  return file;
}
