import type { Schema } from "apache-arrow";
import { columnLabel } from "../columns/address.js";
import { fitsType } from "../columns/columnMask.js";
import { logicalName } from "../columns/typeName.js";
import type { StoredOptions } from "../expectations/unit/options.js";
import { setText } from "../expectations/unit/wire.js";
import { canonicalJson } from "../plan/request.js";
import { needsSecondLook } from "../plan/rule.js";
import { requireColumn } from "../predicates/bind.js";
import { identify, requireSuite, type Suite } from "../suite/suite.js";
import { openSource, type SourceInput } from "./openSource.js";
import type { ValidateOptions } from "./options.js";
import type { Prepared } from "./prepare.js";
import { settleSuite } from "./settleSuite.js";
import { setUp } from "./setUp.js";
import { wantedBy } from "./wanted.js";

/** Something a suite's author should look at. */
export interface LintFinding {
  /** `error`: it can't be evaluated. `warning`: it can, and may not be meant. `note`: what a run has to be given. */
  readonly level: "error" | "warning" | "note";
  /** The expectation it is about; absent when it is about the suite. */
  readonly id?: string;
  readonly message: string;
}

function unlabelled(stored: object): string {
  const { id: _, description: __, tags: ___, meta: ____, ...rest } = stored as Record<string, unknown>;
  return canonicalJson(rest);
}

function lintSuite(suite: Suite): LintFinding[] {
  const findings: LintFinding[] = [];
  const seen = new Map<string, string>();
  const all = identify(suite);
  for (const { id, stored } of all) {
    const same = seen.get(unlabelled(stored));
    if (same !== undefined) findings.push({ level: "warning", id, message: `says the same as ${same}` });
    else seen.set(unlabelled(stored), id);
    if (stored.mostly === 0)
      findings.push({ level: "warning", id, message: "mostly is 0, so it can't fail" });
  }
  if (all.length === 0)
    findings.push({ level: "warning", message: "the suite has no expectations: a run of it is an error" });
  const quarantines = all.some(({ stored }) => stored.onFail === "quarantine");
  if (suite.quarantine?.failAbove && !quarantines) {
    findings.push({
      level: "warning",
      message: "quarantine.failAbove is set, and no expectation quarantines",
    });
  }
  return findings;
}

/** The names that a run of the suite has to be given something for. */
function wantedNotes(suite: Suite): LintFinding[] {
  const wanted = wantedBy(suite);
  return (Object.keys(wanted) as (keyof typeof wanted)[])
    .filter((option) => wanted[option].length > 0)
    .map((option) => ({
      level: "note" as const,
      message: `a run has to be given ${option}: ${wanted[option].map((name) => JSON.stringify(name)).join(", ")}`,
    }));
}

/** The values of `missing` that count for nothing: all of an expectation's own, or one of the suite's in every column. */
function lintMissing(suite: Suite, prepared: readonly Prepared[], schema: Schema): LintFinding[] {
  const findings: LintFinding[] = [];
  const unused = new Set(suite.missing);
  for (const { id, unit, stored, problem } of prepared) {
    const { missing } = stored as StoredOptions;
    if (problem || !missing) continue;
    const columns = unit.columns(stored).map((ref) => requireColumn(schema, ref));
    const fitting = missing.filter((value) => columns.some(({ type }) => fitsType(type, value)));
    for (const value of fitting) unused.delete(value);
    if (missing === suite.missing || missing.length === 0 || columns.length === 0 || fitting.length > 0)
      continue;
    const types = columns
      .map(({ name, type }) => `${JSON.stringify(name)} (${logicalName(type)})`)
      .join(", ");
    const message = `missing ${setText(missing)}: no value fits ${types}, so none counts as null`;
    findings.push({ level: "warning", id, message });
  }
  if (unused.size > 0) {
    const message = `missing ${setText([...unused])}: fits no column that an expectation names`;
    findings.push({ level: "warning", message });
  }
  return findings;
}

async function lintAgainst(
  input: SourceInput,
  suite: Suite,
  options: ValidateOptions,
): Promise<LintFinding[]> {
  const source = await openSource(input, options, suite);
  try {
    const { prepared, tables } = await setUp(source, suite, options);
    await tables.close();
    const findings: LintFinding[] = [];
    const named = new Set<string>();
    for (const { id, unit, stored, problem, needs } of prepared) {
      for (const column of unit.columns(stored)) named.add(columnLabel(column).split(".")[0]!);
      if (problem) findings.push({ level: "error", id, message: problem.message });
      const looksTwice =
        needs.rule &&
        needsSecondLook(needs.rule) &&
        (needs.rule.kind === "scaled" || stored.onFail === "quarantine");
      if (looksTwice && !source.rereadable) {
        findings.push({
          level: "error",
          id,
          message: "needs a second look, and the source can't be read again",
        });
      }
    }
    findings.push(...lintMissing(suite, prepared, source.schema));
    const idle = source.schema.fields.map(({ name }) => name).filter((name) => !named.has(name));
    if (idle.length > 0) {
      const names = idle.map((name) => JSON.stringify(name)).join(", ");
      findings.push({ level: "warning", message: `no expectation looks at ${names}` });
    }
    return findings;
  } finally {
    await source.close();
  }
}

/**
 * Looks a suite over, and against a source's schema when one is given; no row is read. Whether a suite is well formed
 * was settled when it was made or read.
 */
export async function lint(
  suite: Suite,
  input?: SourceInput,
  options: ValidateOptions = {},
): Promise<LintFinding[]> {
  requireSuite(suite);
  if (input === undefined) return [...lintSuite(suite), ...wantedNotes(suite)];
  const settled = settleSuite(suite, options);
  return [...lintSuite(settled), ...(await lintAgainst(input, settled, options))];
}
