import type { Expectation } from "../../src/expectations/unit/expectation.js";
import { failedRows, sameOutcome } from "./outcomes.js";
import { type Cell, columnOf } from "./tables.js";

/** Which of some texts an expectation of a column `x` fails, as the texts themselves. */
export async function failingTexts(texts: readonly Cell[], expectation: Expectation): Promise<Cell[]> {
  const outcome = await sameOutcome(columnOf("utf8", texts), expectation);
  return failedRows(outcome).map((row) => texts[row]!);
}
