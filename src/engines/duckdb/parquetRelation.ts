import type { Source } from "../../io/source.js";
import { sqlText } from "../../predicates/sql/literals.js";
import { fileDatabase } from "./fileDatabase.js";
import type { DuckdbOptions } from "./options.js";
import { makeRelation, type OpenRelation } from "./relation.js";

/** A Parquet file on disk as a relation of a database of its own. Throws NotInSql for what DuckDB would read otherwise. */
export async function parquetRelation(source: Source, options: DuckdbOptions): Promise<OpenRelation> {
  const { file, path, connection, close } = await fileDatabase(source, options);
  const read = (options: string) => `read_parquet(${sqlText(path)}, hive_partitioning=false${options})`;
  try {
    const relation = await makeRelation({
      connection,
      schema: source.schema,
      from: (names) => `${read("")} AS t(${names})`,
      numbered: (names) => ({ from: `${read(", file_row_number=true")} AS t(${names}, r)`, row: "r" }),
    });
    return { relation, checkUnchanged: () => file.checkUnchanged(), close };
  } catch (error) {
    await close();
    throw error;
  }
}
