import { type ConfusionMatrix, readConfusion, type ScoreResult } from "./confusion.js";

/** The share of rows whose prediction is their label: the trace of the confusion matrix over its sum. */
export function accuracy(matrix: ConfusionMatrix): ScoreResult {
  const read = readConfusion("accuracy", matrix);
  if (typeof read === "string") return { value: null, n: 0, reason: read };
  return { value: read.correct / read.n, n: read.n };
}

/**
 * The mean of the recalls of the classes that occur as labels, so that a rare class weighs as much as a common one.
 * Source: Brodersen et al. (2010); `balanced_accuracy_score` of scikit-learn.
 */
export function balancedAccuracy(matrix: ConfusionMatrix): ScoreResult {
  const read = readConfusion("balancedAccuracy", matrix);
  if (typeof read === "string") return { value: null, n: 0, reason: read };
  const { hits, labels, n } = read;
  const recalls = hits.flatMap((hit, i) => (labels[i]! > 0 ? [hit / labels[i]!] : []));
  return { value: recalls.reduce((sum, recall) => sum + recall, 0) / recalls.length, n };
}

/**
 * Matthews' correlation coefficient of labels and predictions, -1 to 1, for any number of classes; 0 is no better than
 * chance. Undefined (reason `one-level`) where all labels, or all predictions, are of one class.
 *
 * Source: Matthews (1975); Gorodkin (2004) for several classes.
 */
export function mcc(matrix: ConfusionMatrix): ScoreResult {
  const read = readConfusion("mcc", matrix);
  if (typeof read === "string") return { value: null, n: 0, reason: read };
  const { correct, labels, predictions, n } = read;
  // Shares in place of counts: their products can't leave the integers a double holds.
  const dot = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, count, i) => sum + (count / n) * (b[i]! / n), 0);
  const spread = (counts: readonly number[]): number =>
    counts.reduce((sum, count) => sum + (count / n) * (1 - count / n), 0);
  const [ofLabels, ofPredictions] = [spread(labels), spread(predictions)];
  if (ofLabels === 0 || ofPredictions === 0) return { value: null, n, reason: "one-level" };
  const value = (correct / n - dot(labels, predictions)) / Math.sqrt(ofLabels * ofPredictions);
  return { value: Math.min(1, Math.max(-1, value)), n };
}
