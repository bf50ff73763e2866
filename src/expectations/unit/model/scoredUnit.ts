import type { z } from "zod";
import { columnLabel } from "../../../columns/address.js";
import type { ColumnRef } from "../../../columns/columnUse.js";
import type { Kind } from "../../../columns/typeName.js";
import type { Measure } from "../../../drift/profile.js";
import type { Json } from "../../../metrics/state.js";
import type { MetricRequest } from "../../../plan/request.js";
import { aggregateUnit, type Measured, whereOf } from "../aggregateUnit.js";
import { inconclusiveLevel } from "../level.js";
import { maskedFindings } from "../masking.js";
import type { About, Findings, Stored, Unit } from "../unit.js";
import { measureIn, measureOf } from "./measures.js";
import type { RowCounts, Where } from "./reading.js";
import { judgeSlices, type SlicesJudged } from "./slices.js";
import { type StoredThreshold, thresholdProblem, thresholdText } from "./threshold.js";
import { type Better, judgeScore, limitsOf, type Score } from "./verdict.js";

/** The score of some rows. */
export interface ScoredRows {
  readonly counts: RowCounts;
  readonly score: Score;
}

/** The score of a slice; null is the slice of the rows without a value. */
export interface ScoredSlice extends ScoredRows {
  readonly slice: Json;
}

/** All that was scored, and what a result tells besides. */
export interface Scored extends ScoredRows {
  readonly slices: readonly ScoredSlice[];
  readonly told?: Readonly<Record<string, Json>>;
  /** Why nobody can tell, where the score alone doesn't say so. */
  readonly undecided?: string | undefined;
}

/** What the author of a score writes, whatever it is made from. */
export interface ScoredUnitParts<Shape extends z.ZodRawShape, P = z.output<z.ZodObject<Shape>>> {
  readonly type: string;
  readonly params: z.ZodObject<Shape>;
  readonly refine?: ((params: P) => string | undefined) | undefined;
  /** The columns it reads, and the kinds each may be of. */
  columns(params: P): readonly (readonly [column: ColumnRef, kinds: readonly Kind[]])[];
  /** What is scored, as the claim says it: `accuracy of yhat against y`. */
  subject(params: P): string;
  readonly better: Better;
  requests(params: P, where: Where): readonly MetricRequest[];
  /** Throws ConfigError where columns and parameters don't fit each other. */
  score(findings: Findings, stored: Stored<P>, where: Where): Scored;
  readonly about: About;
}

const SURPLUS = ({ unlabelled, unpredicted, nan }: RowCounts): readonly (readonly [number, string])[] => [
  [unlabelled ?? 0, "unlabelled"],
  [unpredicted, "unpredicted"],
  [nan, "NaN"],
];

function leftOut(counts: RowCounts): string {
  const said = SURPLUS(counts).filter(([rows]) => rows > 0);
  return said.length === 0
    ? ""
    : ` (${said.map(([rows, why]) => `${rows.toLocaleString("en-US")} ${why}`).join(", ")})`;
}

function messageOf(
  verdict: string,
  why: string | undefined,
  { broken, inconclusive, total }: SlicesJudged,
): string {
  const all = `of ${total} ${total === 1 ? "slice" : "slices"}`;
  if (verdict === "broken") return broken === 0 ? "out of bounds" : `out of bounds in ${broken} ${all}`;
  if (verdict === "holds") return "within bounds";
  return `inconclusive: ${why ?? `nobody can tell of ${inconclusive} ${all}`}`;
}

/** An expectation about a score of a model: of all rows and of slices of them, against bounds and a baseline. */
export function scoredUnit<Shape extends z.ZodRawShape>(
  parts: ScoredUnitParts<Shape>,
): Unit<z.output<z.ZodObject<Shape>>> {
  type P = z.output<z.ZodObject<Shape>>;
  const columns = (params: P) => parts.columns(params).map(([column]) => column);
  const threshold = (params: P) => params as unknown as StoredThreshold;

  function judged(findings: Findings, stored: Stored<P>): Measured {
    const { atLeast, atMost, confidence, minRows = 1, inconclusive, notWorseThan } = threshold(stored);
    const scored = parts.score(findings, stored, whereOf(stored));
    const { counts, score } = scored;
    if (counts.rows === 0 && "none" in score) return { empty: `${score.none}${leftOut(counts)}` };
    const limits = { atLeast, atMost, confidence, minRows };
    const before =
      notWorseThan && measureIn(findings, parts.type, stored, parts.params, notWorseThan.baseline);
    if (before?.value === null) return { error: `the baseline's ${parts.type} has no value` };
    const whole = judgeScore(
      score,
      counts.rows,
      before ? limitsOf(limits, before.value!, notWorseThan!, parts.better) : limits,
    );
    // A score that isn't there though its rows are many is no matter of more rows.
    const isUndefined = "none" in score && counts.rows >= minRows && scored.undecided === undefined;
    if (isUndefined) return { empty: `${score.none}${leftOut(counts)}` };
    const slices = judgeSlices(scored.slices, threshold(stored), before, parts.better);
    const isBroken = whole.verdict === "broken" || slices.broken > 0;
    const why = scored.undecided ?? whole.why;
    const isOpen = why !== undefined || slices.inconclusive > 0;
    const verdict = isBroken ? "broken" : isOpen ? "inconclusive" : "holds";
    const { rows: _, ...left } = counts;
    return {
      observed: {
        ...whole.seen,
        ...(before ? { baseline: before.value } : {}),
        ...left,
        ...scored.told,
        ...(threshold(stored).by === undefined || scored.told ? {} : { slices: slices.told }),
      },
      holds: verdict === "holds",
      ...(verdict === "inconclusive" ? { inconclusive: inconclusiveLevel(inconclusive, stored.onFail) } : {}),
      message: `${messageOf(verdict, why, slices)}${leftOut(counts)}`,
    };
  }

  return {
    ...aggregateUnit<Shape>({
      type: parts.type,
      params: parts.params,
      refine: (params) => thresholdProblem(threshold(params)) ?? parts.refine?.(params),
      honours: ["nan"],
      columns,
      claim: (params) => `${parts.subject(params)} ${thresholdText(threshold(params))}`,
      metrics: (params, where) => parts.requests(params, where),
      baseline: (params) => {
        const { notWorseThan } = threshold(params);
        return notWorseThan && { name: notWorseThan.baseline };
      },
      measure: judged,
      about: parts.about,
    }),
    kindsOf: (stored, column) =>
      parts.columns(stored).find(([known]) => columnLabel(known) === columnLabel(column))![1],
    measure(findings, stored): Measure {
      const { missing } = stored;
      const read = missing ? maskedFindings(findings, missing) : findings;
      return measureOf(parts.type, parts.score(read, stored, whereOf(stored)), stored, parts.params);
    },
  };
}
