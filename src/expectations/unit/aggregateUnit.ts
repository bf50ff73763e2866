import type { z } from "zod";
import type { ColumnRef } from "../../columns/columnUse.js";
import type { Json } from "../../metrics/state.js";
import type { MetricRequest } from "../../plan/request.js";
import type { Predicate } from "../../predicates/predicate.js";
import { conditionPredicate } from "./condition.js";
import { judgeEmpty, levelOf } from "./level.js";
import { storedSchema } from "./make.js";
import { masking } from "./masking.js";
import { OPTIONS_OF, type StoredOptions } from "./options.js";
import { refined } from "./rowUnit.js";
import type { About, BaselineNeed, Findings, Judgement, Stored, Unit } from "./unit.js";

/** What an aggregate saw and whether it will do; `empty` when there was no value to look at, `error` when it can't be told. */
export type Measured =
  | { readonly empty: string }
  | { readonly error: string }
  | {
      readonly observed: Json;
      readonly holds: boolean;
      /** Nobody can tell whether it holds: the level that has. */
      readonly inconclusive?: "pass" | "warn" | "fail";
      /** What was found, where bounds don't say it all. */
      readonly message?: string;
      readonly details?: Json;
    };

/** What the author of an aggregate expectation writes. */
export interface AggregateUnitParts<Shape extends z.ZodRawShape, P = z.output<z.ZodObject<Shape>>> {
  readonly type: string;
  readonly params: z.ZodObject<Shape>;
  readonly refine?: (params: P) => string | undefined;
  readonly honours: readonly "nan"[];
  columns(params: P): readonly ColumnRef[];
  claim(params: P): string;
  /** The states to gather; `where` is the option `when`, to be put into each. */
  metrics(params: P, where: { readonly where?: Predicate }): readonly MetricRequest[];
  /** The baseline it is measured against. */
  baseline?(params: P): BaselineNeed | undefined;
  measure(findings: Findings, stored: Stored<P>, metrics: readonly MetricRequest[]): Measured;
  /** What an empty domain means unless the author says otherwise; `"fail"` by default. */
  readonly onEmpty?: "pass" | "fail";
  /** Values that meet it: see `Unit.sample`. */
  sample?(params: P): Readonly<Record<string, readonly Json[]>>;
  readonly about: About;
}

/** The option `when` as the condition of a state. */
export function whereOf(options: StoredOptions): { readonly where?: Predicate } {
  return options.when ? { where: conditionPredicate(options.when) } : {};
}

function baselinesOf(need: BaselineNeed | undefined): { readonly baselines?: readonly BaselineNeed[] } {
  return need ? { baselines: [need] } : {};
}

/** An expectation about a column as a whole: a number is read from mergeable states and held against bounds. */
export function aggregateUnit<Shape extends z.ZodRawShape>(
  parts: AggregateUnitParts<Shape>,
): Unit<z.output<z.ZodObject<Shape>>> {
  type P = z.output<z.ZodObject<Shape>>;
  const options = [...OPTIONS_OF.aggregate, ...parts.honours];
  const schema = storedSchema(parts.type, parts.params, options);
  // `when` may have selected no row of a table that has some: that is no verdict on the data.
  const selection = (stored: Stored<P>): MetricRequest => ({ state: "count", ...whereOf(stored) });

  return masking({
    type: parts.type,
    shape: "aggregate",
    params: Object.keys(parts.params.shape),
    options,
    schema: parts.refine ? refined(schema, parts.refine) : schema,
    quarantines: false,
    about: parts.about,
    ...(parts.sample ? { sample: parts.sample } : {}),
    columns: parts.columns,
    claim: parts.claim,
    needs: (stored: Stored<P>) => ({
      metrics: [...parts.metrics(stored, whereOf(stored)), ...(stored.when ? [selection(stored)] : [])],
      ...baselinesOf(parts.baseline?.(stored)),
    }),
    judge(findings: Findings, stored: Stored<P>): Judgement {
      if (stored.when && findings.rows > 0) {
        const { rows } = findings.metric({ ...selection(stored), state: "count" });
        if (rows === 0) return judgeEmpty(stored, "skip", "no row met the condition");
      }
      const measured = parts.measure(findings, stored, parts.metrics(stored, whereOf(stored)));
      if ("empty" in measured) return judgeEmpty(stored, parts.onEmpty ?? "fail", measured.empty);
      if ("error" in measured) return { status: "error", message: measured.error };
      const { observed, holds, details, inconclusive } = measured;
      return {
        status: inconclusive ?? (holds ? "pass" : levelOf(stored.onFail)),
        message: measured.message ?? (holds ? "within bounds" : "out of bounds"),
        observed: { value: observed, columns: parts.columns(stored) },
        ...(details === undefined ? {} : { details }),
      };
    },
  });
}
