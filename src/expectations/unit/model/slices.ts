import type { Measure } from "../../../drift/profile.js";
import type { Json } from "../../../metrics/state.js";
import type { ScoredSlice } from "./scoredUnit.js";
import type { StoredThreshold } from "./threshold.js";
import { type Better, judgeScore, type Limits, limitsOf, type Verdict } from "./verdict.js";

/** Slices that a result shows at most: those that are broken first, then those nobody can tell of. */
const MOST_SHOWN = 20;

/** What became of all slices. */
export interface SlicesJudged {
  readonly total: number;
  readonly broken: number;
  readonly inconclusive: number;
  /** As a result shows it. */
  readonly told: Json;
}

const nameOf = (slice: Json): string => String(slice);

/** The bounds of a slice: its own, where it has some, else those of all. */
function boundsOf(
  slice: string,
  { atLeast, atMost, minRows = 1, confidence, slices = {} }: StoredThreshold,
): Limits {
  const own = Object.hasOwn(slices, slice) ? slices[slice]! : {};
  const given = Object.entries(own).filter(([, value]) => value !== undefined);
  return { atLeast, atMost, minRows, confidence, ...Object.fromEntries(given) };
}

function judgeSlice(
  { slice, score, counts }: ScoredSlice,
  threshold: StoredThreshold,
  before: Measure | undefined,
  better: Better,
): Verdict {
  const limits = boundsOf(nameOf(slice), threshold);
  if (!before) return judgeScore(score, counts.rows, limits);
  const known = before.slices?.find((one) => one.slice === slice)?.value;
  if (typeof known === "number")
    return judgeScore(score, counts.rows, limitsOf(limits, known, threshold.notWorseThan!, better));
  const verdict = judgeScore(score, counts.rows, limits);
  if (verdict.verdict !== "holds") return verdict;
  return { ...verdict, verdict: "inconclusive", why: "the baseline has no score of it" };
}

/** Holds each slice against its bounds; one that has bounds of its own and no rows is inconclusive. */
export function judgeSlices(
  slices: readonly ScoredSlice[],
  threshold: StoredThreshold,
  before: Measure | undefined,
  better: Better,
): SlicesJudged {
  const judged = slices.map((one) => ({ slice: one.slice, ...judgeSlice(one, threshold, before, better) }));
  const there = new Set(slices.map(({ slice }) => nameOf(slice)));
  const absent = Object.keys(threshold.slices ?? {})
    .filter((name) => !there.has(name))
    .map((slice) => ({ slice, verdict: "inconclusive" as const, why: "no such slice", seen: { rows: 0 } }));
  const all = [...judged, ...absent];
  const broken = all.filter(({ verdict }) => verdict === "broken");
  const inconclusive = all.filter(({ verdict }) => verdict === "inconclusive");
  const shown = [...broken, ...inconclusive].slice(0, MOST_SHOWN).map(({ slice, verdict, why, seen }) => ({
    slice,
    verdict,
    ...(why === undefined ? {} : { why }),
    ...seen,
  }));
  return {
    total: all.length,
    broken: broken.length,
    inconclusive: inconclusive.length,
    told: {
      total: all.length,
      broken: broken.length,
      inconclusive: inconclusive.length,
      ...(shown.length > 0 ? { shown } : {}),
    },
  };
}
