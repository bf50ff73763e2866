import type { Schema } from "apache-arrow";
import type { Measure } from "../drift/profile.js";
import type { Runtime } from "../engines/arrow/ruleRunner.js";
import { ConfigError } from "../errors/index.js";
import type { Expectation } from "../expectations/unit/expectation.js";
import { registry } from "../expectations/unit/registry.js";
import type { Findings } from "../expectations/unit/unit.js";
import type { Evidence } from "../plan/evidence.js";
import type { MetricRequest } from "../plan/request.js";
import { makeSuite, requireSuite } from "../suite/suite.js";
import { prepare } from "./prepare.js";
import { compilersFor } from "./setUp.js";

/** What a baseline is to measure: the states it takes, and the numbers read from them. */
export interface Measuring {
  readonly requests: readonly MetricRequest[];
  readonly runtime: Runtime;
  measure(schema: Schema, evidence: Evidence): Measure[];
}

function checkMeasurable(measures: readonly Expectation[]): void {
  requireSuite({ expectations: measures });
  const other = measures.find(({ type }) => !registry().get(type)?.measure);
  if (!other) return;
  const choices = [...registry().values()].filter(({ measure }) => measure).map(({ type }) => type);
  throw new ConfigError(
    "config/bad-value",
    `profile: measures: ${other.type} measures nothing that a baseline keeps; ${choices.join(", ")} do`,
    { unit: "profile", parameter: "measures", value: other.type, choices },
  );
}

/** What was found out, as far as a measure asks: there is no baseline yet, and no rule. */
function findingsOf(schema: Schema, evidence: Evidence): Findings {
  const absent = (): never => {
    throw new TypeError("a measure is made from states alone");
  };
  return {
    schema,
    rows: evidence.rows,
    metric: (request) => evidence.metric(request),
    tally: undefined,
    baseline: absent,
    tableRows: absent,
    scalar: absent,
    now: 0n,
    drift: undefined,
  };
}

/** Ties expectations that measure something to a schema. Throws ConfigError. */
export async function prepareMeasures(measures: readonly Expectation[], schema: Schema): Promise<Measuring> {
  checkMeasurable(measures);
  const suite = makeSuite("measures", measures, {});
  const runtime: Runtime = { functions: new Map(), ...(await compilersFor(suite)) };
  const prepared = prepare(suite, schema, runtime, new Map());
  for (const { problem } of prepared) if (problem) throw problem;
  return {
    requests: prepared.flatMap(({ needs }) => needs.metrics ?? []),
    runtime,
    measure: (of, evidence) =>
      prepared.map(({ unit, stored }) => unit.measure!(findingsOf(of, evidence), stored as never)),
  };
}
