import { type ClassCounts, type ConfusionMatrix, readConfusion, type ScoreResult } from "./confusion.js";
import { choice, demand } from "./options.js";

/** How the scores of several classes become one, named as in scikit-learn. */
export const averages = ["macro", "micro", "weighted"] as const;
export type Average = (typeof averages)[number];

/**
 * Which class is meant, by its place in the matrix, or how all are put together: `macro` is the plain mean over the
 * classes, `weighted` the mean weighted by their labels, `micro` is made from the counts of all classes together.
 */
export type ClassChoice = { readonly positive: number } | { readonly average: Average };

/** The counts a score is a ratio of, for one class: `of` among `all`. */
type Ratio = (counts: ClassCounts, nth: number) => readonly [of: number, all: number];

const RATIOS = {
  precision: ({ hits, predictions }, nth) => [hits[nth]!, predictions[nth]!],
  recall: ({ hits, labels }, nth) => [hits[nth]!, labels[nth]!],
  f1: ({ hits, labels, predictions }, nth) => [2 * hits[nth]!, labels[nth]! + predictions[nth]!],
} satisfies Record<string, Ratio>;

function score(unit: keyof typeof RATIOS, matrix: ConfusionMatrix, wanted: ClassChoice): ScoreResult {
  const counts = readConfusion(unit, matrix);
  if (typeof counts === "string") return { value: null, n: 0, reason: counts };
  const { n, hits, labels, predictions } = counts;
  if ("positive" in wanted) {
    const { positive } = wanted;
    const isPlace = Number.isInteger(positive) && positive >= 0 && positive < hits.length;
    demand(isPlace, unit, "positive", positive, `the place of a class, 0 to ${hits.length - 1}`);
    const [of, all] = RATIOS[unit](counts, positive);
    return all === 0 ? { value: null, n, reason: "zero-total" } : { value: of / all, n };
  }
  const average = choice(unit, "average", wanted.average, averages, "macro");
  if (average === "micro") return { value: counts.correct / n, n };
  // A class that neither occurs nor is predicted is none; one without a denominator scores 0, as in scikit-learn.
  const classes = hits.map((_, nth) => nth).filter((nth) => labels[nth]! + predictions[nth]! > 0);
  const weight = (nth: number): number => (average === "macro" ? 1 / classes.length : labels[nth]! / n);
  const value = classes.reduce((sum, nth) => {
    const [of, all] = RATIOS[unit](counts, nth);
    return all === 0 ? sum : sum + weight(nth) * (of / all);
  }, 0);
  return { value: Math.min(1, value), n };
}

/**
 * Precision: the share of the rows predicted as a class that are of it. Undefined (reason `zero-total`) where no row is
 * predicted so; in an average such a class scores 0. Source: `precision_score` of scikit-learn, `zero_division=0`.
 */
export function precision(matrix: ConfusionMatrix, wanted: ClassChoice): ScoreResult {
  return score("precision", matrix, wanted);
}

/**
 * Recall: the share of the rows of a class that are predicted so. Undefined (reason `zero-total`) where no row is of it;
 * in an average such a class scores 0. Source: `recall_score` of scikit-learn, `zero_division=0`.
 */
export function recall(matrix: ConfusionMatrix, wanted: ClassChoice): ScoreResult {
  return score("recall", matrix, wanted);
}

/**
 * F1: the harmonic mean of precision and recall, 2 tp / (2 tp + fp + fn). Undefined (reason `zero-total`) where the class
 * neither occurs nor is predicted. Source: `f1_score` of scikit-learn, `zero_division=0`.
 */
export function f1(matrix: ConfusionMatrix, wanted: ClassChoice): ScoreResult {
  return score("f1", matrix, wanted);
}
