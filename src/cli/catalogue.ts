import { readFile } from "node:fs/promises";
import { EngineError } from "../errors/index.js";

/** One field of an object that an expectation takes. */
export interface CatalogueField {
  readonly name: string;
  readonly type: string;
  readonly optional: boolean;
  readonly about?: string;
}

/** One parameter of the function that makes an expectation. */
export interface CatalogueParameter {
  readonly name: string;
  readonly type: string;
  readonly optional: boolean;
  /** What the object holds, where it is one with names of its own. */
  readonly fields?: readonly CatalogueField[];
}

/** One expectation, as its doc comment, its types and its unit describe it. */
export interface CatalogueEntry {
  readonly name: string;
  /** What it is about: each row, a column or table as a whole, or the table's shape. */
  readonly about: "row" | "aggregate" | "table";
  /** Whether `onFail: "quarantine"` may move its rows. */
  readonly quarantines: boolean;
  /** The kinds of column it fits. */
  readonly fits: readonly string[];
  /** True when its failing rows are known only after a second look at its columns, so that the source must be readable again. */
  readonly secondPass: boolean;
  /** The cheapest step of the evidence ladder that can decide it. */
  readonly evidence: "metadata" | "summary" | "dictionary" | "rows";
  /** The expectations of Great Expectations that it stands for. */
  readonly greatExpectations: readonly string[];
  /** The first sentence of its description. */
  readonly summary: string;
  /** All of its description, by paragraph. */
  readonly text: readonly string[];
  readonly examples: readonly string[];
  /** The forms it is called in: `name(column, options?)`. */
  readonly calls: readonly string[];
  readonly parameters: readonly CatalogueParameter[];
  /** An example as a suite's JSON or YAML holds it. */
  readonly stored: Readonly<Record<string, unknown>>;
}

/** What each step of the evidence ladder looks at, for people. */
export const DECIDED_BY: Readonly<Record<CatalogueEntry["evidence"], string>> = {
  metadata: "the schema, the count of rows or nulls, or a Parquet footer (`metadata`)",
  summary: "what is gathered of a column (`summary`)",
  dictionary: "the distinct values of a dictionary (`dictionary`)",
  rows: "its rows (`rows`)",
};

/** Every expectation there is, generated from their sources. */
export interface Catalogue {
  readonly format: "veritable/catalogue";
  readonly version: 1;
  readonly expectations: readonly CatalogueEntry[];
}

// As far away from src/cli/ as from dist/cli/, where the build puts this module.
const FILE = new URL("../../schemas/catalogue.json", import.meta.url);

/** Reads the catalogue that is shipped with the package. Throws EngineError when the package isn't whole. */
export async function readCatalogue(): Promise<Catalogue> {
  try {
    return JSON.parse(await readFile(FILE, "utf8"));
  } catch (cause) {
    throw new EngineError("engine/failed", `the package has no catalogue at ${FILE.href}`, { cause });
  }
}
