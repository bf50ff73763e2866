import type { Json } from "../../metrics/state.js";
import type { StoredBounds } from "./bounds.js";

/** Values in a sample that stands for a distribution: enough for vigintiles to be told apart. */
const VALUES = 20;

/** A number well within bounds that are numbers. */
export function middleOf({ min, max, minExclusive, maxExclusive }: StoredBounds): number {
  const [low, high] = [Number(min ?? minExclusive), Number(max ?? maxExclusive)];
  if (Number.isFinite(low) && Number.isFinite(high)) return low / 2 + high / 2;
  if (Number.isFinite(low)) return min === undefined ? low + 1 : low;
  return Number.isFinite(high) ? (max === undefined ? high - 1 : high) : 0;
}

/** A value of every share of a law, by its quantile function. */
export function quantileSample(quantile: (share: number) => number): number[] {
  return Array.from({ length: VALUES }, (_, i) => quantile((i + 0.5) / VALUES));
}

/** Values whose quantiles lie in the middle of bounds on some of them, straight lines between. */
export function spreadOver(quantiles: readonly ({ readonly q: number } & StoredBounds)[]): number[] {
  const points = quantiles.map((bounds) => ({ q: bounds.q, at: middleOf(bounds) }));
  points.sort((a, b) => a.q - b.q);
  return quantileSample((share) => {
    const next = points.findIndex(({ q }) => q >= share);
    if (next < 0) return points.at(-1)!.at;
    const [before, after] = [points[next - 1] ?? points[next]!, points[next]!];
    const part = after.q === before.q ? 0 : (share - before.q) / (after.q - before.q);
    return before.at + (after.at - before.at) * part;
  });
}

/** Values in the shares that weights give them, within half a row of forty. */
export function inShares<T extends Json>(values: readonly T[], weights: readonly number[]): T[] {
  return values.flatMap((value, i) => new Array<T>(Math.round((weights[i] ?? 0) * 2 * VALUES)).fill(value));
}
