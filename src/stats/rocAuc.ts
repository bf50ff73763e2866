import type { ScoreResult } from "./confusion.js";
import { demand } from "./options.js";
import type { Sample } from "./result.js";
import { flaw, sortSample, walkPooled } from "./sample.js";
import { type Interval, oneSidedZ } from "./wilson.js";

/**
 * The area under the ROC curve: the chance that a positive row scores above a negative one, ties counting half. Exact, by
 * midranks. Undefined (reason `one-level`) unless there are rows of both classes.
 *
 * Source: Hanley and McNeil (1982): it is the Mann-Whitney statistic over the number of pairs.
 */
export function rocAuc(positives: Sample, negatives: Sample): ScoreResult {
  const n = positives.length + negatives.length;
  const [above, below] = [sortSample(positives), sortSample(negatives)];
  const flaws = [flaw(above, 0, "kept"), flaw(below, 0, "kept")];
  if (n === 0) return { value: null, n, reason: "empty" };
  if (flaws.includes("not-a-number")) return { value: null, n, reason: "not-a-number" };
  if (above.length === 0 || below.length === 0) return { value: null, n, reason: "one-level" };
  let wins = 0;
  walkPooled(above, below, (_value, here, there, _below, beaten) => {
    wins += here * (beaten + there / 2);
  });
  return { value: wins / above.length / below.length, n };
}

/**
 * Bounds of an area under the ROC curve of so many positive and negative rows, each of them one-sided at `confidence`.
 * They are the areas from which the one seen lies z standard errors away, by Hanley and McNeil's variance at that area, so
 * that an area of 1 has a lower bound too. Null unless there are rows of both classes.
 *
 * Source: Hanley and McNeil (1982); Newcombe (2006), "Confidence intervals for an effect size measure based on the
 * Mann-Whitney statistic", part 2, method 5.
 */
export function rocAucInterval(
  area: number,
  positives: number,
  negatives: number,
  confidence = 0.95,
): Interval | null {
  const z = oneSidedZ("rocAucInterval", confidence);
  demand(area >= 0 && area <= 1, "rocAucInterval", "area", area, "from 0 to 1");
  if (!(positives > 0 && negatives > 0)) return null;
  const others = (positives + negatives) / 2 - 1;
  const error = (a: number): number =>
    Math.sqrt(
      (a * (1 - a) * (1 + (others * (1 - a)) / (2 - a) + (others * a) / (1 + a))) / positives / negatives,
    );
  // The distance in standard errors falls from the far end to the area: halve until the doubles are next to each other.
  const solve = (far: number): number => {
    let [out, near] = [far, area];
    for (let i = 0; i < 60; i++) {
      const middle = out + (near - out) / 2;
      if (Math.abs(area - middle) > z * error(middle)) out = middle;
      else near = middle;
    }
    return near;
  };
  return [solve(0), solve(1)];
}
