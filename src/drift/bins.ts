import { walkRanks } from "../metrics/knots.js";
import type { NumericProfile, Places } from "./profile.js";
import { placeAt } from "./ranks.js";
import type { Cell } from "./tallies.js";

const TENTHS = 10;

/** A boundary right before a value, or right after it. */
interface Cut {
  readonly value: number;
  readonly after: boolean;
}

function cutsOf(baseline: NumericProfile): Cut[] {
  const cuts = new Map<string, Cut>();
  const put = (value: number, after: boolean): void => {
    cuts.set(`${value}${after}`, { value, after });
  };
  const { count, places } = baseline;
  for (let k = 1; k < TENTHS; k++) put(placeAt(baseline, k / TENTHS), true);
  for (const [i, value] of places.values.entries()) {
    if (places.at[i]! * TENTHS < count) continue;
    // A value that fills a tenth by itself has a bin of its own.
    put(value, false);
    put(value, true);
  }
  return [...cuts.values()].sort((a, b) => a.value - b.value || Number(a.after) - Number(b.after));
}

/** The rows before each cut, and all rows. */
function ranksAt(places: Places, cuts: readonly Cut[], rows: number): number[] {
  const ranks: number[] = [];
  const values = cuts.map(({ value }) => value);
  walkRanks(places, values, (nth, below, here) => {
    ranks.push(Math.round(cuts[nth]!.after ? below + here : below));
  });
  return [...ranks, rows];
}

const shown = (value: number): string => String(Number(value.toPrecision(6)));

function labelOf(from: Cut | undefined, to: Cut | undefined): string {
  if (!from) return to ? `${to.after ? "<=" : "<"} ${shown(to.value)}` : "all";
  if (!to) return `${from.after ? ">" : ">="} ${shown(from.value)}`;
  if (from.value === to.value) return `= ${shown(to.value)}`;
  return `${from.after ? "(" : "["}${shown(from.value)}, ${shown(to.value)}${to.after ? "]" : ")"}`;
}

/**
 * Both sides in the tenths of the baseline, outer bins open, values that fill a tenth apart. Bins that are empty in the
 * baseline go to their neighbour below.
 */
export function tenths(baseline: NumericProfile, current: NumericProfile): Cell[] {
  const all = cutsOf(baseline);
  const ranks = ranksAt(baseline.places, all, baseline.count);
  const cuts = all.filter((_, i) => ranks[i]! > (i === 0 ? 0 : ranks[i - 1]!) && ranks[i]! < baseline.count);
  const here = ranksAt(baseline.places, cuts, baseline.count);
  const there = ranksAt(current.places, cuts, current.count);
  return here.map((rank, i) => ({
    label: labelOf(cuts[i - 1], cuts[i]),
    baseline: rank - (here[i - 1] ?? 0),
    current: there[i]! - (there[i - 1] ?? 0),
  }));
}
