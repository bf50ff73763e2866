import type { Random } from "fast-check";
import type { Row } from "./cells.js";
import { chance } from "./random.js";
import type { Solution } from "./solve.js";

/** Another table that meets the goal too, or the same: a few changes, each kept only where the goal still holds. */
export function varied(
  { search, goal }: Pick<Solution, "search" | "goal">,
  rows: readonly Row[],
  times: number,
  random: Random,
): readonly Row[] {
  let kept = rows;
  for (let i = 0; i < times; i++) {
    const next = kept.map((row) => [...row]);
    if (next.length > 0 && chance(random, 0.7)) {
      const at = random.nextInt(0, next.length - 1);
      const column = random.nextInt(0, search.pools.length - 1);
      next[at]![column] = search.pools[column]!.draw(random);
    } else if (chance(random, 0.5) && next.length < search.size.max) {
      next.splice(random.nextInt(0, next.length), 0, [...search.goodRow(random)]);
    } else if (next.length > search.size.min) next.splice(random.nextInt(0, next.length), 1);
    if (search.isMet(next, goal)) kept = next;
  }
  return kept;
}
