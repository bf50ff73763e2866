import { resolveParameters } from "../suite/resolveParameters.js";
import { requireSuite, type Suite } from "../suite/suite.js";
import type { ValidateOptions } from "./options.js";
import { requireScalars } from "./scalars.js";
import { requireTables } from "./tables.js";

/**
 * The suite as it is run: with values for its parameters, and every table and scalar it names given. Throws ConfigError for what the
 * caller forgot, before any data is read.
 */
export function settleSuite(suite: Suite, options: ValidateOptions): Suite {
  requireSuite(suite);
  const settled = resolveParameters(suite, options.params);
  requireTables(settled, options);
  requireScalars(settled, options);
  return settled;
}
