import type { Engine } from "../engine.js";
import { runOnArrow } from "./run.js";

/** The reference engine: it decides everything itself. */
export const arrowEngine: Engine = {
  name: "arrow",
  async run(plan, source, options) {
    const evidence = await runOnArrow(plan, source, options);
    return { engine: "arrow", evidence, ...(evidence.alone === undefined ? {} : { why: evidence.alone }) };
  },
};
