import { columnLabel } from "../columns/address.js";
import type { Literal } from "../columns/literal.js";
import { ConfigError } from "../errors/index.js";
import type { CheckExpectation, DeclaredColumns, Expectation } from "../expectations/unit/expectation.js";
import { isMade } from "../expectations/unit/make.js";
import type { PercentBound } from "../expectations/unit/options.js";
import { unitOf } from "../expectations/unit/registry.js";
import type { AnyUnit } from "../expectations/unit/unit.js";
import { checkPolicy } from "./policy.js";

/** What a suite says beyond its expectations. */
export interface SuitePolicy {
  readonly description?: string;
  /** The run fails when more than this share of all rows is quarantined. */
  readonly quarantine?: { readonly failAbove?: PercentBound };
  /** A table of no rows is no failure by itself. */
  readonly allowEmpty?: boolean;
  /** An expectation that could not be evaluated warns; without it, it makes the run an error. */
  readonly onError?: "warn";
  /** Values that count as null for every expectation that reads values and has no `missing` of its own. */
  readonly missing?: readonly Literal[];
}

declare const COLUMNS: unique symbol;

/** A named list of expectations and what they mean together: a frozen value that JSON can hold. */
export interface Suite<Columns = unknown> extends SuitePolicy {
  readonly name: string;
  readonly expectations: readonly Expectation[];
  readonly [COLUMNS]?: Columns;
}

/** What a name may be that ends up in a path. */
export const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/**
 * Makes a suite. Where it holds a `schema`, the columns the others name and the kinds they fit are checked at compile
 * time too. Throws ConfigError for a bad name, a repeated id, or an option that isn't one.
 */
export function suite<const List extends readonly Expectation[]>(
  name: string,
  expectations: List & { readonly [I in keyof List]: CheckExpectation<List[I], DeclaredColumns<List>> },
  policy: SuitePolicy = {},
): Suite<DeclaredColumns<List>> {
  return makeSuite(name, expectations as readonly Expectation[], policy) as Suite<DeclaredColumns<List>>;
}

/** The same without types, for suites that come from elsewhere. */
export function makeSuite(name: string, expectations: readonly Expectation[], policy: object): Suite {
  if (typeof name !== "string" || !NAME.test(name)) {
    throw new ConfigError(
      "config/bad-value",
      `suite name ${JSON.stringify(name)} is not letters, digits, ".", "_" and "-" (100 at most, a letter or digit first)`,
      { parameter: "name", value: name },
    );
  }
  if (!Array.isArray(expectations)) {
    throw new ConfigError("config/bad-value", `suite ${JSON.stringify(name)}: expectations is not a list`, {
      parameter: "expectations",
      value: expectations,
    });
  }
  for (const [i, expectation] of expectations.entries()) {
    if (!isMade(expectation)) {
      throw new ConfigError(
        "config/bad-value",
        `suite ${JSON.stringify(name)}: expectations[${i}] was not made by an expectation function`,
        { parameter: `expectations[${i}]`, value: expectation },
      );
    }
  }
  const made = Object.freeze({
    name,
    ...checkPolicy(name, policy),
    expectations: Object.freeze([...expectations]),
  });
  identify(made);
  return made;
}

/**
 * Refuses what only looks like a suite, such as the JSON of one, whose expectations nobody has checked. Throws
 * ConfigError.
 */
export function requireSuite(value: unknown): void {
  const listed = (value as Partial<Suite> | null | undefined)?.expectations;
  if (Array.isArray(listed) && listed.every(isMade)) return;
  throw new ConfigError(
    "config/bad-value",
    "expected a suite, as suite, suiteFromJson or readSuite make one; what was given is none",
    { parameter: "suite" },
  );
}

/** An expectation of a suite, with the suite's defaults put in, the id its outcome has and the unit that judges it. */
export interface Identified {
  readonly id: string;
  readonly unit: AnyUnit;
  readonly stored: Expectation;
}

function derivedId(unit: AnyUnit, stored: Expectation): string {
  const columns = unit.shape === "table" ? [] : unit.columns(stored);
  return columns.length === 0 ? unit.type : `${unit.type}(${columns.map(columnLabel).join(", ")})`;
}

function withDefaults(stored: Expectation, unit: AnyUnit, { missing }: SuitePolicy): Expectation {
  const takes = missing !== undefined && stored.missing === undefined && unit.options.includes("missing");
  return takes ? { ...stored, missing } : stored;
}

/**
 * The expectations of a suite by id: the author's, else `type(columns)`, numbered from the second on. Throws
 * ConfigError when an author's id comes twice.
 */
export function identify(of: Suite): readonly Identified[] {
  const taken = new Set<string>();
  for (const { id } of of.expectations) {
    if (id === undefined) continue;
    if (taken.has(id)) {
      throw new ConfigError(
        "config/bad-value",
        `suite ${JSON.stringify(of.name)}: id ${JSON.stringify(id)} comes twice`,
        {
          parameter: "id",
          value: id,
        },
      );
    }
    taken.add(id);
  }
  // Where the search for a free number goes on: from 2 each time, a suite of one rule repeated would take for ever.
  const numbered = new Map<string, number>();
  return of.expectations.map((made) => {
    const unit = unitOf(made.type);
    const stored = withDefaults(made, unit, of);
    if (stored.id !== undefined) return { id: stored.id, unit, stored };
    const base = derivedId(unit, stored);
    let id = base;
    let nth = numbered.get(base) ?? 2;
    for (; taken.has(id); nth++) id = `${base}#${nth}`;
    numbered.set(base, nth);
    taken.add(id);
    return { id, unit, stored };
  });
}
