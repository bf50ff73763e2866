import { ConfigError } from "../../errors/index.js";
import type { GxTools } from "../../expectations/unit/greatExpectations.js";
import { translateLike } from "../../predicates/pattern/translateLike.js";
import { translatePython } from "../../predicates/pattern/translatePython.js";

/** Thrown where an expectation can't be carried over; its message is the reason. */
export class LeftOut extends Error {}

function translated(translate: () => string): string {
  try {
    return translate();
  } catch (error) {
    if (error instanceof ConfigError) throw new LeftOut(error.message);
    throw error;
  }
}

/** What mappings are lent while one expectation is read. */
export function toolsFor(note: (reason: string) => void): GxTools {
  return {
    python: (source) => translated(() => translatePython(source, { asciiBoundaries: true })),
    like: (pattern) => translated(() => translateLike(pattern)),
    note,
    refuse: (reason) => {
      throw new LeftOut(reason);
    },
  };
}
