import { ConfigError, didYouMean } from "../errors/index.js";
import { type Ink, makeInk } from "../report/ink.js";
import { wrapTo } from "../report/width.js";
import type { Arguments } from "./arguments.js";
import {
  type Catalogue,
  type CatalogueEntry,
  type CatalogueParameter,
  DECIDED_BY,
  readCatalogue,
} from "./catalogue.js";
import { EXIT } from "./exitCodes.js";
import { type Surroundings, takesColor, widthOfOutput } from "./surroundings.js";

interface Page {
  readonly ink: Ink;
  readonly width: number;
}

const SECTIONS = [
  ["row", "About each row"],
  ["aggregate", "About a column as a whole"],
  ["table", "About the table's shape"],
] as const;

function hanging(name: string, text: string, left: number, { width, ink }: Page): string[] {
  const lines = wrapTo(text, width - left, 12);
  return lines.map((line, nth) => {
    const lead =
      nth === 0
        ? `  ${ink.strong(name)}${" ".repeat(Math.max(2, left - 2 - name.length))}`
        : " ".repeat(left);
    return `${lead}${line}`;
  });
}

/** Every expectation on a line, by what it is about. */
function listText({ expectations }: Catalogue, page: Page): string {
  const left = Math.max(...expectations.map(({ name }) => name.length)) + 4;
  const sections = SECTIONS.flatMap(([about, title]) => {
    const entries = expectations.filter((entry) => entry.about === about);
    return [
      "",
      page.ink.faint(title),
      ...entries.flatMap(({ name, summary }) => hanging(name, summary, left, page)),
    ];
  });
  return [...sections.slice(1), "", "veritable expectations NAME tells more.", ""].join("\n");
}

function parameterLines(parameter: CatalogueParameter, page: Page): string[] {
  const { fields = [] } = parameter;
  const title = `${parameter.name}${parameter.optional ? "?" : ""}`;
  if (fields.length === 0) return hanging(title, parameter.type, 18, page);
  const inner = fields.flatMap(({ name, type, optional, about }) =>
    hanging(`${name}${optional ? "?" : ""}`, about === undefined ? type : `${about} (${type})`, 18, page),
  );
  return [page.ink.faint(`${title}:`), ...inner];
}

/** One expectation in full. */
function entryText(entry: CatalogueEntry, page: Page): string {
  const { width, ink } = page;
  const fits = entry.fits.length === 0 ? [] : [`Fits columns of kind ${entry.fits.join(", ")}.`];
  const moves = entry.quarantines ? ["Its failing rows can be quarantined."] : [];
  const again = entry.secondPass ? ["Its columns are read twice where a row fails."] : [];
  const decided = `At best decided by ${DECIDED_BY[entry.evidence].replaceAll("`", "")}.`;
  const names = entry.greatExpectations;
  const gx = names.length === 0 ? [] : [`In Great Expectations: ${names.join(", ")}.`];
  const plain = entry.parameters.filter(({ fields }) => fields === undefined);
  const objects = entry.parameters.filter(({ fields }) => fields !== undefined);
  return [
    ...entry.calls.map((call) => ink.strong(call)),
    "",
    ...entry.text.flatMap((paragraph) => [...wrapTo(paragraph, width, 40), ""]),
    ...wrapTo([...fits, ...moves, ...again, decided].join(" "), width, 4),
    ...wrapTo(gx.join(" "), width, 4),
    "",
    ...plain.flatMap((parameter) => parameterLines(parameter, page)),
    ...objects.flatMap((parameter) => parameterLines(parameter, page)),
    "",
    ink.faint("In TypeScript:"),
    ...entry.examples.map((example) => `  ${example}`),
    ink.faint("In a suite's JSON or YAML:"),
    `  ${JSON.stringify(entry.stored)}`,
    "",
  ].join("\n");
}

/** Lists the expectations, or describes the one that is named. Throws ConfigError with the nearest name. */
export async function describe(args: Arguments, surroundings: Surroundings): Promise<number> {
  const catalogue = await readCatalogue();
  const page: Page = {
    ink: makeInk(takesColor(surroundings, args.has("no-color"))),
    width: widthOfOutput(surroundings),
  };
  const [name] = args.operands;
  if (name === undefined) {
    surroundings.stdout.write(listText(catalogue, page));
    return EXIT.passed;
  }
  const entry = catalogue.expectations.find((each) => each.name === name);
  if (!entry) {
    const names = catalogue.expectations.map((each) => each.name);
    throw new ConfigError(
      "config/unknown-name",
      `no expectation is called ${JSON.stringify(name)}${didYouMean(name, names)}`,
      { value: name, choices: names },
    );
  }
  surroundings.stdout.write(entryText(entry, page));
  return EXIT.passed;
}
