import { wrapTo } from "../report/width.js";
import type { CommandSpec } from "./arguments.js";
import { COMMANDS } from "./commands.js";

const WIDTH = 100;

function columns(pairs: readonly (readonly [string, string])[]): string[] {
  const left = Math.max(...pairs.map(([name]) => name.length)) + 4;
  return pairs.flatMap(([name, about]) =>
    wrapTo(about, WIDTH - left, 4).map(
      (line, nth) => `${(nth === 0 ? `  ${name}` : "").padEnd(left)}${line}`,
    ),
  );
}

function operandsText({ operands }: CommandSpec): string {
  return operands.map(({ name, optional }) => (optional ? ` [${name}]` : ` ${name}`)).join("");
}

/** The help of the whole command. */
export function mainHelp(): string {
  const commands = COMMANDS.map((command) => {
    return [`${command.name}${operandsText(command)}`, command.about] as const;
  });
  return [
    "veritable says whether a table can be trusted, and splits the rows that can from the rows that can't.",
    "",
    "Usage: veritable COMMAND ...",
    "",
    ...columns([...commands, ["COMMAND --help", "what a command takes"], ["--version", "the version"]]),
    "",
    "For example: veritable check orders.parquet --suite suites/orders.json --quarantine bad.parquet",
    "",
  ].join("\n");
}

/** The help of one command. */
export function commandHelp(command: CommandSpec): string {
  const entries = Object.entries(command.options);
  const required = entries.filter(([, spec]) => spec.required);
  const usage = required.map(([name, { value }]) => ` --${name} ${value}`).join("");
  const options = entries.map(([name, { value, short, about }]) => {
    const said = `--${name}${value === undefined ? "" : ` ${value}`}`;
    return [short === undefined ? said : `${said}, -${short}`, about] as const;
  });
  return [
    `Usage: veritable ${command.name}${operandsText(command)}${usage}${entries.length > required.length ? " [options]" : ""}`,
    "",
    ...wrapTo(`${command.about[0]!.toUpperCase()}${command.about.slice(1)}.`, WIDTH, 4),
    "",
    ...columns(options),
    ...(command.notes ?? []).flatMap((note) => ["", ...wrapTo(note, WIDTH, 6)]),
    "",
  ].join("\n");
}
