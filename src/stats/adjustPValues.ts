import { choice, demand } from "./options.js";

/** The corrections that `adjustPValues` knows. */
export const adjustments = ["bh", "by", "holm", "bonferroni"] as const;

/** One of `adjustments`. */
export type Adjustment = (typeof adjustments)[number];

/**
 * P-values adjusted for their number, in the order given, to be compared with the level as they are. `bh`
 * (Benjamini and Hochberg 1995, the default) and `by` (Benjamini and Yekutieli 2001, under any dependence) bound the
 * false discovery rate; `holm` (Holm 1979) and `bonferroni` the chance of any false alarm. A null, a test that was
 * not done, stays null and does not count.
 */
export function adjustPValues(
  pValues: readonly (number | null)[],
  options: { readonly method?: Adjustment } = {},
): (number | null)[] {
  const method = choice("adjustPValues", "method", options.method, adjustments, "bh");
  for (const p of pValues) demandProbability("adjustPValues", p);
  const order = pValues.flatMap((p, index) => (p === null ? [] : [{ p, index }])).sort((a, b) => a.p - b.p);
  const count = order.length;
  const harmonic = method === "by" ? order.reduce((sum, _, i) => sum + 1 / (i + 1), 0) : 1;
  const factor = (rank: number): number => {
    if (method === "bonferroni") return count;
    return method === "holm" ? count - rank + 1 : (harmonic * count) / rank;
  };
  const raised = order.map(({ p }, i) => Math.min(1, p * factor(i + 1)));
  // Holm steps down from the smallest, the rate-controlling rules step up from the largest.
  if (method === "holm") {
    for (let i = 1; i < count; i++) raised[i] = Math.max(raised[i]!, raised[i - 1]!);
  } else if (method !== "bonferroni") {
    for (let i = count - 2; i >= 0; i--) raised[i] = Math.min(raised[i]!, raised[i + 1]!);
  }
  const adjusted = pValues.map((): number | null => null);
  for (const [i, { index }] of order.entries()) adjusted[index] = raised[i]!;
  return adjusted;
}

/** Throws a ConfigError unless p is a probability or null. */
export function demandProbability(unit: string, p: number | null): void {
  demand(p === null || (p >= 0 && p <= 1), unit, "pValues", p, "a probability, or null");
}
