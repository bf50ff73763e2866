// Run by a test as a process of its own: it is told to exit while DuckDB is at work for far longer than anyone would wait.
import { openDatabase } from "../../../src/engines/duckdb/database.js";

const { connection } = await openDatabase("/nowhere.parquet", { threads: 1 });
connection
  .runAndReadAll("SELECT sum(a.range * b.range) FROM range(300_000_000) a, range(3_000_000) b")
  .catch(() => {});
setTimeout(() => process.exit(7), 200);
