import type { z } from "zod";
import type { ColumnRef } from "../../../columns/columnUse.js";
import type { Measure } from "../../../drift/profile.js";
import { ConfigError } from "../../../errors/index.js";
import type { Json } from "../../../metrics/state.js";
import { canonicalJson } from "../../../plan/request.js";
import type { StoredOptions } from "../options.js";
import type { Findings } from "../unit.js";
import type { Scored } from "./scoredUnit.js";
import { confidenceShape, thresholdShape } from "./threshold.js";
import type { Score } from "./verdict.js";

/** Options that say what is measured; the others say what it means. */
const MEASURING = ["when", "nan", "missing"] as const satisfies readonly (keyof StoredOptions)[];

type Stored = Readonly<Record<string, unknown>>;

/** What is measured, thresholds aside: equal for expectations whose numbers can be compared. */
function identityOf(stored: Stored, params: z.ZodObject): Record<string, Json> {
  const names = Object.keys(params.shape).filter(
    (name) => !Object.hasOwn(thresholdShape, name) && !Object.hasOwn(confidenceShape, name),
  );
  const given = [...names, ...MEASURING].filter((name) => stored[name] !== undefined);
  return Object.fromEntries(given.map((name) => [name, stored[name] as Json]));
}

const numberOf = (score: Score): number | null =>
  "none" in score || !Number.isFinite(score.value) ? null : score.value;

/** What an expectation measured, as a baseline keeps it. */
export function measureOf(type: string, scored: Scored, stored: Stored, params: z.ZodObject): Measure {
  const by = stored.by as ColumnRef | undefined;
  const slices = scored.slices.map(({ slice, score, counts }) => ({
    slice,
    value: numberOf(score),
    rows: counts.rows,
  }));
  return {
    type,
    of: identityOf(stored, params),
    value: numberOf(scored.score),
    rows: scored.counts.rows,
    ...(by === undefined ? {} : { by, slices }),
  };
}

/** What a baseline keeps of the same measurement. Throws ConfigError when it keeps nothing of it. */
export function measureIn(
  findings: Findings,
  type: string,
  stored: Stored,
  params: z.ZodObject,
  baseline: string,
): Measure {
  const wanted = canonicalJson(identityOf(stored, params));
  const { by } = stored;
  const alike = (findings.baseline(baseline).measures ?? []).filter(
    (measure) => measure.type === type && canonicalJson(measure.of) === wanted,
  );
  const found = alike.find((measure) => by === undefined || canonicalJson(measure.by) === canonicalJson(by));
  if (found) return found;
  const lacks = alike.length > 0 ? "has it without these slices" : "has no such measure";
  throw new ConfigError(
    "config/unknown-name",
    `the baseline ${JSON.stringify(baseline)} ${lacks}; profile(source, { measures: [this expectation] }) puts it there`,
    { unit: type, parameter: "notWorseThan", value: baseline },
  );
}
