import type { ScoreResult } from "./confusion.js";

/**
 * R², the coefficient of determination: 1 - Σ (y - ŷ)² / Σ (y - ȳ)², from the two sums of squares over `n` rows. 1 is
 * perfect, 0 is no better than always predicting the mean, and it may be below. Undefined (reason `zero-variance`) where
 * all labels are equal. Source: `r2_score` of scikit-learn.
 */
export function r2(residualSquares: number, totalSquares: number, n: number): ScoreResult {
  if (n === 0) return { value: null, n, reason: "empty" };
  if (Number.isNaN(residualSquares) || Number.isNaN(totalSquares))
    return { value: null, n, reason: "not-a-number" };
  if (totalSquares === 0) return { value: null, n, reason: "zero-variance" };
  const value = 1 - residualSquares / totalSquares;
  return Number.isFinite(value) ? { value, n } : { value: null, n, reason: "not-finite" };
}
