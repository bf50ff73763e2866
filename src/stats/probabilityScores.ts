import type { ScoreResult } from "./confusion.js";
import { compensatedSum } from "./exactSum.js";
import { demand } from "./options.js";
import type { Reason, Sample } from "./result.js";
import { type Interval, meanInterval } from "./wilson.js";

/** A mean loss over rows, with what its bounds need. */
export interface LossResult extends ScoreResult {
  /** The sample standard deviation of the rows' losses; null of fewer than two. */
  readonly deviation: number | null;
}

/** Why scores are no probabilities of two classes, if they aren't. */
export function probabilityFlaw(...samples: readonly Sample[]): Reason | undefined {
  let rows = 0;
  for (const sample of samples) {
    for (let i = 0; i < sample.length; i++) {
      if (Number.isNaN(sample[i]!)) return "not-a-number";
      if (!(sample[i]! >= 0 && sample[i]! <= 1)) return "not-a-probability";
    }
    rows += sample.length;
  }
  return rows === 0 ? "empty" : undefined;
}

function meanLoss(
  positives: Sample,
  negatives: Sample,
  lossOf: (score: number, isPositive: boolean) => number,
): LossResult {
  const n = positives.length + negatives.length;
  const reason = probabilityFlaw(positives, negatives);
  if (reason) return { value: null, n, deviation: null, reason };
  const losses = new Float64Array(n);
  for (let i = 0; i < positives.length; i++) losses[i] = lossOf(positives[i]!, true);
  for (let i = 0; i < negatives.length; i++) losses[positives.length + i] = lossOf(negatives[i]!, false);
  const value = compensatedSum(losses) / n;
  const squares = losses.map((loss) => (loss - value) ** 2);
  return { value, n, deviation: n < 2 ? null : Math.sqrt(compensatedSum(squares) / (n - 1)) };
}

const SMALLEST = 2 ** -52;

/**
 * Log loss, in nats: the mean of -ln p over positive rows and -ln(1 - p) over negative ones, where p is the score, the
 * predicted probability of the positive class. Scores are clipped to [ε, 1 - ε] first, ε = 2^-52, so that a sure mistake
 * costs 36 and not infinity. A score outside 0 to 1 is a reason in place of a value.
 *
 * Source: `log_loss` of scikit-learn, with its ε for doubles.
 */
export function logLoss(
  positives: Sample,
  negatives: Sample,
  { epsilon = SMALLEST }: { readonly epsilon?: number } = {},
): LossResult {
  demand(epsilon > 0 && epsilon < 0.5, "logLoss", "epsilon", epsilon, "above 0 and below 0.5");
  const clipped = (score: number): number => Math.min(1 - epsilon, Math.max(epsilon, score));
  return meanLoss(positives, negatives, (score, isPositive) =>
    isPositive ? -Math.log(clipped(score)) : -Math.log1p(-clipped(score)),
  );
}

/**
 * The Brier score: the mean of (1 - p)² over positive rows and p² over negative ones, 0 to 1. A score outside 0 to 1 is a
 * reason in place of a value. Source: Brier (1950), in the form for two classes; `brier_score_loss` of scikit-learn.
 */
export function brierScore(positives: Sample, negatives: Sample): LossResult {
  return meanLoss(positives, negatives, (score, isPositive) => (Number(isPositive) - score) ** 2);
}

/** Bounds of a mean loss, each of them one-sided at `confidence`, by the normal approximation; none below 0. */
export function lossInterval({ value, deviation, n }: LossResult, confidence = 0.95): Interval | null {
  if (value === null || deviation === null) return null;
  const [low, high] = meanInterval(value, deviation, n, confidence)!;
  return [Math.max(0, low), high];
}
