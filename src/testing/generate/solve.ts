import type { Random } from "fast-check";
import { columnLabel } from "../../columns/address.js";
import { ConfigError, didYouMean } from "../../errors/index.js";
import { type Identified, identify, makeSuite, requireSuite, type Suite } from "../../suite/suite.js";
import type { Row } from "./cells.js";
import { type Planned, SchemaSearch, schemaOf } from "./findSchema.js";
import { distanceTo, type Goal, unmetBy } from "./goal.js";
import { type Given, judgesOf, type Ruling } from "./judge.js";
import { type Rule, ruleOf } from "./rules.js";
import { type Size, TableSearch } from "./tableSearch.js";

/** A table that meets a goal, and the search that can find others like it. */
export interface Solution {
  readonly goal: Goal;
  readonly search: TableSearch;
  readonly rows: readonly Row[];
  readonly columns: readonly Planned[];
}

/** How a suite's tables are looked for. */
export interface Terms {
  readonly suite: Suite;
  readonly given: Given;
  readonly size: Size;
}

const TRIES = 450;
const STARTS = 3;
// A search that came to a dead end is begun anew, from other columns and rows.
const ROUNDS = 3;

const NEVER_SKIPPED = () => false;

interface Attempt {
  readonly solution: Solution | undefined;
  /** What stood in the way of the nearest table. */
  readonly unmet: readonly Ruling[];
  readonly distance: number;
}

function rulesOf({ suite, given }: Terms): Rule[] {
  return identify(suite).map((one: Identified) => ruleOf(one, given));
}

/** Tries to meet a goal on tables of given columns, `near` rows that are nearly there, where there are some. */
function attempt(
  terms: Terms,
  columns: readonly Planned[],
  goal: Goal,
  tries: number,
  random: Random,
  near?: readonly Row[],
): Attempt {
  const judge = judgesOf(terms.suite, terms.given)(schemaOf(columns));
  const search = new TableSearch(judge, rulesOf(terms), terms.size, terms.given);
  search.stock(goal, random);
  let nearest: Attempt | undefined;
  for (let start = 0; start < STARTS; start++) {
    const drafted = search.draft(goal, [2, 1, terms.size.usual][start]!, random);
    const from = near && start > 0 ? near : drafted;
    const { rows, verdict } = search.solve(goal, from, Math.ceil(tries / STARTS), random);
    const distance = distanceTo(verdict, goal);
    if (distance === 0) {
      return { solution: { goal, search, rows, columns }, unmet: [], distance };
    }
    if (!nearest || distance < nearest.distance)
      nearest = { solution: undefined, unmet: unmetBy(verdict, goal), distance };
  }
  return nearest!;
}

function columnsFor(terms: Terms, random: Random): { search: SchemaSearch; columns: Planned[] } {
  const search = new SchemaSearch(rulesOf(terms), judgesOf(terms.suite, terms.given), random);
  return { search, columns: search.find() };
}

/** Tries to meet a suite as a whole: every rule passing, or rules that can't be asked left skipped. */
export function tryToMeet(terms: Terms, tries: number, random: Random): Attempt & { columns: Planned[] } {
  const { columns } = columnsFor(terms, random);
  const strict = attempt(terms, columns, { maySkip: NEVER_SKIPPED }, tries, random);
  const mayHelp = strict.unmet.length > 0 && strict.unmet.every(({ status }) => status === "skipped");
  if (strict.solution || !mayHelp) return { ...strict, columns };
  return { ...attempt(terms, columns, { maySkip: () => true }, tries, random), columns };
}

const CORE_TRIES = 90;
const LARGEST_CORE = 16;

/** The suite with only some of its rules, under the ids they have. */
function part({ suite }: Terms, ids: ReadonlySet<string>): Suite {
  const { name, expectations: _, ...policy } = suite;
  const kept = identify(suite).flatMap(({ id, stored }) => (ids.has(id) ? [stored] : []));
  return makeSuite(name, kept, policy);
}

/** The rules without which a table could be found: fewer and fewer, as long as none can. */
function coreOf(terms: Terms, blamed: readonly string[], random: Random): string[] {
  const rules = rulesOf(terms);
  const columnsOf = (rule: Rule) => rule.columns.map(columnLabel);
  const disputed = new Set(rules.flatMap((rule) => (blamed.includes(rule.id) ? columnsOf(rule) : [])));
  const near = rules.filter((rule) => {
    const read = columnsOf(rule);
    return blamed.includes(rule.id) || read.length === 0 || read.some((column) => disputed.has(column));
  });
  const fails = (ids: readonly string[]) =>
    ids.length > 0 && !tryToMeet({ ...terms, suite: part(terms, new Set(ids)) }, CORE_TRIES, random).solution;
  for (const id of blamed) if (fails([id])) return [id];
  let kept = near.map(({ id }) => id);
  if (kept.length > LARGEST_CORE || !fails(kept)) return [...blamed];
  for (const id of [...kept]) {
    const rest = kept.filter((other) => other !== id);
    if (fails(rest)) kept = rest;
  }
  return kept;
}

