import { type InputFile, openInputFile } from "../../io/inputFile.js";
import type { Source } from "../../io/source.js";
import { NotInSql } from "../../predicates/sql/sqlColumn.js";
import { type Database, openDatabase } from "./database.js";
import type { DuckdbOptions } from "./options.js";

/** A database of its own for one file, and the file, held open. */
export interface FileDatabase extends Database {
  readonly file: InputFile;
  /** The file's absolute path. */
  readonly path: string;
}

/** Opens the file of a source, and a database that reads it and nothing else. Throws NotInSql for what DuckDB would not read as that file. */
export async function fileDatabase(source: Source, options: DuckdbOptions): Promise<FileDatabase> {
  const { path = "", bytes, modified } = source.description;
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(path)) throw new NotInSql("the file was fetched");
  // What stands in brackets, and a star, would make it read another file.
  if (/[*?[]/.test(path)) throw new NotInSql("DuckDB would take the path for a pattern");
  const { resolve } = await import("node:path");
  const file = await openInputFile(path);
  try {
    if (file.bytes !== bytes || file.modified !== modified) throw new NotInSql("the file has changed");
    const absolute = resolve(path);
    const { connection, close } = await openDatabase(absolute, options);
    return {
      file,
      path: absolute,
      connection,
      async close() {
        await close();
        await file.close();
      },
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}
