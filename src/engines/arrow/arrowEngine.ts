import type { Engine } from "../engine.js";
import { runOnArrow } from "./run.js";

/** The reference engine: it decides everything itself. */
export const arrowEngine: Engine = {
  name: "arrow",
  run: async (plan, source, options) => ({
    engine: "arrow",
    evidence: await runOnArrow(plan, source, options),
  }),
};
