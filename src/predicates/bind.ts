import type { Schema } from "apache-arrow";
import { type ColumnAddress, resolveColumn } from "../columns/address.js";
import { type ColumnUse, refOf } from "../columns/columnUse.js";
import { laneOf } from "../columns/view.js";
import { ConfigError, didYouMean, EngineError } from "../errors/index.js";
import { and, guard, known, not, or } from "./connectives.js";
import { bindCall, type OnThrow, type RowFunction } from "./leaves/call.js";
import { bindLookUp, type LookUp } from "./leaves/lookUp.js";
import { bindMatches, type CompilePattern } from "./leaves/matches.js";
import { bindMembership } from "./leaves/membership.js";
import { bindIsNaN, bindIsNull } from "./leaves/missing.js";
import { bindPair } from "./leaves/pair.js";
import { bindParses } from "./leaves/parses.js";
import { bindRange } from "./leaves/range.js";
import { bindRowSum } from "./leaves/rowSum.js";
import { bindLength } from "./leaves/textLength.js";
import type { Predicate, TextForm } from "./predicate.js";
import { formatTests } from "./text/formatTests.js";
import { type CompileSchema, jsonTest, schemaTest } from "./text/jsonTest.js";
import { momentTest } from "./text/momentTest.js";
import { strptimeTest, type TextTest } from "./text/strftime.js";
import { type BoundPredicate, FALSE, TRUE } from "./truth.js";

/** What a predicate needs besides the data. */
export interface BindContext {
  readonly schema: Schema;
  readonly functions: ReadonlyMap<string, RowFunction>;
  readonly onThrow: OnThrow;
  /** Present when some predicate of the run has patterns. */
  readonly compilePattern: CompilePattern | undefined;
  /** Present when some predicate of the run has a JSON Schema. */
  readonly compileSchema?: CompileSchema | undefined;
  /** Present when tables are given. */
  readonly lookUp?: LookUp | undefined;
}

/** Finds a column or throws a ConfigError that suggests the nearest name. */
export function requireColumn(schema: Schema, use: ColumnUse): ColumnAddress {
  const found = resolveColumn(schema, use);
  if (!("problem" in found)) return found;
  throw new ConfigError("config/unknown-name", found.problem, {
    value: refOf(use),
    choices: schema.fields.map((field) => field.name),
  });
}

/** Finds a column whose values can be compared, or throws a ConfigError. */
export function requireComparable(schema: Schema, use: ColumnUse): ColumnAddress {
  const address = requireColumn(schema, use);
  if (laneOf(address.type) === "opaque" && address.kind !== "null") {
    throw new ConfigError(
      "config/bad-value",
      `column ${JSON.stringify(address.name)} is ${address.kind}, and its values can't be compared or handed to a function`,
    );
  }
  return address;
}

function requireFunction(context: BindContext, name: string): RowFunction {
  const found = context.functions.get(name);
  if (found) return found;
  const choices = [...context.functions.keys()];
  throw new ConfigError(
    "config/missing-runtime-input",
    `no function ${JSON.stringify(name)} was given in options.functions${didYouMean(name, choices)}`,
    { value: name, choices },
  );
}

/** Every value of a null column is null, so a test of one is unknown whatever it asks. */
function ofNullColumn(address: ColumnAddress): BoundPredicate {
  const isNull = bindIsNull(address);
  return guard(not(isNull), isNull);
}

/**
 * Ties a predicate to a schema. Throws ConfigError for a missing column, a value or a column of the wrong kind.
 * `negated` says that an odd number of `not` stands above: what throws counts against the row either way.
 */
export function bind(predicate: Predicate, context: BindContext, negated = false): BoundPredicate {
  const { schema } = context;
  switch (predicate.op) {
    case "and":
      return and(predicate.of.map((part) => bind(part, context, negated)));
    case "or":
      return or(predicate.of.map((part) => bind(part, context, negated)));
    case "not":
      return not(bind(predicate.of, context, !negated));
    case "guard":
      return guard(bind(predicate.when, context), bind(predicate.of, context, negated));
    case "known":
      return known(bind(predicate.of, context, negated), predicate.as);
    case "isNull":
      return bindIsNull(requireColumn(schema, predicate.column));
    case "isNaN":
      return bindIsNaN(requireColumn(schema, predicate.column));
    case "pair":
      return bindSides(predicate, schema);
    case "rowSum": {
      const addresses = predicate.columns.map((column) => requireComparable(schema, column));
      const empty = addresses.find((address) => address.kind === "null");
      return empty ? ofNullColumn(empty) : bindRowSum(addresses, predicate.total, predicate.nan);
    }
    case "call": {
      const addresses = predicate.columns.map((column) => requireComparable(schema, column));
      const ask = requireFunction(context, predicate.function);
      return bindCall(addresses, ask, context.onThrow, negated ? TRUE : FALSE);
    }
    case "lookUp": {
      const addresses = predicate.columns.map((column) => requireComparable(schema, column));
      if (!context.lookUp) throw new EngineError("engine/failed", "tables were not opened");
      const empty = addresses.find((address) => address.kind === "null");
      if (empty) return ofNullColumn(empty);
      return bindLookUp(addresses, context.lookUp(predicate, addresses), predicate.nan);
    }
    default: {
      const address = requireComparable(schema, predicate.column);
      return address.kind === "null" ? ofNullColumn(address) : bindLeaf(predicate, address, context);
    }
  }
}

function bindSides(pair: Extract<Predicate, { op: "pair" }>, schema: Schema): BoundPredicate {
  const left = requireComparable(schema, pair.left);
  const right = requireComparable(schema, pair.right);
  const empty = [left, right].find((address) => address.kind === "null");
  return empty ? ofNullColumn(empty) : bindPair(left, right, pair.compare, pair.nan);
}

type Leaf = Extract<Predicate, { op: "range" | "in" | "matches" | "length" | "parses" }>;

function bindLeaf(leaf: Leaf, address: ColumnAddress, context: BindContext): BoundPredicate {
  switch (leaf.op) {
    case "range":
      return bindRange(address, leaf, leaf.nan);
    case "in":
      return bindMembership(address, leaf.values, leaf.nan);
    case "matches":
      if (!context.compilePattern) throw new EngineError("engine/failed", "patterns were not loaded");
      return bindMatches(address, leaf.patterns, leaf.require, context.compilePattern);
    case "length":
      return bindLength(address, leaf);
    case "parses":
      return bindParses(address, textTest(leaf.as, context));
  }
}

function textTest(form: TextForm, { compileSchema }: BindContext): TextTest {
  switch (form.kind) {
    case "json":
      return jsonTest;
    case "moment":
      return momentTest;
    case "format":
      return formatTests[form.format];
    case "strftime":
      return strptimeTest(form.format);
    case "jsonSchema":
      if (!compileSchema) throw new EngineError("engine/failed", "the validator of JSON was not loaded");
      return schemaTest(compileSchema(form.schema));
  }
}
