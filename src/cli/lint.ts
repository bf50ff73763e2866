import { makeInk, plainLine, SYMBOLS } from "../report/ink.js";
import { cutTo } from "../report/width.js";
import { counted } from "../report/wording.js";
import { readSuite } from "../suite/readSuite.js";
import { lint } from "../validate/lint.js";
import { type Arguments, usageError } from "./arguments.js";
import { EXIT } from "./exitCodes.js";
import { givenOf, READING_OPTIONS } from "./given.js";
import { located, type Surroundings, takesColor } from "./surroundings.js";

const LONGEST_LINE = 400;

const STATUSES = { error: "fail", warning: "warn", note: "skipped" } as const;

/** Looks a suite over, against a file where one is given. Throws ConfigError for a suite that isn't well formed. */
export async function lintFile(args: Arguments, surroundings: Surroundings): Promise<number> {
  const [path, file] = args.operands as [string, string?];
  const suite = await readSuite(located(path, surroundings));
  const idle = READING_OPTIONS.find((option) => file === undefined && args.values(option).length > 0);
  if (idle !== undefined) throw usageError("lint", `--${idle} says how FILE is read, and there is none`);
  const input = file === undefined ? undefined : located(file, surroundings);
  const findings = await lint(suite, input, givenOf(args, "lint", surroundings));

  const ink = makeInk(takesColor(surroundings, args.has("no-color")));
  const lines = findings.map(({ level, id, message }) => {
    const status = STATUSES[level];
    const said = `${id === undefined ? "" : `${id}: `}${message}`;
    return `  ${ink.status(status, SYMBOLS[status])} ${cutTo(plainLine(said), LONGEST_LINE)}`;
  });
  const errors = findings.filter(({ level }) => level === "error").length;
  const warnings = findings.filter(({ level }) => level === "warning").length;
  const found = `${counted(errors, "error")}, ${counted(warnings, "warning")}`;
  const size = counted(suite.expectations.length, "expectation");
  const against = file === undefined ? "" : ` against ${file}`;
  const title = `suite ${suite.name}, ${size}${against}: ${found}`;
  surroundings.stdout.write(`${[ink.strong(plainLine(title)), ...lines].join("\n")}\n`);
  return errors > 0 ? EXIT.misused : EXIT.passed;
}
