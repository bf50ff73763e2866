import type { Random } from "fast-check";
import type { CharSet } from "../../predicates/pattern/charSet.js";
import { intersection } from "../../predicates/pattern/charSet.js";
import { parseRe2 } from "../../predicates/pattern/parseRe2.js";
import type { Expression } from "../../predicates/pattern/syntax.js";
import { parseRegExp } from "../../predicates/pattern/translateRegExp.js";
import type { PatternData, TextForm } from "../../predicates/predicate.js";
import type { Json } from "../../results/json.js";
import { chance, pick } from "./random.js";

const PRINTABLE: CharSet = [0x20, 0x7e];
const LETTERS: CharSet = [0x30, 0x39, 0x41, 0x5a, 0x61, 0x7a];
const CHARACTERS: CharSet = [0x00, 0xd7ff, 0xe000, 0x10ffff];

function fromSet(set: CharSet, random: Random): string {
  const kept = intersection(set, CHARACTERS);
  const plain = [LETTERS, PRINTABLE].map((wanted) => intersection(kept, wanted));
  const [letters, printable] = plain as [CharSet, CharSet];
  const from =
    chance(random, 0.85) && letters.length > 0
      ? letters
      : chance(random, 0.8) && printable.length > 0
        ? printable
        : kept;
  if (from.length === 0) return "";
  const at = 2 * random.nextInt(0, from.length / 2 - 1);
  return String.fromCodePoint(random.nextInt(from[at]!, from[at + 1]!));
}

function fromExpression(expression: Expression, random: Random, longer: number): string {
  switch (expression.kind) {
    case "empty":
    case "assert":
      return "";
    case "set":
      return fromSet(expression.set, random);
    case "sequence":
      return expression.parts.map((part) => fromExpression(part, random, longer)).join("");
    case "choice":
      return fromExpression(pick(random, expression.options), random, longer);
    case "group":
      return fromExpression(expression.body, random, longer);
    case "repeat": {
      const most = Math.min(expression.max, expression.min + longer);
      const times = random.nextInt(expression.min, most);
      return Array.from({ length: times }, () => fromExpression(expression.body, random, longer)).join("");
    }
  }
}

const parsed = new Map<string, Expression | undefined>();

function expressionOf(pattern: PatternData): Expression | undefined {
  const key = JSON.stringify(pattern);
  if (!parsed.has(key)) {
    try {
      parsed.set(
        key,
        typeof pattern === "string" ? parseRe2(pattern) : parseRegExp(pattern.source, pattern.flags),
      );
    } catch {
      // What this parser doesn't know, the engine's own may: there is only no text to be made from it.
      parsed.set(key, undefined);
    }
  }
  return parsed.get(key);
}

/** A text that a search for the pattern is likely to find; assertions inside the pattern are left to chance. */
export function textLike(pattern: PatternData, random: Random): string | undefined {
  const expression = expressionOf(pattern);
  if (!expression) return undefined;
  const text = fromExpression(expression, random, pick(random, [0, 1, 3, 8]));
  return chance(random, 0.8) ? text : `${anyWord(random)}${text}${anyWord(random)}`;
}

const WORDS = ["a", "b", "A", "z", "0", "9", " ", "-", "é", "e\u0301", "😀", "ß", "Z", ".", "x", "\n"];

/** A text of so many code points. */
export function textOfLength(length: number, random: Random): string {
  const plain = chance(random, 0.6);
  const from = plain ? "abcxyz0189AZ".split("") : WORDS.filter((word) => [...word].length === 1);
  return Array.from({ length }, () => pick(random, from)).join("");
}

/** A short text: empty, plain, or beyond the basic plane. */
export function anyWord(random: Random): string {
  return textOfLength(pick(random, [0, 1, 1, 2, 3, 5, 8]), random);
}

const two = (value: number) => String(value).padStart(2, "0");
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September"];
const LATER = ["October", "November", "December"];
const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

