import { parametersOf } from "../expectations/unit/parameter.js";
import { unitOf } from "../expectations/unit/registry.js";
import { leavesOf } from "../predicates/predicate.js";
import type { Suite } from "../suite/suite.js";
import { namesOf } from "./baselines.js";
import { predicatesOf } from "./prepare.js";
import { scalarsNamedBy } from "./scalars.js";
import { tablesNamedBy } from "./tables.js";

/** The names that a suite leaves to the run, by the option that gives them. */
export interface Wanted {
  readonly params: readonly string[];
  readonly tables: readonly string[];
  readonly scalars: readonly string[];
  readonly functions: readonly string[];
  readonly baselines: readonly string[];
}

/** What a run of a suite has to be given. What an expectation names besides its parameters is told once those are given. */
export function wantedBy(suite: Suite): Wanted {
  const open = suite.expectations.flatMap(parametersOf).map(({ name }) => name);
  const settled = suite.expectations.filter((stored) => parametersOf(stored).length === 0);
  const needs = settled.map((stored) => unitOf(stored.type).needs(stored as never));
  const called = needs
    .flatMap(({ rule, metrics = [] }) => predicatesOf(rule, metrics).flatMap(leavesOf))
    .flatMap((leaf) => (leaf.op === "call" ? [leaf.function] : []));
  const known = { ...suite, expectations: settled };
  return {
    params: [...new Set(open)],
    tables: tablesNamedBy(known).map(({ name }) => name),
    scalars: scalarsNamedBy(known).map(({ name }) => name),
    functions: [...new Set(called)],
    baselines: [...new Set(needs.flatMap(namesOf))],
  };
}
