import type { Literal } from "../columns/literal.js";
import { ConfigError } from "../errors/index.js";
import { issueText } from "../expectations/unit/check.js";
import { type MissingOption, optionSchemas } from "../expectations/unit/options.js";
import { toStored } from "../expectations/unit/wire.js";

/** The values that a call says count as null, none by default. Throws ConfigError for what is no list of values. */
export function missingValues(unit: string, { missing = [] }: MissingOption): readonly Literal[] {
  const parsed = optionSchemas.missing.safeParse(toStored(missing));
  if (parsed.success) return parsed.data;
  throw new ConfigError("config/bad-value", `${unit}: ${issueText(parsed.error.issues[0]!, ["missing"])}`, {
    unit,
    parameter: "missing",
    value: missing,
  });
}
