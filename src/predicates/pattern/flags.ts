import { ConfigError } from "../../errors/index.js";

const FLAGS = ["i", "m", "s", "u"];

/** Refuses flags of a RegExp that a search can't honour, and repeated ones. Throws ConfigError. */
export function checkFlags(flags: string): void {
  for (const [i, flag] of [...flags].entries()) {
    const known = FLAGS.includes(flag);
    if (known && flags.indexOf(flag) === i) continue;
    const what = known ? "is given twice" : `is not one of ${FLAGS.join(", ")}`;
    throw new ConfigError(
      "config/unsupported-option",
      `pattern flags ${JSON.stringify(flags)}: ${JSON.stringify(flag)} ${what}`,
      {
        parameter: "flags",
        value: flags,
        choices: FLAGS,
      },
    );
  }
}
