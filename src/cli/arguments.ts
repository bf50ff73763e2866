import { parseArgs } from "node:util";
import { ConfigError, didYouMean } from "../errors/index.js";

/** One option of a command. */
export interface OptionSpec {
  /** What stands for its value in the help; without one it is a flag. */
  readonly value?: string;
  readonly short?: string;
  readonly repeats?: boolean;
  readonly required?: boolean;
  readonly about: string;
}

/** What a command takes, and what its help says. */
export interface CommandSpec {
  readonly name: string;
  readonly about: string;
  readonly operands: readonly { readonly name: string; readonly optional?: boolean }[];
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** Further paragraphs of its help. */
  readonly notes?: readonly string[];
}

/** A command line, read. */
export interface Arguments {
  readonly operands: readonly string[];
  has(flag: string): boolean;
  value(option: string): string | undefined;
  values(option: string): readonly string[];
}

/** A mistake on the command line; its unit leads to the help. */
export function usageError(command: string, message: string): ConfigError {
  return new ConfigError("config/bad-value", message, { unit: `veritable ${command}` });
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

function checkOption(token: OptionToken, command: CommandSpec, taken: ReadonlyMap<string, string[]>): void {
  const { name, rawName, value, inlineValue } = token;
  const refuse = (message: string) => usageError(command.name, message);
  if (!Object.hasOwn(command.options, name)) {
    const known = Object.keys(command.options).map((option) => `--${option}`);
    throw refuse(`${command.name} has no option ${rawName}${didYouMean(rawName, known)}`);
  }
  const spec = command.options[name]!;
  if (spec.value === undefined && value !== undefined) throw refuse(`${rawName} takes no value`);
  if (spec.value !== undefined && (value === undefined || value === "")) {
    throw refuse(`${rawName} takes a value: ${rawName} ${spec.value}`);
  }
  if (value !== undefined && !inlineValue && /^-./.test(value)) {
    throw refuse(`${rawName} takes a value; is ${value} one? then write ${rawName}=${value}`);
  }
  if (taken.has(name) && !spec.repeats) throw refuse(`${rawName} is given twice`);
}

function checkOperands(operands: readonly string[], command: CommandSpec): void {
  const missing = command.operands.find(({ optional }, nth) => !optional && operands[nth] === undefined);
  if (missing) throw usageError(command.name, `${command.name} needs ${missing.name}`);
  const extra = operands[command.operands.length];
  if (extra !== undefined) {
    throw usageError(command.name, `${command.name} doesn't know what to do with ${JSON.stringify(extra)}`);
  }
}

/** Reads what follows a command's name. Throws ConfigError that names the option and the nearest one there is. */
export function readArguments(command: CommandSpec, argv: readonly string[]): Arguments {
  const options = Object.entries(command.options).map(([name, { value, short }]) => {
    const type = value === undefined ? ("boolean" as const) : ("string" as const);
    return [name, { type, multiple: true, ...(short === undefined ? {} : { short }) }] as const;
  });
  // Not strict: its own messages know no nearest name.
  const { tokens } = parseArgs({
    args: [...argv],
    options: Object.fromEntries(options),
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const operands: string[] = [];
  const taken = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind === "positional") operands.push(token.value);
    if (token.kind !== "option") continue;
    checkOption(token, command, taken);
    taken.set(token.name, [...(taken.get(token.name) ?? []), token.value ?? ""]);
  }
  checkOperands(operands, command);
  for (const [name, { required, value }] of Object.entries(command.options)) {
    if (required && !taken.has(name))
      throw usageError(command.name, `${command.name} needs --${name} ${value}`);
  }
  return {
    operands,
    has: (flag) => taken.has(flag),
    value: (option) => taken.get(option)?.[0],
    values: (option) => taken.get(option) ?? [],
  };
}
