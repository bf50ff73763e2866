import type { RecordBatch, Schema, Table } from "apache-arrow";
import { isTable } from "../../columns/arrowShape.js";
import { BatchViews, blocksOf } from "../../columns/block.js";
import type { RowSet } from "../../columns/rowSet.js";
import type { Profile } from "../../drift/profile.js";
import { profileFromJson } from "../../drift/profileCodec.js";
import { runOnBatches } from "../../engines/arrow/run.js";
import { ConfigError } from "../../errors/index.js";
import type { Expectation } from "../../expectations/unit/expectation.js";
import { unitOf } from "../../expectations/unit/registry.js";
import { KeyTable } from "../../metrics/keyTable.js";
import type { Evidence, Tally } from "../../plan/evidence.js";
import type { Plan } from "../../plan/plan.js";
import { requireComparable } from "../../predicates/bind.js";
import type { LookUp } from "../../predicates/leaves/lookUp.js";
import { compilePattern } from "../../predicates/pattern/compilePattern.js";
import { compileSchema } from "../../predicates/text/compileSchema.js";
import type { Json } from "../../results/json.js";
import type { Outcome } from "../../results/outcome.js";
import type { RunStatus } from "../../results/run.js";
import type { Suite } from "../../suite/suite.js";
import { unionOf } from "../../validate/cooccurrence.js";
import { clockOf, type ValidateOptions } from "../../validate/options.js";
import { type Compared, judgement } from "../../validate/outcomes.js";
import type { Prepared } from "../../validate/prepare.js";
import { compareRun } from "../../validate/runDrift.js";
import { requireScalars } from "../../validate/scalars.js";
import { type Loaded, type Tied, tie } from "../../validate/setUp.js";
import { reasonsOf, statusOf } from "../../validate/status.js";
import { givenTable, requireSameFamily, tablesNamedBy } from "../../validate/tables.js";

/** What a suite names and is given at run time; a baseline as the profile itself. */
export type Given = Pick<ValidateOptions, "functions" | "now" | "scalars"> & {
  readonly baselines?: Readonly<Record<string, Profile>>;
  /** The other tables that expectations name. */
  readonly tables?: Readonly<Record<string, Table>>;
};

/** What came of one rule: as much of an outcome as a search looks at. */
export interface Ruling {
  readonly id: string;
  readonly status: Outcome["status"];
  readonly expectation: Expectation;
  readonly observed: Json | undefined;
  readonly counts: Tally | undefined;
}

/** What a suite says of a table. */
export interface Verdict {
  readonly status: RunStatus;
  readonly outcomes: readonly Ruling[];
  /** The rows that break a row rule; undefined for other rules. */
  failing(id: string): RowSet | undefined;
}

function baselinesOf(suite: Suite, { baselines = {} }: Given): Map<string, Profile> {
  const named = suite.expectations.flatMap((stored) => {
    const { baselines: read = [], drift } = unitOf(stored.type).needs(stored as never);
    return [...read.map(({ name }) => name), ...(drift ? [drift.baseline] : [])];
  });
  return new Map(
    [...new Set(named)].map((name) => {
      if (Object.hasOwn(baselines, name)) return [name, profileFromJson(baselines[name])];
      throw new ConfigError(
        "config/missing-runtime-input",
        `suite ${JSON.stringify(suite.name)} names the baseline ${JSON.stringify(name)}, which wasn't given; tables are made with baselines: { ${name}: profile }`,
        { parameter: "baselines", value: name },
      );
    }),
  );
}

/** A suite tied to a schema, which judges tables of it as `validate` does, and at once. */
export class Judge {
  readonly schema: Schema;
  readonly #suite: Suite;
  readonly #setup: Tied;
  readonly #given: Given;

  constructor(suite: Suite, schema: Schema, given: Given, loaded: Loaded) {
    this.schema = schema;
    this.#suite = suite;
    this.#given = given;
    this.#setup = tie(schema, suite, given, loaded);
  }

  get prepared(): readonly Prepared[] {
    return this.#setup.prepared;
  }

