import { InputError } from "../../errors/index.js";
import type { InputFile } from "../inputFile.js";
import { textChunks } from "./textChunks.js";

/** The lines that one part of a file completes, each an object as valid JSON text; blank ones are left out. */
export interface JsonPart {
  /** The number of the line that `lines` gave last, from 1. */
  readonly at: { line: number };
  readonly lines: Iterable<string>;
}

/** What JSON.parse found wrong, without the piece of the data that V8 quotes behind it. */
function parserSaid(cause: unknown): string {
  return (cause as Error).message.replace(/,? (?:\.\.\.)?".*$/s, "");
}

/** The text as an object's JSON. Throws InputError that names the line. */
function checkedObject(text: string, line: number, unit: string): string {
  const fail = (problem: string, cause?: unknown) =>
    new InputError("input/corrupt", `${JSON.stringify(unit)}: line ${line} ${problem}`, { unit, cause });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const isDocument = line === 1 && text.startsWith("[");
    throw fail(
      isDocument ? "starts an array; one object a line is read" : `is not JSON: ${parserSaid(cause)}`,
      cause,
    );
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return text;
  throw fail(
    `is ${Array.isArray(value) ? "an array" : value === null ? "null" : `a ${typeof value}`}, not an object`,
  );
}

/** Goes through a JSON lines file part by part. Throws InputError. */
export async function* jsonParts(file: InputFile, maxLineBytes: number): AsyncGenerator<JsonPart> {
  const unit = file.path;
  const at = { line: 0 };
  let rest = "";
  const checkLength = (length: number) => {
    if (length <= maxLineBytes) return;
    const problem = `line ${at.line + 1} is longer than maxLineBytes ${maxLineBytes}`;
    throw new InputError("input/too-large", `${JSON.stringify(unit)}: ${problem}`, {
      unit,
      parameter: "maxLineBytes",
    });
  };
  function* lines(text: string, isLast: boolean): Generator<string> {
    let from = 0;
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", from)) {
      const line = rest + text.slice(from, end);
      checkLength(line.length);
      rest = "";
      from = end + 1;
      at.line++;
      const object = line.trim();
      if (object !== "") yield checkedObject(object, at.line, unit);
    }
    rest += text.slice(from);
    checkLength(rest.length);
    const object = rest.trim();
    if (!isLast || object === "") return;
    at.line++;
    yield checkedObject(object, at.line, unit);
  }
  for await (const text of textChunks(file)) yield { at, lines: lines(text, false) };
  yield { at, lines: lines("", true) };
}
