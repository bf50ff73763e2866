import { walkRanks } from "../metrics/knots.js";
import type { AlignedLevels } from "./cells.js";
import type { Measured, Stated } from "./draft.js";
import type { ColumnProfile, LevelProfile, NumericProfile } from "./profile.js";
import { shareFinding } from "./shares.js";
import { absentP, grownShareP, outsideRangeP, twoShareP } from "./tallies.js";

/** What keeps two columns from being compared at all. A column of nulls alone has no type to differ. */
export function typeFinding(baseline: ColumnProfile, current: ColumnProfile): Stated | undefined {
  if (baseline.type === current.type || baseline.kind === "null" || current.kind === "null") return undefined;
  return {
    kind: "type",
    stated: "notComparable",
    message: `the type was ${baseline.type} and is ${current.type}`,
  };
}

/** The shares of nulls, and of NaN among the values. */
export function missingFindings(
  baseline: ColumnProfile,
  current: ColumnProfile,
  threshold: number,
): Measured[] {
  const part = (column: ColumnProfile) => ({ of: column.nulls, rows: column.rows });
  const nulls = shareFinding(
    "nullShare",
    "share of nulls",
    part(baseline),
    part(current),
    threshold,
    twoShareP,
  );
  const [n, m] = [baseline.rows - baseline.nulls, current.rows - current.nulls];
  if (n === 0 || m === 0 || baseline.nans + current.nans === 0) return [nulls];
  const nans = shareFinding(
    "nanShare",
    "share of NaN",
    { of: baseline.nans, rows: n },
    { of: current.nans, rows: m },
    threshold,
    twoShareP,
  );
  return [nulls, nans];
}

/** Rows of new levels, and of the baseline's levels that are gone. */
export function levelFindings(
  baseline: LevelProfile,
  aligned: AlignedLevels,
  rows: number,
  threshold: number,
): Measured[] {
  const findings: Measured[] = [];
  if (aligned.newRows !== undefined) {
    // The share of levels not met before is about the share of those met once (Good 1953).
    const unmet = { of: baseline.singletons, rows: baseline.count };
    const found = shareFinding(
      "newLevels",
      "share of new levels",
      { of: 0, rows: baseline.count },
      { of: aligned.newRows, rows },
      threshold,
      (_, current) => grownShareP(unmet, current),
    );
    findings.push(found);
  }
  const gone = aligned.listed.filter(({ current, baseline: before }) => current === 0 && before > 0);
  const share = gone.reduce((sum, { baseline: before }) => sum + before, 0) / baseline.count;
  const most = gone.reduce((top, { baseline: before }) => Math.max(top, before), 0);
  const asCommon = aligned.listed.filter(({ baseline: before }) => before >= most).length;
  const pOf = (of: number): number =>
    gone.length === 0 ? 1 : Math.min(1, asCommon * absentP(most, baseline.count, of));
  const measured = shareFinding(
    "vanishedLevels",
    "share of vanished levels in the baseline",
    { of: Math.round(share * baseline.count), rows: baseline.count },
    { of: 0, rows },
    threshold,
    (_, current) => pOf(current.rows),
  );
  // What is seen again hasn't vanished: the share that is gone can only be smaller than it looks.
  findings.push({ ...measured, upper: measured.effect, settles: (of, alpha) => pOf(of) <= alpha });
  return findings;
}

/** The rows outside the range of the baseline. */
export function rangeFinding(
  baseline: ColumnProfile,
  current: ColumnProfile,
  threshold: number,
): Measured | undefined {
  const [before, now] = [baseline.numbers, current.numbers];
  if (!before || !now || !before.extremesKnown || before.count < 2) return undefined;
  const infinite =
    (baseline.plusInfinities === 0 ? current.plusInfinities : 0) +
    (baseline.minusInfinities === 0 ? current.minusInfinities : 0);
  const rows = now.count + infinite;
  if (rows === 0) return undefined;
  const outside = infinite + outsideRange(before, now);
  return shareFinding(
    "outOfRange",
    "share out of range",
    { of: 0, rows: before.count },
    { of: outside, rows },
    threshold,
    (_, { of, rows: all }) => outsideRangeP(of, before.count, all),
  );
}

function outsideRange(before: NumericProfile, now: NumericProfile): number {
  const { values } = before.places;
  let within = 0;
  walkRanks(now.places, [values[0]!, values.at(-1)!], (nth, below, here) => {
    within += nth === 0 ? -below : below + here;
  });
  // One place is both ends.
  if (values.length === 1) {
    walkRanks(now.places, values, (_, __, here) => {
      within = here;
    });
  }
  return now.count - Math.round(within);
}