  #run(plan: Plan, batches: readonly RecordBatch[]) {
    return runOnBatches(plan, this.schema, batches, { ...this.#setup.runtime, sample: 1, keys: [] });
  }

  judge(batches: readonly RecordBatch[]): Verdict {
    const { prepared, plan, redactor, baselines } = this.#setup;
    const evidence = this.#run(plan, batches);
    const tables = { rows: (name: string) => this.#given.tables![name]!.numRows };
    const now = clockOf(this.#given, new Date());
    const names = this.schema.fields.map(({ name }) => name);
    const drift = prepared.some(({ needs }) => needs.drift)
      ? compareRun(prepared, evidence, names, baselines, redactor, this.#given)
      : [];
    const { scalars } = this.#given;
    const compared = { baselines, drift, tables, scalars, now };
    const outcomes = prepared.map((one) => this.#ruling(one, evidence, compared));
    const moved = plan.rules.flatMap(({ id, quarantine }) => (quarantine ? [evidence.rule(id).marks!] : []));
    const counts = { rows: evidence.rows, quarantined: unionOf(moved).size };
    const status = statusOf(this.#suite, outcomes, reasonsOf(this.#suite, counts, outcomes));
    const ruled = new Set(plan.rules.map(({ id }) => id));
    return { status, outcomes, failing: (id) => (ruled.has(id) ? evidence.rule(id).marks : undefined) };
  }

  #ruling(prepared: Prepared, evidence: Evidence, compared: Compared): Ruling {
    const { id, stored: expectation, problem, needs } = prepared;
    const known = { id, expectation, observed: undefined, counts: undefined };
    if (problem) return { ...known, status: "error" };
    try {
      const { status, observed } = judgement(prepared, this.schema, evidence, compared);
      const found = needs.rule && evidence.rule(id);
      const threw = found !== undefined && found.thrown.count > 0;
      return { ...known, status: threw ? "error" : status, observed: observed?.value, counts: found?.tally };
    } catch {
      // As in an outcome: what can't be judged is an error, whatever was thrown.
      return { ...known, status: "error" };
    }
  }

  /** The rows of a batch that break each rule of single rows. */
  rows(batch: RecordBatch): ReadonlyMap<string, RowSet> {
    const { plan } = this.#setup;
    const rules = plan.rules.filter(({ rule }) => rule.kind === "local" || rule.kind === "function");
    const evidence = this.#run({ ...plan, metrics: [], rules }, [batch]);
    return new Map(rules.map(({ id }) => [id, evidence.rule(id).marks!]));
  }
}

function requireInMemory(name: string, table: unknown): void {
  if (isTable(table)) return;
  throw new ConfigError(
    "config/bad-value",
    `tables: ${JSON.stringify(name)} is no Arrow table, and nothing else is read where tables are generated`,
    { parameter: "tables", value: name },
  );
}

/** Looks keys up in tables that are in memory. */
function lookUpIn({ tables = {} }: Given): LookUp {
  return ({ table: name, keys }, own) => {
    const { schema, batches } = tables[name]!;
    const addresses = keys.map((key) => requireComparable(schema, key));
    for (const [nth, address] of addresses.entries()) requireSameFamily(own[nth]!, address, name);
    const found = new KeyTable(addresses, own);
    for (const batch of batches)
      for (const block of blocksOf(new BatchViews(batch, undefined), 0)) found.observe(block);
    return found;
  };
}

/** Loads what a suite needs once, for judges of any schema. Throws ConfigError for a baseline that wasn't given. */
export function judgesOf(suite: Suite, given: Given): (schema: Schema) => Judge {
  for (const named of tablesNamedBy(suite)) requireInMemory(named.name, givenTable(named, given.tables));
  requireScalars(suite, given);
  const loaded: Loaded = {
    runtime: {
      functions: new Map(Object.entries(given.functions ?? {})),
      compilePattern,
      compileSchema,
      lookUp: lookUpIn(given),
    },
    baselines: baselinesOf(suite, given),
  };
  return (schema) => new Judge(suite, schema, given, loaded);
}
