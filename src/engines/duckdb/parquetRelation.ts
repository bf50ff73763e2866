import type { Source } from "../../io/source.js";
import { sqlText } from "../../predicates/sql/literals.js";
import { NotInSql } from "../../predicates/sql/sqlColumn.js";
import { openDatabase } from "./database.js";
import type { DuckdbOptions } from "./options.js";
import { makeRelation, type OpenRelation } from "./relation.js";

/** A Parquet file on disk as a relation of a database of its own. Throws NotInSql for what DuckDB would read otherwise. */
export async function parquetRelation(source: Source, options: DuckdbOptions): Promise<OpenRelation> {
  const { path = "", bytes, modified } = source.description;
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(path)) throw new NotInSql("the file was fetched");
  // What stands in brackets, and a star, would make it read another file.
  if (/[*?[]/.test(path)) throw new NotInSql("DuckDB would take the path for a pattern");
  const [{ openInputFile }, { resolve }] = await Promise.all([
    import("../../io/inputFile.js"),
    import("node:path"),
  ]);
  const file = await openInputFile(path);
  try {
    if (file.bytes !== bytes || file.modified !== modified) throw new NotInSql("the file has changed");
    const absolute = resolve(path);
    const database = await openDatabase(absolute, options);
    const close = async (): Promise<void> => {
      await database.close();
      await file.close();
    };
    const read = (options: string) => `read_parquet(${sqlText(absolute)}, hive_partitioning=false${options})`;
    try {
      const relation = await makeRelation({
        connection: database.connection,
        schema: source.schema,
        from: (names) => `${read("")} AS t(${names})`,
        numbered: (names) => ({ from: `${read(", file_row_number=true")} AS t(${names}, r)`, row: "r" }),
      });
      return { relation, checkUnchanged: () => file.checkUnchanged(), close };
    } catch (error) {
      await database.close();
      throw error;
    }
  } catch (error) {
    await file.close();
    throw error;
  }
}
