import { inspect } from "node:util";
import { ConfigError, didYouMean, VeritableError } from "../errors/index.js";
import { plainLine } from "../report/ink.js";
import { LIBRARY_VERSION } from "../results/version.js";
import { readArguments, usageError } from "./arguments.js";
import { COMMANDS, type Command } from "./commands.js";
import { EXIT, exitCodeOfError } from "./exitCodes.js";
import { commandHelp, mainHelp } from "./help.js";
import type { Surroundings } from "./surroundings.js";

function commandOf(name: string): Command {
  const command = COMMANDS.find((each) => each.name === name);
  if (command) return command;
  const names = COMMANDS.map((each) => each.name);
  const near = didYouMean(name, names) || `; the commands are ${names.join(", ")}`;
  throw usageError("", `no command ${JSON.stringify(name)}${near}`);
}

function asksForHelp(argv: readonly string[]): boolean {
  const end = argv.indexOf("--");
  return (end < 0 ? argv : argv.slice(0, end)).some((arg) => arg === "--help" || arg === "-h");
}

async function dispatch(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  const { stdout, stderr } = surroundings;
  const [first, ...rest] = argv;
  if (first === undefined) {
    stderr.write(mainHelp());
    return EXIT.misused;
  }
  if (first === "--version" || first === "-V") {
    stdout.write(`${LIBRARY_VERSION}\n`);
    return EXIT.passed;
  }
  if (first === "--help" || first === "-h" || (first === "help" && rest.length === 0)) {
    stdout.write(mainHelp());
    return EXIT.passed;
  }
  if (first.startsWith("-")) {
    throw usageError("", `no option ${first}${didYouMean(first, ["--help", "--version"])}`);
  }
  const asked = first === "help" ? [...rest, "--help"] : argv;
  const command = commandOf(asked[0]!);
  if (asksForHelp(asked)) {
    stdout.write(commandHelp(command));
    return EXIT.passed;
  }
  const args = readArguments(command, rest);
  const action = await command.load();
  return action(args, surroundings);
}

/** Says on stderr what went wrong: one line, and one more where there is help; all of it with VERITABLE_DEBUG set. */
function complain(error: unknown, { stderr, env }: Surroundings): void {
  const message = error instanceof Error ? error.message : String(error);
  const isOurs = error instanceof VeritableError;
  stderr.write(`veritable: ${isOurs ? "" : "unexpected: "}${plainLine(message)}\n`);
  const unit = error instanceof ConfigError ? (error.details.unit ?? "") : "";
  if (/^veritable (?:\w*)$/.test(unit)) stderr.write(`see ${unit.trim()} --help\n`);
  if (env.VERITABLE_DEBUG) stderr.write(`${inspect(error, { depth: 5 })}\n`);
  else if (!isOurs) stderr.write("set VERITABLE_DEBUG=1 to see where\n");
}

/** Runs a command line, without the program's name, and gives the exit code. Throws nothing. */
export async function main(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  try {
    return await dispatch(argv, surroundings);
  } catch (error) {
    complain(error, surroundings);
    return exitCodeOfError(error);
  }
}
