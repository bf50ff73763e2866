import type { ValuesState } from "../../metrics/values.js";
import { type QuantileMethod, quantileAt } from "../../stats/quantile.js";
import { scaleOf } from "./momentReadouts.js";
import type { StoredOptions } from "./options.js";

/**
 * Quantiles of a column in its own unit; NaN where a NaN counts as a value, or where infinities of both signs meet;
 * undefined when there is no value.
 */
export function quantilesOf(
  state: ValuesState,
  shares: readonly number[],
  method: QuantileMethod,
  nan: StoredOptions["nan"],
): number[] | undefined {
  const nans = (nan ?? "fail") === "fail" ? state.nans : 0;
  if (state.size + nans === 0) return undefined;
  if (nans > 0) return shares.map(() => Number.NaN);
  const one = 10 ** scaleOf(state.address.type);
  const ranks: number[] = [];
  for (const share of shares) {
    quantileAt(
      state.size,
      (rank) => {
        ranks.push(rank);
        return 0;
      },
      share,
      method,
    );
  }
  const values = state.atRanks(ranks);
  return shares.map((share) => {
    const value = quantileAt(state.size, (rank) => values.get(rank)!, share, method);
    return value === null ? Number.NaN : value / one;
  });
}
