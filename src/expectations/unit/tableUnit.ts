import type { Schema } from "apache-arrow";
import type { z } from "zod";
import type { ColumnRef } from "../../columns/columnUse.js";
import type { Json } from "../../metrics/state.js";
import type { MetricRequest } from "../../plan/request.js";
import { levelOf } from "./level.js";
import { storedSchema } from "./make.js";
import { OPTIONS_OF } from "./options.js";
import { refined } from "./rowUnit.js";
import type { About, BaselineNeed, Findings, Stored, Unit } from "./unit.js";

/** What a look at the table's shape gave: each thing that is wrong, in words, and what was seen. */
export interface Inspected {
  readonly faults: readonly string[];
  readonly observed: Json;
  readonly details?: Json;
}

/** What the author of an expectation about the table's shape writes. */
export interface TableUnitParts<Shape extends z.ZodRawShape, P = z.output<z.ZodObject<Shape>>> {
  readonly type: string;
  readonly params: z.ZodObject<Shape>;
  readonly refine?: (params: P) => string | undefined;
  /** `when` means something to an expectation that counts rows. */
  readonly honours?: readonly "when"[];
  columns?(params: P): readonly ColumnRef[];
  /** Columns and the names of their types, for readers of text, which has none. */
  declares?(params: P): readonly (readonly [column: string, type: string])[];
  claim(params: P): string;
  /** States that the schema alone doesn't tell; a column that isn't there asks for none. */
  metrics?(stored: Stored<P>): readonly MetricRequest[];
  /** The baseline it is held against. */
  baseline?(params: P): BaselineNeed;
  /** The tables whose rows it is compared with. */
  tables?(params: P): readonly string[];
  /** The numbers that a run is to give. */
  scalars?(params: P): readonly string[];
  inspect(schema: Schema, stored: Stored<P>, findings: Findings): Inspected;
  readonly about: About;
}

/** An expectation about the table's shape: judged on its schema and counts. */
export function tableUnit<Shape extends z.ZodRawShape>(
  parts: TableUnitParts<Shape>,
): Unit<z.output<z.ZodObject<Shape>>> {
  type P = z.output<z.ZodObject<Shape>>;
  const options = [...OPTIONS_OF.table, ...(parts.honours ?? [])];
  const schema = storedSchema(parts.type, parts.params, options);
  return {
    type: parts.type,
    shape: "table",
    params: Object.keys(parts.params.shape),
    options,
    schema: parts.refine ? refined(schema, parts.refine) : schema,
    quarantines: false,
    about: parts.about,
    columns: parts.columns ?? (() => []),
    ...(parts.declares ? { declares: parts.declares } : {}),
    claim: parts.claim,
    needs: (stored: Stored<P>) => ({
      metrics: parts.metrics?.(stored) ?? [],
      ...(parts.baseline ? { baselines: [parts.baseline(stored)] } : {}),
      ...(parts.tables ? { tables: parts.tables(stored) } : {}),
      ...(parts.scalars ? { scalars: parts.scalars(stored) } : {}),
    }),
    judge(findings, stored) {
      const { faults, observed, details } = parts.inspect(findings.schema, stored, findings);
      return {
        status: faults.length === 0 ? "pass" : levelOf(stored.onFail),
        message: faults.length === 0 ? "as expected" : faults.join("; "),
        observed: { value: observed, columns: [] },
        ...(details === undefined ? {} : { details }),
      };
    },
  };
}
