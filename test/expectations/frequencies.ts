import type { Expectation } from "../../src/expectations/unit/expectation.js";
import { sameOutcome } from "./outcomes.js";
import type { Cell } from "./tables.js";
import { columnOf } from "./tables.js";

/** What was made of some cells of a column `x`, whatever the shape of the rows. */
export async function verdict(type: string, cells: readonly Cell[], expectation: Expectation) {
  const { status, observed, details } = await sameOutcome(columnOf(type, cells), expectation);
  return { status, observed, details };
}