/** Rules as a message names them: ids and claims. */
function told({ suite }: Terms, ids: readonly string[]): string {
  const named = identify(suite).filter(({ id }) => ids.includes(id));
  return named.map(({ id, unit, stored }) => `${id} (${unit.claim(stored as never)})`).join(" and ");
}

/** A table that meets a suite. Throws a ConfigError that names the rules which can't be met, or not together. */
export function meeting(terms: Terms, random: Random): Solution {
  requireSuite(terms.suite);
  let unmet: readonly Ruling[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const found = tryToMeet(terms, TRIES, random);
    if (found.solution) return found.solution;
    unmet = found.unmet;
  }
  const core = coreOf(
    terms,
    unmet.map(({ id }) => id),
    random,
  );
  const rows = terms.size.max;
  const together = core.length > 1 ? " together" : "";
  throw new ConfigError(
    "config/bad-value",
    `suite ${JSON.stringify(terms.suite.name)}: no table of ${rows.toLocaleString("en-US")} rows at most was found that meets ${told(terms, core) || "it"}${together}`,
    { unit: terms.suite.name, value: core },
  );
}

/** The rule that an id names, or else the only one of a label: its description, or its type. Throws ConfigError. */
export function idOf(suite: Suite, idOrLabel: string): string {
  const all = identify(suite);
  const named = all.filter(({ stored, unit }) => stored.description === idOrLabel || unit.type === idOrLabel);
  const found = all.find(({ id }) => id === idOrLabel) ?? (named.length === 1 ? named[0] : undefined);
  if (found) return found.id;
  const choices = all.map(({ id }) => id);
  const why =
    named.length > 1
      ? `${named.length} rules of suite ${JSON.stringify(suite.name)} are called ${JSON.stringify(idOrLabel)}: ${named.map(({ id }) => id).join(", ")}`
      : `suite ${JSON.stringify(suite.name)} has no rule ${JSON.stringify(idOrLabel)}${didYouMean(idOrLabel, choices)}`;
  throw new ConfigError("config/unknown-name", why, { value: idOrLabel, choices });
}

const SHAPES = 60;

/** A table that breaks one rule and meets the others. Throws a ConfigError that says what stands in the way. */
export function breaking(terms: Terms, id: string, random: Random): Solution {
  requireSuite(terms.suite);
  const met = meeting(terms, random);
  const skipped = new Set(
    met.search.verdict(met.rows).outcomes.flatMap((one) => (one.status === "skipped" ? [one.id] : [])),
  );
  const goal: Goal = { target: id, maySkip: (other) => skipped.has(other) };
  // A table without rows breaks much, and shows little: it is made where nothing else will do.
  const filled = { ...terms, size: { ...terms.size, min: Math.max(terms.size.min, 1) } };
  const some = attempt(filled, met.columns, goal, TRIES, random, met.rows);
  const here = some.solution ? some : attempt(terms, met.columns, goal, CORE_TRIES, random);
  if (here.solution) return here.solution;
  const elsewhere = breakingShape(terms, met, goal, random);
  if (elsewhere) return elsewhere;
  const nearest = [some, here].find(({ unmet }) => unmet.every((one) => one.id !== id));
  const others = (nearest?.unmet ?? []).map((one) => one.id);
  const why =
    others.length === 0
      ? "no table was found that breaks it"
      : `every table tried that breaks it breaks ${told(terms, others)} too`;
  throw new ConfigError(
    "config/bad-value",
    `suite ${JSON.stringify(terms.suite.name)}: ${told(terms, [id])} can't be broken alone: ${why}`,
    { unit: id, value: others },
  );
}

/** The same by other columns: one missing, one more, in another place, of another type. */
function breakingShape(terms: Terms, met: Solution, goal: Goal, random: Random): Solution | undefined {
  const shapes = columnsFor(terms, random).search;
  const rule = rulesOf(terms).find(({ id }) => id === goal.target)!;
  if (rule.unit.shape !== "table") return undefined;
  for (let i = 0; i < SHAPES; i++) {
    const once = shapes.change(met.columns, i % 2 === 0 ? rule : undefined);
    const columns = i < SHAPES / 2 ? once : shapes.change(once, undefined);
    const judge = judgesOf(terms.suite, terms.given)(schemaOf(columns));
    if (judge.prepared.some(({ problem, id }) => problem && id !== goal.target)) continue;
    const { solution } = attempt(terms, columns, goal, CORE_TRIES, random);
    if (solution) return solution;
  }
  return undefined;
}
