import { makeInk, plainLine, SYMBOLS } from "../report/ink.js";
import { cutTo, fitTo, widthOf, wrapTo } from "../report/width.js";
import { counted, decodedText } from "../report/wording.js";
import { readSuite } from "../suite/readSuite.js";
import { type ExplainedExpectation, type Explanation, explain } from "../validate/explain.js";
import type { Arguments } from "./arguments.js";
import { EXIT } from "./exitCodes.js";
import { engineSaid, givenOf } from "./given.js";
import { located, type Surroundings, takesColor, widthOfOutput } from "./surroundings.js";

const WIDEST_NAME = 40;

function sourceLine({ source, suite }: Explanation): string {
  const { kind, path, rows, rowGroups } = source;
  const size = [
    kind,
    ...(rows === undefined ? [] : [counted(rows, "row")]),
    ...(rowGroups === undefined ? [] : [counted(rowGroups, "row group")]),
  ];
  return `${path ?? kind} (${size.join(", ")}) against suite ${suite}`;
}

function decidedText(one: ExplainedExpectation, tellsEngine: boolean): string {
  const { evidence, rule, states, secondLook, problem, engine, kept } = one;
  if (!evidence) return `can't be evaluated: ${problem}`;
  const { atBest, atWorst } = evidence;
  const parts = [
    `decided by ${atBest}${atBest === atWorst ? "" : `, at worst by ${atWorst}`}`,
    ...(tellsEngine && engine !== undefined ? [`by ${engine}${kept ? `: ${kept.join(", ")}` : ""}`] : []),
    ...(rule === undefined ? [] : [`${rule} rule`]),
    ...(states.length === 0 ? [] : [`gathers ${states.join(", ")}`]),
    ...(secondLook ? ["reads its columns twice to tell failing rows"] : []),
  ];
  return parts.join("; ");
}

function tableLine({ name, columns }: Explanation["tables"][number]): string {
  const read = columns.length === 0 ? "its rows are counted" : columns.map(plainLine).join(", ");
  return `  reads table ${plainLine(name)}: ${read}`;
}

function engineLine({ name, why }: Explanation["engine"]): string[] {
  if (name === "arrow" && why === undefined) return [];
  return [`  runs on ${name}${why === undefined ? "" : `: ${plainLine(why)}`}`];
}

function columnLines(
  { columnsRead, columnsLeft, tables, read: parts, engine }: Explanation,
  width: number,
): string[] {
  const all = columnsRead.length + columnsLeft.length;
  const read = columnsRead.map(({ name, type }) => `${plainLine(name)} ${plainLine(type)}`).join(", ");
  const decoded = decodedText(parts)?.replace("decoded", "decodes");
  const left = columnsLeft.map(plainLine).join(", ");
  return [
    ...(decoded === undefined ? [] : [decoded]),
    `  reads ${columnsRead.length} of ${counted(all, "column")}${read === "" ? "" : `: ${read}`}`,
    ...(left === "" ? [] : [`  leaves ${left}`]),
    ...tables.map(tableLine),
    ...engineLine(engine),
  ].flatMap((text) =>
    wrapTo(text.trim(), width - 4, 8).map((line, nth) => `${nth === 0 ? "  " : "    "}${line}`),
  );
}

/** What a check of FILE would read and which evidence would decide each expectation, as lines. */
export function explanationText(explanation: Explanation, color: boolean, width: number): string {
  const ink = makeInk(color);
  const { expectations, engine } = explanation;
  // With our own engine alone there is nothing to tell apart.
  const tellsEngine = engine.name !== "arrow";
  const names = Math.min(WIDEST_NAME, Math.max(0, ...expectations.map(({ id }) => widthOf(plainLine(id)))));
  const lines = expectations.map((one) => {
    const status = one.evidence ? "pass" : "error";
    const symbol = one.evidence ? "·" : ink.status(status, SYMBOLS[status]);
    return `  ${symbol} ${fitTo(plainLine(one.id), names)}  ${cutTo(plainLine(decidedText(one, tellsEngine)), width - names - 6)}`;
  });
  return [
    ink.strong(cutTo(plainLine(sourceLine(explanation)), width)),
    "",
    ...columnLines(explanation, width),
    "",
    ...lines,
    "",
  ].join("\n");
}

/** Explains a check without doing it. Throws what `explain` throws. */
export async function explainFile(args: Arguments, surroundings: Surroundings): Promise<number> {
  const [file] = args.operands as [string];
  const suite = await readSuite(located(args.value("suite")!, surroundings));
  const options = { ...givenOf(args, "explain", surroundings), ...engineSaid(args, "explain") };
  const explanation = await explain(located(file, surroundings), suite, options);
  const color = takesColor(surroundings, args.has("no-color"));
  surroundings.stdout.write(explanationText(explanation, color, widthOfOutput(surroundings)));
  return EXIT.passed;
}