function formatted(format: string, random: Random): string {
  const month = random.nextInt(1, 12);
  const hour = random.nextInt(0, 23);
  const name = [...MONTHS, ...LATER][month - 1]!;
  const day = pick(random, DAYS);
  const parts: Readonly<Record<string, string>> = {
    Y: String(pick(random, [1900, 1970, 1999, 2000, 2024, 9999])),
    y: two(random.nextInt(0, 99)),
    m: two(month),
    d: two(random.nextInt(1, 28)),
    H: two(hour),
    I: two((hour % 12) + 1),
    M: two(random.nextInt(0, 59)),
    S: two(random.nextInt(0, 59)),
    f: String(random.nextInt(0, 999_999)).padStart(6, "0"),
    j: String(random.nextInt(1, 365)).padStart(3, "0"),
    U: two(random.nextInt(0, 52)),
    W: two(random.nextInt(0, 52)),
    w: String(random.nextInt(0, 6)),
    p: pick(random, ["AM", "PM"]),
    z: pick(random, ["+0000", "-0130", "+14:00"]),
    Z: "UTC",
    a: day.slice(0, 3),
    A: day,
    b: name.slice(0, 3),
    B: name,
    "%": "%",
  };
  const whole = format
    .replaceAll("%c", "%a %b %d %H:%M:%S %Y")
    .replaceAll("%x", "%m/%d/%y")
    .replaceAll("%X", "%H:%M:%S");
  return whole.replace(/%([\s\S])/gu, (all, letter: string) => parts[letter] ?? all);
}

const SOME_JSON: readonly Json[] = [null, true, 0, -1.5, "", "text", [], {}, [1, [2]], { a: { b: null } }];

/** A JSON value that a schema of the usual keywords is likely to take. */
function jsonLike(schema: Json, random: Random, depth = 0): Json {
  if (typeof schema !== "object" || schema === null || Array.isArray(schema) || depth > 5)
    return pick(random, SOME_JSON);
  const of = schema as Readonly<Record<string, Json>>;
  if (of.const !== undefined) return of.const;
  if (Array.isArray(of.enum)) return pick(random, of.enum as Json[]);
  const union = of.anyOf ?? of.oneOf;
  if (Array.isArray(union)) return jsonLike(pick(random, union as Json[]), random, depth + 1);
  const low = Number(of.minimum ?? of.exclusiveMinimum ?? 0);
  const type = Array.isArray(of.type) ? pick(random, of.type as Json[]) : of.type;
  switch (type ?? (of.properties || of.required ? "object" : undefined)) {
    case "object": {
      const properties = (of.properties ?? {}) as Readonly<Record<string, Json>>;
      const required = (of.required ?? []) as readonly string[];
      const optional = Object.keys(properties).filter((name) => chance(random, 0.5) && name !== "__proto__");
      const names = [...new Set([...required, ...optional])];
      return Object.fromEntries(
        names.map((name) => [name, jsonLike(properties[name] ?? true, random, depth + 1)]),
      );
    }
    case "array": {
      const length = Number(of.minItems ?? 0) + random.nextInt(0, of.maxItems === undefined ? 2 : 0);
      return Array.from({ length }, () => jsonLike(of.items ?? true, random, depth + 1));
    }
    case "string": {
      const like = typeof of.pattern === "string" ? textLike(of.pattern, random) : undefined;
      return like ?? textOfLength(Number(of.minLength ?? of.maxLength ?? random.nextInt(0, 6)), random);
    }
    case "integer":
      return Math.ceil(low) + random.nextInt(0, 2);
    case "number":
      return low + pick(random, [0, 0.5, 1]);
    case "boolean":
      return random.nextInt(0, 1) === 1;
    case "null":
      return null;
    default:
      return pick(random, SOME_JSON);
  }
}

const MOMENTS = [
  "2024-02-29",
  "1970-01-01T00:00:00Z",
  "0001-01-01",
  "9999-12-31T23:59:59.999Z",
  "2001-07-14 12:30",
  "March 3, 1999",
  "29 Feb 2000",
  "12/31/1999",
];

/** A text that is likely to be of a form; undefined where nothing is known of it. */
export function textOfForm(form: TextForm, random: Random): string | undefined {
  switch (form.kind) {
    case "json":
      return JSON.stringify(pick(random, SOME_JSON));
    case "jsonSchema":
      return JSON.stringify(jsonLike(form.schema, random));
    case "strftime":
      return formatted(form.format, random);
    case "moment":
      return pick(random, MOMENTS);
    default:
      return undefined;
  }
}
