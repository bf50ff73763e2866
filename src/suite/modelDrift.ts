import type { Kind } from "../columns/typeName.js";
import { ConfigError } from "../errors/index.js";
import { noDrift } from "../expectations/noDrift.js";
import type { Expectation } from "../expectations/unit/expectation.js";

/** The columns of a model, and the baseline they are compared with. */
export interface ModelDrift<C extends string> {
  /** The name the baseline is given under at run time. */
  readonly baseline: string;
  /** What the model said: a class, a score or a number. */
  readonly prediction?: C;
  /** What turned out to be true. */
  readonly target?: C;
  /** What the model was told. */
  readonly features?: readonly C[];
}

/** The smallest changes that matter, in standard deviations. */
const SHIFT = { output: 0.25, feature: 0.5 } as const;

/**
 * Expectations that a model's columns are distributed as in a baseline, to be spread into a suite. The prediction and the
 * target fail from a shift of 0.25 standard deviations on, or what that comes to on another scale. Features, which often
 * move without harm, warn from 0.5 on, and pass where nobody can tell. What decides is what `noDrift` takes by default: KS
 * for numbers, total variation for levels. Throws ConfigError when no column is named.
 *
 * @example suite("churn", [...modelDrift({ baseline: "train", prediction: "p", target: "y", features: ["age"] })])
 */
export function modelDrift<const C extends string>({
  baseline,
  prediction,
  target,
  features = [],
}: ModelDrift<C>): Expectation<{ column: C; kind: Kind }>[] {
  const outputs = [prediction, target].filter((column) => column !== undefined);
  if (outputs.length + features.length === 0) {
    throw new ConfigError(
      "config/bad-value",
      "modelDrift: names no column: needs prediction, target or features",
      {
        unit: "modelDrift",
        choices: ["prediction", "target", "features"],
      },
    );
  }
  return [
    ...outputs.map((column) => noDrift(column, { baseline, shift: SHIFT.output })),
    ...features.map((column) =>
      noDrift(column, { baseline, shift: SHIFT.feature, inconclusive: "pass" }, { onFail: "warn" }),
    ),
  ];
}
