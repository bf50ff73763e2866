import { readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { catalogueJson, catalogueMarkdown, makeCatalogue } from "../scripts/catalogueText.js";
import { type Catalogue, readCatalogue } from "../src/cli/catalogue.js";
import { registry } from "../src/expectations/unit/registry.js";
import { STEPS } from "../src/plan/evidence.js";
import { exampleTable, givenTo, suiteOf } from "../src/testing/laws/unitTables.js";
import { explain } from "../src/validate/explain.js";
import { validate } from "../src/validate/validate.js";

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");

let catalogue: Catalogue;
beforeAll(async () => {
  catalogue = await makeCatalogue();
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

test("every expectation has its meaning, its parameters and an example, and says what nulls are where it looks at values", () => {
  for (const { name, summary, text, calls, stored, about, fits } of catalogue.expectations) {
    expect(
      [summary, ...calls].every((said) => said.length > 0),
      name,
    ).toBe(true);
    expect(Object.keys(stored)).toContain("type");
    if (about !== "table" && fits.length > 0) expect(text.join(" "), name).toMatch(/null|NaN|empty|row/i);
  }
});

test("the catalogue has Great Expectations' names, and what is read twice", () => {
  const named = catalogue.expectations.flatMap(({ greatExpectations }) => greatExpectations);
  expect(named).toContain("expect_column_values_to_be_unique");
  expect(catalogue.expectations.some(({ secondPass }) => secondPass)).toBe(true);
  expect(catalogue.expectations.some(({ secondPass }) => !secondPass)).toBe(true);
});

test("the catalogue says of every expectation which evidence decides it at best", () => {
  expect(catalogue.expectations.map(({ name }) => name).sort()).toEqual([...registry().keys()].sort());
  const steps = new Set(catalogue.expectations.map(({ evidence }) => evidence));
  expect([...steps].sort()).toEqual([...STEPS].sort());
  const page = catalogueMarkdown(catalogue);
  for (const { name, evidence } of catalogue.expectations) {
    const section = page.slice(page.indexOf(`\n### ${name}\n`)).split("\n### ")[1];
    expect(section, name).toContain(`(\`${evidence}\`)`);
  }
});

test("explain foresees the evidence that a run of the example takes", async () => {
  for (const unit of registry().values()) {
    const [table, suite, given] = [exampleTable(unit), suiteOf(unit), givenTo(unit)];
    const [foreseen] = (await explain(table, suite, given)).expectations;
    const [outcome] = (await validate(table, suite, given)).outcomes;
    const [best, worst] = [foreseen!.evidence!.atBest, foreseen!.evidence!.atWorst];
    const taken = STEPS.indexOf(outcome!.evidence!);
    expect(taken, unit.type).toBeGreaterThanOrEqual(STEPS.indexOf(best));
    expect(taken, unit.type).toBeLessThanOrEqual(STEPS.indexOf(worst));
  }
});
