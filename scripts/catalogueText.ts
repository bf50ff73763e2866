import {
  type Catalogue,
  type CatalogueEntry,
  type CatalogueField,
  type CatalogueParameter,
  DECIDED_BY,
} from "../src/cli/catalogue.js";
import { registry } from "../src/expectations/unit/registry.js";
import { needsSecondLook } from "../src/plan/rule.js";
import { bestEvidence } from "./bestEvidence.js";
import { readDocPages } from "./docComments.js";

/** The catalogue, from the doc comments, the types and the units of the expectations. */
export async function makeCatalogue(): Promise<Catalogue> {
  const pages = readDocPages();
  const expectations: CatalogueEntry[] = [];
  for (const unit of registry().values()) {
    const page = pages.get(unit.type);
    const summary = page?.text[0]?.split(/(?<=[.!?])\s/)[0];
    if (!page || summary === undefined) throw new Error(`${unit.type} has no doc comment`);
    if (page.examples.length === 0) throw new Error(`${unit.type} has no @example`);
    const stored = { type: unit.type, ...unit.about.example.params };
    const { rule } = unit.needs(stored);
    expectations.push({
      name: unit.type,
      about: unit.shape,
      quarantines: unit.quarantines,
      fits: unit.about.fits,
      secondPass: rule !== undefined && needsSecondLook(rule),
      evidence: await bestEvidence(unit),
      greatExpectations: (unit.about.greatExpectations ?? []).map(({ type }) => type),
      summary,
      text: page.text,
      examples: page.examples,
      calls: page.calls,
      parameters: page.parameters,
      stored,
    });
  }
  expectations.sort((a, b) => (a.name < b.name ? -1 : 1));
  return { format: "veritable/catalogue", version: 1, expectations };
}

/** The catalogue as the package holds it. */
export function catalogueJson(catalogue: Catalogue): string {
  return `${JSON.stringify(catalogue, null, 2)}\n`;
}

const SECTIONS = [
  ["row", "About each row"],
  ["aggregate", "About a column as a whole"],
  ["table", "About the table's shape"],
] as const;

const anchor = (name: string) => `[\`${name}\`](#${name.toLowerCase()})`;

function fieldLine({ name, optional, type, about }: CatalogueField): string {
  return `\`${name}${optional ? "?" : ""}\` (\`${type}\`)${about === undefined ? "" : `: ${about}`}`;
}

/** Fields that every expectation takes and says the same of. */
function commonFields(expectations: readonly CatalogueEntry[]): CatalogueField[] {
  const [first, ...others] = expectations.map(({ parameters }) => {
    return new Map(parameters.flatMap(({ fields = [] }) => fields.map((field) => [fieldLine(field), field])));
  });
  return [...(first ?? [])]
    .filter(([line]) => others.every((lines) => lines.has(line)))
    .map(([, field]) => field);
}

function parameterLines(
  { name, type, optional, fields = [] }: CatalogueParameter,
  common: ReadonlySet<string>,
): string[] {
  const inner = fields.map(fieldLine).filter((line) => !common.has(line));
  return [`- \`${name}${optional ? "?" : ""}\`: \`${type}\``, ...inner.map((line) => `  - ${line}`)];
}

function entryLines(entry: CatalogueEntry, common: ReadonlySet<string>): string[] {
  const fits = entry.fits.length === 0 ? [] : [`Fits columns of kind ${entry.fits.join(", ")}.`];
  const moves = entry.quarantines ? ["Its failing rows can be quarantined."] : [];
  const again = entry.secondPass ? ["Its columns are read twice where a row fails."] : [];
  const said = [...fits, ...moves, ...again, `At best decided by ${DECIDED_BY[entry.evidence]}.`];
  return [
    "",
    `### ${entry.name}`,
    "",
    ...entry.calls.flatMap((call) => [`\`${call}\``, ""]),
    ...entry.text.flatMap((paragraph) => [paragraph, ""]),
    said.join(" "),
    "",
    ...(entry.greatExpectations.length > 0
      ? [`In Great Expectations: ${entry.greatExpectations.map((name) => `\`${name}\``).join(", ")}.`, ""]
      : []),
    ...entry.parameters.flatMap((parameter) => parameterLines(parameter, common)),
    "",
    "```ts",
    ...entry.examples,
    "```",
    "",
    "```json",
    JSON.stringify(entry.stored),
    "```",
  ];
}

/** The catalogue as a page. */
export function catalogueMarkdown({ expectations }: Catalogue): string {
  const sections = SECTIONS.map(([about, title]) => {
    return { title, entries: expectations.filter((entry) => entry.about === about) };
  });
  const common = commonFields(expectations).map(fieldLine);
  const known = new Set(common);
  return [
    "# Expectations",
    "",
    "Generated from the sources by `npm run docs`. The JSON under each is the form a suite file holds.",
    ...sections.flatMap(({ title, entries }) => [
      "",
      `**${title}**`,
      "",
      ...entries.map(({ name, summary }) => `- ${anchor(name)}: ${summary}`),
    ]),
    "",
    "The options of every expectation:",
    "",
    ...common.map((line) => `- ${line}`),
    ...sections.flatMap(({ title, entries }) => [
      "",
      `## ${title}`,
      ...entries.flatMap((entry) => entryLines(entry, known)),
    ]),
    "",
  ].join("\n");
}
