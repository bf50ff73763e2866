import type { Source } from "../../io/source.js";
import { whyNotPlainCsv } from "../../io/text/plainCsv.js";
import { sqlText } from "../../predicates/sql/literals.js";
import { NotInSql } from "../../predicates/sql/sqlColumn.js";
import { fileDatabase } from "./fileDatabase.js";
import type { DuckdbOptions } from "./options.js";
import { makeRelation, type OpenRelation } from "./relation.js";
import { type CellSql, cellSql } from "./textCells.js";

/** What DuckDB is told: nothing is left for it to find out by looking at the file. */
function readerOptions(
  delimiter: string,
  nullValues: readonly string[],
  hasHeader: boolean,
  columns: number,
) {
  const types = Array.from({ length: columns }, (_, i) => `'s${i}': 'VARCHAR'`);
  return [
    "auto_detect=false",
    `delim=${sqlText(delimiter)}`,
    "quote=''",
    "escape=''",
    "comment=''",
    "new_line='\\n'",
    "header=false",
    `skip=${hasHeader ? 1 : 0}`,
    `nullstr=[${nullValues.map(sqlText).join(", ")}]`,
    "null_padding=false",
    "ignore_errors=false",
    "compression='none'",
    "hive_partitioning=false",
    `columns={${types.join(", ")}}`,
  ].join(", ");
}

/**
 * A CSV file on disk as a relation: cells that DuckDB splits as text, each made a value by expressions that say which cells
 * they may read otherwise than our own reader. Throws NotInSql for a file that takes a parser, and what isn't known of its reading.
 */
export async function csvRelation(source: Source, options: DuckdbOptions): Promise<OpenRelation> {
  const { schema, csv } = source;
  if (!csv) throw new NotInSql("how the file is read isn't known");
  const { delimiter, nullValues, hasHeader } = csv;
  if (!nullValues.includes("") || nullValues.some((value) => /[^\x20-\x7e]/.test(value))) {
    throw new NotInSql("an empty cell is no null, or some text is that DuckDB isn't told of");
  }
  const { file, path, connection, close } = await fileDatabase(source, options);
  try {
    const why = await whyNotPlainCsv(file, delimiter, schema.fields.length);
    if (why !== undefined) throw new NotInSql(`the CSV takes our own reader: ${why}`);
    const all = schema.fields.map((_, i) => `s${i}`).join(", ");
    const read = `read_csv(${sqlText(path)}, ${readerOptions(delimiter, nullValues, hasHeader, schema.fields.length)}) AS f(${all})`;
    const cells = schema.fields.map(({ type }, i): CellSql | undefined => cellSql(type, `s${i}`));
    const values = cells.map((cell, i) => cell?.value ?? `s${i}`).join(", ");
    // The first line is the header's, and the order of lines is kept where nothing is sorted.
    const number = "row_number() OVER () - 1";
    const relation = await makeRelation({
      connection,
      schema,
      added: schema.fields.length,
      from: (names) => `(SELECT ${values}, ${all} FROM ${read}) AS t(${names}, ${all})`,
      numbered: (names) => ({
        from: `(SELECT ${values}, ${all}, ${number} FROM ${read}) AS t(${names}, ${all}, r)`,
        row: "r",
      }),
      odd: (index) => cells[index]?.odd,
    });
    return { relation, checkUnchanged: () => file.checkUnchanged(), close };
  } catch (error) {
    await close();
    throw error;
  }
}
