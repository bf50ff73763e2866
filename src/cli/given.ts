import { parseMoment } from "../columns/moment.js";
import { FORMATS, type Format } from "../io/format.js";
import type { ValidateOptions } from "../validate/options.js";
import { type Arguments, type OptionSpec, usageError } from "./arguments.js";
import { located, type Surroundings } from "./surroundings.js";

/** The options that give what a suite names, each under its name. */
const NAMED_OPTIONS = {
  table: {
    value: "NAME=FILE",
    repeats: true,
    about: "another table that the suite names; may be repeated",
  },
  param: {
    value: "NAME=VALUE",
    repeats: true,
    about: "the value of a parameter that the suite names, as JSON or as text; may be repeated",
  },
  scalar: {
    value: "NAME=NUMBER",
    repeats: true,
    about: "a number that the suite names, such as a model's size; may be repeated",
  },
} as const satisfies Record<string, OptionSpec>;

type NamedOption = keyof typeof NAMED_OPTIONS;

/** The options by which a command line says how FILE is read, and gives what a suite names. */
export const GIVEN_OPTIONS = {
  format: { value: "FORMAT", about: `what FILE is, if its extension doesn't say: ${FORMATS.join(", ")}` },
  delimiter: { value: "C", about: 'what parts the cells of a CSV; "\\t" is a tab' },
  "null-value": {
    value: "TEXT",
    repeats: true,
    about: "a cell of a CSV that is null, besides the empty one; may be repeated",
  },
  ...NAMED_OPTIONS,
} as const satisfies Record<string, OptionSpec>;

/** Those of them that say how FILE is read. */
export const READING_OPTIONS = ["format", "delimiter", "null-value"] as const;

const ENGINES = ["arrow", "duckdb", "auto"] as const;

/** The option that says what finds out about the rows. */
export const ENGINE_OPTION: OptionSpec = {
  value: "E",
  about: "arrow, duckdb, or auto: the faster of them, as foreseen; arrow unless said",
};

/** The engine that a command line asks for. Throws ConfigError. */
export function engineSaid(args: Arguments, command: string): Pick<ValidateOptions, "engine"> {
  const said = args.value("engine");
  if (said === undefined) return {};
  const engine = ENGINES.find((name) => name === said);
  if (engine) return { engine };
  throw usageError(command, `--engine takes ${ENGINES.join(", ")}, not ${JSON.stringify(said)}`);
}

/** The option that sets the clock of a run. */
export const CLOCK_OPTION: OptionSpec = {
  value: "ISO",
  about: "the clock that ages are measured by; the start of the check unless said",
};

/** What is said as NAME=VALUE, by name. Throws ConfigError. */
function pairsOf(args: Arguments, command: string, option: NamedOption): Map<string, string> {
  const found = new Map<string, string>();
  for (const said of args.values(option)) {
    const at = said.indexOf("=");
    const name = said.slice(0, Math.max(0, at));
    if (name === "") {
      throw usageError(
        command,
        `--${option} takes ${NAMED_OPTIONS[option].value}, not ${JSON.stringify(said)}`,
      );
    }
    if (found.has(name)) throw usageError(command, `--${option} names ${JSON.stringify(name)} twice`);
    found.set(name, said.slice(at + 1));
  }
  return found;
}

/** All that is said as NAME=VALUE, by option. Throws ConfigError. */
function namedOf(args: Arguments, command: string): Record<NamedOption, Map<string, string>> {
  const options = Object.keys(NAMED_OPTIONS) as NamedOption[];
  const pairs = options.map((option) => [option, pairsOf(args, command, option)]);
  return Object.fromEntries(pairs) as Record<NamedOption, Map<string, string>>;
}

/** The files of the tables that a command line gives, as they were typed. */
export function tableFiles(args: Arguments, command: string): string[] {
  return [...namedOf(args, command).table.values()];
}

function readValue(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    // An integer that a double can't hold is text in a suite too.
    return Number.isInteger(value) && !Number.isSafeInteger(value) ? text : value;
  } catch {
    return text;
  }
}

/** What a command line gives of what a suite names. Throws ConfigError. */
export function givenOf(args: Arguments, command: string, surroundings: Surroundings): ValidateOptions {
  const named = namedOf(args, command);
  const tables = [...named.table].map(([name, file]) => {
    if (file === "") throw usageError(command, `--table ${name}= names no file`);
    return [name, located(file, surroundings)] as const;
  });
  const params = [...named.param].map(([name, text]) => [name, readValue(text)] as const);
  const scalars = [...named.scalar].map(([name, text]) => {
    const value = text.trim() === "" ? Number.NaN : Number(text);
    if (Number.isFinite(value)) return [name, value] as const;
    throw usageError(command, `--scalar ${name}= takes a number, not ${JSON.stringify(text)}`);
  });
  const now = args.value("now");
  if (now !== undefined && parseMoment(now) === undefined) {
    throw usageError(command, `--now takes an ISO 8601 moment, not ${JSON.stringify(now)}`);
  }
  const format = args.value("format");
  if (format !== undefined && !(FORMATS as readonly string[]).includes(format)) {
    throw usageError(command, `--format takes ${FORMATS.join(", ")}, not ${JSON.stringify(format)}`);
  }
  const delimiter = args.value("delimiter");
  const nullValues = args.values("null-value");
  return {
    ...(format === undefined ? {} : { format: format as Format }),
    ...(delimiter === undefined ? {} : { delimiter: delimiter === "\\t" ? "\t" : delimiter }),
    ...(nullValues.length === 0 ? {} : { nullValues: ["", ...nullValues] }),
    ...(now === undefined ? {} : { now }),
    params: Object.fromEntries(params),
    tables: Object.fromEntries(tables),
    scalars: Object.fromEntries(scalars),
    ...(args.has("allow-urls") ? { allowUrls: true } : {}),
  };
}
