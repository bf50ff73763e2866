import { distributions } from "../stats/index.js";
import { wilson } from "../stats/wilson.js";
import type { FindingKind } from "./comparison.js";
import type { Measured } from "./draft.js";
import { CONFIDENCE } from "./settings.js";

/** So many of so many. */
export interface Part {
  readonly of: number;
  readonly rows: number;
}

/** Of limits that are one-sided 95 % at either end. */
const Z = distributions.norm.ppf(CONFIDENCE);

/** Twice the arcsine of the root: the scale on which a share's standard error is 1 / √rows (Cohen 1988). */
const angle = (share: number): number => 2 * Math.asin(Math.sqrt(Math.min(1, Math.max(0, share))));

/** Cohen's h of two shares. */
export function cohenH(baseline: number, current: number): number {
  return Math.abs(angle(current) - angle(baseline));
}

/**
 * The upper end of |h|: Wilson's limits of the two shares, their distances put together in squares (Zou and Donner
 * 2008), for whichever direction is the worse.
 */
export function upperH(p: number, n: number, q: number, m: number): number {
  const h = angle(q) - angle(p);
  const [lowP, highP] = wilson(p, n, Z);
  const [lowQ, highQ] = wilson(q, m, Z);
  const up = h + Math.hypot(angle(highQ) - angle(q), angle(p) - angle(lowP));
  const down = h - Math.hypot(angle(q) - angle(lowQ), angle(highP) - angle(p));
  return Math.max(Math.abs(h), up, -down);
}

/** A difference of two shares, as a finding: its p-value is given by the test that fits. */
export function shareFinding(
  kind: FindingKind,
  subject: string,
  baseline: Part,
  current: Part,
  threshold: number,
  pOf: (baseline: Part, current: Part) => number,
): Measured {
  const p = baseline.of / baseline.rows;
  const q = current.of / current.rows;
  const effect = cohenH(p, q);
  return {
    kind,
    statistic: "h",
    subject,
    shares: { baseline: p, current: q },
    effect,
    threshold,
    upper: upperH(p, baseline.rows, q, current.rows),
    pValue: pOf(baseline, current),
    settles: (rows, alpha) =>
      effect >= threshold
        ? pOf(baseline, { of: Math.round(q * rows), rows }) <= alpha
        : upperH(p, baseline.rows, q, rows) < threshold,
  };
}
