import { ConfigError } from "../errors/index.js";
import { countFlaw } from "./counts.js";
import type { Reason, Sample } from "./result.js";

/**
 * Counts of rows by class: a row of the matrix for each true label, a column for each prediction, classes in one order, as
 * scikit-learn's `confusion_matrix` has it.
 */
export type ConfusionMatrix = readonly Sample[];

/** A number that says how good predictions are, or why there is none. */
export interface ScoreResult {
  readonly value: number | null;
  /** Rows it was made from. */
  readonly n: number;
  readonly reason?: Reason;
}

/** What is read off a confusion matrix, class by class. */
export interface ClassCounts {
  readonly n: number;
  /** Rows that were predicted right. */
  readonly hits: readonly number[];
  /** Rows of each true label, and of each prediction. */
  readonly labels: readonly number[];
  readonly predictions: readonly number[];
  readonly correct: number;
}

/** Adds up a confusion matrix, or says why it can't be used. Throws ConfigError for one that isn't square. */
export function readConfusion(unit: string, matrix: ConfusionMatrix): ClassCounts | Reason {
  const size = matrix.length;
  for (let i = 0; i < size; i++) {
    if (matrix[i]!.length === size) continue;
    throw new ConfigError(
      "config/bad-value",
      `${unit}: matrix has ${size} rows and a row of ${matrix[i]!.length}; it must be square`,
      { unit, parameter: "matrix", value: matrix[i]!.length },
    );
  }
  const labels = new Array<number>(size).fill(0);
  const predictions = new Array<number>(size).fill(0);
  const hits: number[] = [];
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const count = matrix[i]![j]!;
      // Rows and columns alone hide a negative count.
      const flaw = count > 0 || count === 0 ? undefined : countFlaw([count]);
      if (flaw) return flaw;
      labels[i]! += count;
      predictions[j]! += count;
    }
    hits.push(matrix[i]![i]!);
  }
  const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
  const flaw = countFlaw(labels);
  if (flaw) return flaw === "zero-total" ? "empty" : flaw;
  return { n: sum(labels), hits, labels, predictions, correct: sum(hits) };
}
