import * as z from "zod";
import type { ConfusionMatrix, ScoreResult } from "../../../stats/index.js";
import { type Average, averages, type ClassChoice, proportionInterval } from "../../../stats/index.js";
import { literalSchema } from "../wire.js";
import type { Classes } from "./classes.js";
import { type Score, scored } from "./verdict.js";

/** Which class is scored: one of them, or all put together. */
export interface ClassOption {
  /** The class that is scored: a label as the column holds it. */
  readonly positive?: number | string | boolean;
  /** How the scores of all classes are put together, named as in scikit-learn. */
  readonly average?: Average;
}

/** The stored form of the choice of a class. */
export const averageShape = { positive: literalSchema.optional(), average: z.enum(averages).optional() };

type Stored = z.output<z.ZodObject<typeof averageShape>> & { readonly confidence?: number | undefined };

/** What is wrong with the choice of a class: none, two, or bounds that no formula gives. */
export function classProblem({ positive, average, confidence }: Stored): string | undefined {
  if (positive === undefined && average === undefined) return "needs positive or average";
  if (positive !== undefined && average !== undefined) return "takes positive or average, not both";
  return average !== undefined && confidence !== undefined
    ? "takes confidence only with positive"
    : undefined;
}

/** `recall of class "yes"`, `macro recall`. */
export function classCalled(noun: string, { positive, average }: Stored): string {
  return average === undefined ? `${noun} of class ${JSON.stringify(positive)}` : `${average} ${noun}`;
}

/** The rows of one class. */
export interface ClassRows {
  readonly hits: number;
  readonly labelled: number;
  readonly predicted: number;
}

/** How the score of one class is made. */
export interface ClassFormula {
  readonly ratio: (matrix: ConfusionMatrix, wanted: ClassChoice) => ScoreResult;
  /** The rows among which hits are counted for the confidence bounds. */
  readonly among: (rows: ClassRows) => number;
  /** The score that a share of hits among those rows comes to; the share itself by default. */
  readonly ofShare?: (share: number) => number;
}

/**
 * The score of one class or of all. Of one, with Wilson's bounds of the share of hits among the rows that `among` says: given
 * how many those are, hits are binomial.
 */
export function scoreOfClass(
  { matrix, place }: Classes,
  { positive, average }: Stored,
  { ratio, among, ofShare = (share) => share }: ClassFormula,
): Score {
  if (average !== undefined) return scored(ratio(matrix, { average }));
  const nth = place(positive!);
  if (nth === undefined) return { none: "no row is of the positive class, or predicted so" };
  const score = scored(ratio(matrix, { positive: nth }));
  if ("none" in score) return score;
  const hits = matrix[nth]![nth]!;
  const labelled = matrix[nth]!.reduce((sum, rows) => sum + rows, 0);
  const predicted = matrix.reduce((sum, row) => sum + row[nth]!, 0);
  const rows = among({ hits, labelled, predicted });
  return {
    ...score,
    bounds(confidence) {
      const bounds = proportionInterval(hits, rows, confidence);
      return bounds && [ofShare(bounds[0]), ofShare(bounds[1])];
    },
  };
}
