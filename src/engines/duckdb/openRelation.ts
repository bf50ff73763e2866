import type { Source } from "../../io/source.js";
import { NotInSql } from "../../predicates/sql/sqlColumn.js";
import { csvRelation } from "./csvRelation.js";
import { tableRelation } from "./duckdbTable.js";
import type { DuckdbOptions } from "./options.js";
import { parquetRelation } from "./parquetRelation.js";
import type { OpenRelation } from "./relation.js";

/** A source as a relation. Throws NotInSql for what DuckDB would read otherwise than our own readers. */
export async function openRelation(source: Source, options: DuckdbOptions): Promise<OpenRelation> {
  const table = await tableRelation(source);
  if (table) return table;
  const { kind } = source.description;
  if (kind === "parquet") return parquetRelation(source, options);
  if (kind === "csv") return csvRelation(source, options);
  throw new NotInSql(`DuckDB doesn't read ${kind} sources here`);
}
