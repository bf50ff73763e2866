const MONTHS = "January February March April May June July August September October November December".split(
  " ",
);
const DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(" ");

const short = (names: readonly string[]) => names.map((name) => name.slice(0, 3)).join("|");

/** What each directive matches, as Python's `_strptime` has it; case is ignored. */
const DIRECTIVES: Readonly<Record<string, string>> = {
  Y: "\\d{4}",
  y: "\\d{2}",
  m: "1[0-2]|0[1-9]|[1-9]",
  d: "3[01]|[12]\\d|0[1-9]|[1-9]| [1-9]",
  H: "2[0-3]|[01]\\d|\\d",
  I: "1[0-2]|0[1-9]|[1-9]",
  M: "[0-5]\\d|\\d",
  S: "[0-5]\\d|\\d",
  f: "\\d{1,6}",
  j: "36[0-6]|3[0-5]\\d|[12]\\d{2}|0[1-9]\\d|00[1-9]|[1-9]\\d|0[1-9]|[1-9]",
  U: "5[0-3]|[0-4]\\d|\\d",
  W: "5[0-3]|[0-4]\\d|\\d",
  w: "[0-6]",
  p: "AM|PM",
  z: "[+-](?:[01]\\d|2[0-3]):?[0-5]\\d(?::?[0-5]\\d(?:\\.\\d{1,6})?)?|Z",
  Z: "UTC|GMT",
  a: short(DAYS),
  A: DAYS.join("|"),
  b: short(MONTHS),
  B: MONTHS.join("|"),
};

/** Directives that stand for others, in the C locale. */
const COMPOUND: Readonly<Record<string, string>> = {
  c: "%a %b %d %H:%M:%S %Y",
  x: "%m/%d/%y",
  X: "%H:%M:%S",
};

const LONGEST_TEXT = 256;
const LONGEST_FORMAT = 200;

interface Compiled {
  readonly pattern: RegExp;
  /** The directive of each group, in order. */
  readonly directives: readonly string[];
}

/** Says what is wrong with a text, or undefined when nothing is. */
export type TextTest = (text: string) => string | undefined;

function expand(format: string): string {
  return format.replace(/%(%|[cxX])/g, (whole, letter: string) => COMPOUND[letter] ?? whole);
}

function compile(format: string): Compiled | { readonly problem: string } {
  if (format.length > LONGEST_FORMAT) return { problem: `is longer than ${LONGEST_FORMAT} characters` };
  const directives: string[] = [];
  let source = "";
  for (const [part] of expand(format).matchAll(/%[\s\S]?|\s+|[^%\s]/gu)) {
    if (/^\s/.test(part)) source += "\\s+";
    else if (part === "%%") source += "%";
    else if (part.startsWith("%")) {
      const letter = part.slice(1);
      const matched = Object.hasOwn(DIRECTIVES, letter) ? DIRECTIVES[letter] : undefined;
      if (matched === undefined) return { problem: `has a directive ${part}, which can't be parsed` };
      if (directives.includes(letter)) return { problem: `has ${part} twice` };
      directives.push(letter);
      source += `(${matched})`;
    } else source += part.replace(/[\\^$.*+?()[\]{}|/]/, "\\$&");
  }
  if (directives.length === 0) return { problem: "has no directive" };
  return { pattern: new RegExp(source, "iuy"), directives };
}

/** What is wrong with a strftime format for parsing, or undefined. */
export function formatProblem(format: string): string | undefined {
  const compiled = compile(format);
  return "problem" in compiled ? `format ${JSON.stringify(format)} ${compiled.problem}` : undefined;
}

function monthOf(parts: ReadonlyMap<string, string>): number {
  const name = parts.get("B") ?? parts.get("b");
  if (name === undefined) return Number(parts.get("m") ?? 1);
  return 1 + MONTHS.findIndex((month) => month.slice(0, 3).toLowerCase() === name.slice(0, 3).toLowerCase());
}

function yearOf(parts: ReadonlyMap<string, string>): number {
  const short = parts.get("y");
  if (short !== undefined) return Number(short) + (Number(short) < 69 ? 2000 : 1900);
  // Python takes 1900 where no year is given.
  return Number(parts.get("Y") ?? 1900);
}

function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return year >= 1 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** Tests texts as `datetime.strptime(text, format)` of Python does, in English; a format must have passed `formatProblem`. */
export function strptimeTest(format: string): TextTest {
  const compiled = compile(format);
  if ("problem" in compiled) throw new TypeError(compiled.problem);
  const { pattern, directives } = compiled;
  const unlike = `is not of the form ${format}`;
  return (text) => {
    if (text.length > LONGEST_TEXT) return unlike;
    pattern.lastIndex = 0;
    const match = pattern.exec(text);
    if (!match || match[0].length !== text.length) return unlike;
    const parts = new Map(directives.map((letter, i) => [letter, match[i + 1]!]));
    const year = yearOf(parts);
    const isIn = isDay(year, monthOf(parts), Number(parts.get("d") ?? 1));
    if (!isIn) return "is no day of the calendar";
    const isLeap = isDay(year, 2, 29);
    return Number(parts.get("j") ?? 1) > 365 && !isLeap ? "is no day of the calendar" : undefined;
  };
}
