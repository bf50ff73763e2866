import { mkdirSync, writeFileSync } from "node:fs";
import { catalogueJson, catalogueMarkdown, makeCatalogue } from "./catalogueText.js";

// Writes the catalogue of expectations, for the command and for people; a test fails while it is stale.
const at = (path: string) => new URL(`../${path}`, import.meta.url);
const catalogue = await makeCatalogue();
mkdirSync(at("docs"), { recursive: true });
writeFileSync(at("schemas/catalogue.json"), catalogueJson(catalogue));
writeFileSync(at("docs/expectations.md"), catalogueMarkdown(catalogue));
