import { ConfigError } from "../../errors/index.js";
import type { Condition } from "../../expectations/unit/condition.js";
import type { GxTools } from "../../expectations/unit/greatExpectations.js";
import type { Json } from "../../results/json.js";
import { conditionFromText, UnreadCondition } from "./conditionText.js";
import { conditionFromData } from "./twoValued.js";

const PARSERS = ["pandas", "spark", "great_expectations", "great_expectations__experimental__"];

/** What `row_condition` says, as a condition of ours. Throws ConfigError for a parser that GX doesn't have. */
export function readRowCondition(
  condition: Json | undefined,
  parser: Json | undefined,
  tools: GxTools,
): Condition | undefined {
  if (parser !== undefined && !PARSERS.includes(parser as string)) {
    throw new ConfigError(
      "config/bad-value",
      `condition_parser is ${JSON.stringify(parser)}, not one of ${PARSERS.join(", ")}`,
      { parameter: "condition_parser", value: parser, choices: PARSERS },
    );
  }
  if (condition === undefined || condition === "") return undefined;
  if (typeof condition !== "string") {
    return (
      conditionFromData(condition) ?? tools.refuse(`row_condition ${JSON.stringify(condition)} is not known`)
    );
  }
  try {
    return conditionFromText(condition);
  } catch (error) {
    if (!(error instanceof UnreadCondition)) throw error;
    return tools.refuse(`row_condition ${JSON.stringify(condition)}: ${error.message}`);
  }
}
