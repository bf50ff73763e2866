import { readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { catalogueJson, catalogueMarkdown, makeCatalogue } from "../scripts/catalogueText.js";
import { type Catalogue, readCatalogue } from "../src/cli/catalogue.js";

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");

let catalogue: Catalogue;
beforeAll(() => {
  catalogue = makeCatalogue();
});

test("the catalogue is fresh (npm run docs writes it)", () => {
  expect(read("../schemas/catalogue.json")).toBe(catalogueJson(catalogue));
});

test("the page of the catalogue is fresh (npm run docs writes it)", () => {
  expect(read("../docs/expectations.md")).toBe(catalogueMarkdown(catalogue));
});

test("the command reads the catalogue that is shipped", async () => {
  expect(await readCatalogue()).toEqual(JSON.parse(catalogueJson(catalogue)));
});

test("every expectation says what its options mean, and shows itself", () => {
  for (const { name, parameters, examples } of catalogue.expectations) {
    const options = parameters.find((parameter) => parameter.name === "options");
    const described = (options?.fields ?? []).filter(({ about }) => about !== undefined);
    expect(described.length, `${name}: described options`).toBeGreaterThan(0);
    for (const example of examples) expect(example.startsWith(`${name}(`), `${name}: ${example}`).toBe(true);
  }
});
