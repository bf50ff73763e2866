/** Steps, of a third of a microsecond or so, beyond which an exact law is not attempted. */
const MOST_STEPS = 3e6;

/** What a group of ties adds (an integer) when `below` reference rows came before it and `here` are in it. */
export type GroupPart = (group: number, below: number, here: number) => number;

/**
 * The upper tail P(S ≥ observed) of a sum over groups of ties when every assignment of n of the pooled rows to the
 * reference is equally likely, ties kept as they are; undefined where counting would take too long.
 *
 * Partial sums are counted group by group with their probabilities, after Xiao, Gordon and Yakovlev (2006), "A C++
 * program for the Cramér-von Mises two-sample test", which does it for samples without ties; a sum that the groups to
 * come can no longer keep below the observed one, or bring up to it, is settled at once.
 */
export function conditionalTail(
  groups: readonly number[],
  n: number,
  part: GroupPart,
  observed: number,
): number | undefined {
  const splits = groups.reduce((sum, size) => sum + (n + 1) * (Math.min(size, n) + 1), 0);
  if (splits > MOST_STEPS) return undefined;
  const rest = bounds(groups, n, part);
  let states = new Map([[0, new Map([[0, 1]])]]);
  let left = groups.reduce((sum, size) => sum + size, 0);
  let steps = 0;
  let tail = 0;
  for (const [group, size] of groups.entries()) {
    const next = new Map<number, Map<number, number>>();
    for (const [below, sums] of states) {
      const [fewest, most] = range(size, n - below, left);
      for (let here = fewest; here <= most; here++) {
        const chance = drawChance(here, size, n - below, left);
        const added = part(group, below, here);
        const [low, high] = rest[group + 1]!.get(below + here)!;
        const target = next.get(below + here) ?? new Map<number, number>();
        next.set(below + here, target);
        for (const [before, probability] of sums) {
          const sum = before + added;
          if (sum + low >= observed) tail += probability * chance;
          else if (sum + high >= observed) target.set(sum, (target.get(sum) ?? 0) + probability * chance);
        }
        steps += sums.size;
        if (steps > MOST_STEPS) return undefined;
      }
    }
    states = next;
    left -= size;
  }
  return Math.min(1, tail);
}

/** How few and how many of a group's rows the reference can have when it still needs `wanted` of the `left` rows. */
function range(size: number, wanted: number, left: number): readonly [number, number] {
  return [Math.max(0, size - (left - wanted)), Math.min(size, wanted)];
}

/** For each group and number of reference rows before it: the least and the most that it and later groups add. */
function bounds(
  groups: readonly number[],
  n: number,
  part: GroupPart,
): Map<number, readonly [number, number]>[] {
  const tables = groups.map(() => new Map<number, readonly [number, number]>());
  tables.push(new Map([[n, [0, 0]]]));
  let left = 0;
  for (let group = groups.length - 1; group >= 0; group--) {
    const size = groups[group]!;
    left += size;
    for (let below = Math.max(0, n - left); below <= n; below++) {
      let low = Number.POSITIVE_INFINITY;
      let high = Number.NEGATIVE_INFINITY;
      const [fewest, most] = range(size, n - below, left);
      for (let here = fewest; here <= most; here++) {
        const added = part(group, below, here);
        const [least, greatest] = tables[group + 1]!.get(below + here)!;
        low = Math.min(low, added + least);
        high = Math.max(high, added + greatest);
      }
      tables[group]!.set(below, [low, high]);
    }
  }
  return tables;
}

/** The hypergeometric chance that `here` of a group's `size` rows are among the `wanted` still to be drawn of `left`. */
function drawChance(here: number, size: number, wanted: number, left: number): number {
  let chance = 1;
  for (let i = 0; i < size; i++) {
    // The first `here` rows are drawn, the others are not; then all orders of that.
    chance *= (i < here ? wanted - i : left - i - (wanted - here)) / (left - i);
  }
  for (let i = 0; i < here; i++) chance *= (size - i) / (i + 1);
  return chance;
}
