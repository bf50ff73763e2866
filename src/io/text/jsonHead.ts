import { jsonMembers, jsonScalar } from "../../columns/jsonText.js";
import { InputError } from "../../errors/index.js";
import type { InputFile } from "../inputFile.js";
import {
  type Guess,
  type GuessedSchema,
  guessedSchema,
  guessMoment,
  guessNumber,
  type KnownTypes,
  TypeGuess,
} from "./guessType.js";
import { jsonParts } from "./jsonLines.js";

const NO_NUMBER = new Set(["NaN", "Infinity", "-Infinity"]);

/** Guesses what a JSON value is; undefined for null. */
function guessJson(json: string): Guess | undefined {
  if (json === "null") return undefined;
  if (json === "true" || json === "false") return "bool";
  if (json[0] === "{" || json[0] === "[") return "text";
  if (json[0] !== '"') return guessNumber(json) ?? "text";
  const text = jsonScalar(json) ?? "";
  return NO_NUMBER.has(text) ? "float" : (guessMoment(text) ?? "text");
}

/** Reads the first lines of a JSON lines file: their keys, in the order they first come, and what they hold. */
export async function readJsonHead(
  file: InputFile,
  sampleRows: number,
  maxLineBytes: number,
  known: KnownTypes,
): Promise<GuessedSchema> {
  const guesses = new Map<string, TypeGuess>();
  let rows = 0;
  sampling: for await (const { lines } of jsonParts(file, maxLineBytes)) {
    for (const line of lines) {
      if (rows === sampleRows) break sampling;
      rows++;
      jsonMembers(line, (name, json) => {
        const guess = guesses.get(name) ?? new TypeGuess();
        guesses.set(name, guess);
        const kind = guessJson(json);
        if (kind) guess.add(kind, json);
      });
    }
  }
  if (guesses.size === 0) {
    throw new InputError(
      "input/unreadable",
      `${JSON.stringify(file.path)} has no columns: no object with a key`,
      {
        unit: file.path,
      },
    );
  }
  return guessedSchema(guesses, rows, known);
}
