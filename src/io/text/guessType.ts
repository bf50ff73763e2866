import {
  Bool,
  DataType,
  DateDay,
  Field,
  Float64,
  Int64,
  Schema,
  TimestampMicrosecond,
  TimeUnit,
  Utf8,
} from "apache-arrow";
import { parseBool, parseFloatText } from "../../columns/cellParse.js";
import { parseDate, parseTimestamp } from "../../columns/temporalParse.js";
import { typeName } from "../../columns/typeName.js";

/** What a text can be read as without losing a character that says something. */
export type Guess = "int" | "float" | "bool" | "date" | "timestamp" | "instant" | "text";

const MIN = -(2n ** 63n);
const MAX = 2n ** 63n - 1n;
const { MICROSECOND } = TimeUnit;
const [PLUS, MINUS, ZERO, NINE] = [43, 45, 48, 57];

/** True for digits whose spelling a number would lose: leading zeros make a code, a plus sign may say something. */
function isCode(text: string): boolean {
  const first = text.charCodeAt(0);
  const zero = first === MINUS ? 1 : 0;
  if (first === PLUS) return true;
  return (
    text.charCodeAt(zero) === ZERO && text.charCodeAt(zero + 1) >= ZERO && text.charCodeAt(zero + 1) <= NINE
  );
}

/** Guesses a number from text; undefined when it is none, or an integer beyond 64 bits. */
export function guessNumber(text: string): "int" | "float" | undefined {
  if (isCode(text)) return undefined;
  if (text === "-0" || !/^-?\d+$/.test(text)) return parseFloatText(text) === undefined ? undefined : "float";
  if (text.length < 19) return "int";
  if (text.length > 20) return undefined;
  const value = BigInt(text);
  return value >= MIN && value <= MAX ? "int" : undefined;
}

/** Guesses a date or a moment from text; undefined when it is none that microseconds hold. */
export function guessMoment(text: string): "date" | "timestamp" | "instant" | undefined {
  const first = text.charCodeAt(0);
  if (text.length < 10 || first < 48 || first > 57) return undefined;
  if (parseDate(text) !== undefined) return "date";
  if (parseTimestamp(text, MICROSECOND, false) !== undefined) return "timestamp";
  return parseTimestamp(text, MICROSECOND, true) === undefined ? undefined : "instant";
}

/** Guesses what a cell of text is. */
export function guessText(text: string): Guess {
  return guessNumber(text) ?? guessMoment(text) ?? (parseBool(text) === undefined ? "text" : "bool");
}

/** Collects the guesses of one column's cells. */
export class TypeGuess {
  readonly #seen = new Set<Guess>();
  #hasWideInteger = false;

  add(kind: Guess, text: string): void {
    this.#seen.add(kind);
    if (kind === "int" && !Number.isSafeInteger(Number(text))) this.#hasWideInteger = true;
  }

  /** The type that holds all cells seen; text when no other does, undefined when no cell held a value. */
  get type(): DataType | undefined {
    if (this.#seen.size === 0) return undefined;
    const only = (...kinds: Guess[]) => [...this.#seen].every((kind) => kinds.includes(kind));
    if (only("int")) return new Int64();
    // Integers from 2^53 on would lose digits beside fractions.
    if (only("int", "float") && !this.#hasWideInteger) return new Float64();
    if (only("bool")) return new Bool();
    if (only("date")) return new DateDay();
    if (only("date", "timestamp")) return new TimestampMicrosecond();
    return only("instant") ? new TimestampMicrosecond("UTC") : new Utf8();
  }
}

/**
 * Tells whether a cell past the sample would have been guessed as a column's type, where its parser alone doesn't:
 * what would have made the column text must not become a number unseen. Undefined when the parser does.
 */
export function guardOf(type: DataType): ((text: string) => boolean) | undefined {
  if (DataType.isInt(type)) return (text) => !isCode(text) && text !== "-0";
  return DataType.isFloat(type) ? (text) => !isCode(text) : undefined;
}

/** A schema of guessed types, and the notes that say how it came to be. */
export interface GuessedSchema {
  readonly schema: Schema;
  readonly notes: readonly string[];
}

/** Types that are known beforehand, by column. */
export type KnownTypes = ReadonlyMap<string, DataType>;

function listed(fields: readonly Field[]): string {
  return fields.map(({ name, type }) => `${JSON.stringify(name)} ${typeName(type)}`).join(", ");
}

/** The schema of what `rows` rows looked like, by column; a type that is known stands whatever they look like. */
export function guessedSchema(
  guesses: Iterable<readonly [string, TypeGuess]>,
  rows: number,
  known: KnownTypes,
): GuessedSchema {
  const fields: Field[] = [];
  const empty: string[] = [];
  for (const [name, { type }] of guesses) {
    const given = known.get(name);
    if (!type && !given) empty.push(JSON.stringify(name));
    fields.push(new Field(name, given ?? type ?? new Utf8(), true));
  }
  const isGiven = ({ name }: Field) => known.has(name);
  const given = fields.filter(isGiven);
  const inferred = fields.filter((field) => !isGiven(field));
  const notes: string[] = [];
  if (given.length > 0) notes.push(`types as they were declared: ${listed(given)}`);
  if (inferred.length > 0) notes.push(`types inferred from the first ${rows} rows: ${listed(inferred)}`);
  if (empty.length > 0) notes.push(`no value in those rows, so read as utf8: ${empty.join(", ")}`);
  return { schema: new Schema(fields), notes };
}
