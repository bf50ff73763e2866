import { ConfigError, didYouMean } from "../../errors/index.js";
import type { Expectation } from "../../expectations/unit/expectation.js";
import { type GxKwargs, type GxParams, renamed } from "../../expectations/unit/greatExpectations.js";
import { make } from "../../expectations/unit/make.js";
import { makeSuite, type Suite } from "../../suite/suite.js";
import { type Carrier, carriersOf, knownTypes } from "./mappings.js";
import { originOf } from "./origin.js";
import { type Parameters, withParameters } from "./parameters.js";
import { readRowCondition } from "./rowCondition.js";
import { type GxConfig, readGxSuite, suiteNameOf } from "./suiteShape.js";
import { LeftOut, toolsFor } from "./tools.js";

/** What an importer noticed: an expectation that was left out, or is carried over with another meaning. */
export interface GxNote {
  /** Its place in GX's suite, from 0. */
  readonly index: number;
  readonly type: string;
  readonly reason: string;
}

/** What `fromGreatExpectations` takes besides the suite. */
export interface FromGreatExpectationsOptions {
  /** Values for the suite's `$PARAMETER`s. */
  readonly parameters?: Parameters;
}

// Kwargs that every expectation of GX may have and that change no verdict.
const WITHOUT_EFFECT = ["result_format", "catch_exceptions", "include_config", "batch_id", "meta", "notes"];
const SHARED = ["mostly", "row_condition", "condition_parser", "severity", "description", "windows"];

function withoutNulls(kwargs: GxKwargs): GxKwargs {
  return Object.fromEntries(Object.entries(kwargs).filter(([, value]) => value !== null));
}

function unknownKwargs(kwargs: GxKwargs, { mapping }: Carrier): string[] {
  const known = [...Object.keys(mapping.kwargs), ...WITHOUT_EFFECT, ...SHARED];
  return Object.keys(kwargs).filter((name) => !known.includes(name) && kwargs[name] !== false);
}

function read(kwargs: GxKwargs, tools: ReturnType<typeof toolsFor>, carriers: readonly Carrier[]) {
  for (const carrier of carriers) {
    const { mapping } = carrier;
    const params = mapping.read ? mapping.read(kwargs, tools) : renamed(mapping, kwargs);
    if (params) return { carrier, params };
  }
  return tools.refuse("its kwargs fit none of the forms that are known");
}

/** Options that follow from GX's rules: NaN is a null, and an aggregate of nothing fails even behind a condition. */
function impliedOptions({ unit }: Carrier, params: GxParams): GxParams {
  const honours = (name: string) => (unit.options as readonly string[]).includes(name);
  return {
    ...(honours("nan") ? { nan: "null" } : {}),
    ...(unit.shape === "aggregate" && params.onEmpty === undefined ? { onEmpty: "fail" } : {}),
  };
}

function carryOver(config: GxConfig, parameters: Parameters, note: (reason: string) => void): Expectation {
  const carriers = carriersOf(config.type);
  if (carriers.length === 0) {
    throw new LeftOut(`there is no such expectation here${didYouMean(config.type, knownTypes())}`);
  }
  const kwargs = withoutNulls(withParameters(config.kwargs, parameters) as GxKwargs);
  const tools = toolsFor(note);
  const { carrier, params } = read(kwargs, tools, carriers);
  const unknown = unknownKwargs(kwargs, carrier);
  if (unknown.length > 0) tools.refuse(`it has kwargs that are not known: ${unknown.join(", ")}`);
  if (kwargs.windows !== undefined) note("windows are a record of where bounds came from; they are left out");
  const when = readRowCondition(kwargs.row_condition, kwargs.condition_parser, tools);
  if (when && carrier.unit.shape === "table") {
    note("Great Expectations takes row_condition here and ignores it; it is honoured");
  }
  const severity = config.severity ?? kwargs.severity;
  const description = config.description ?? kwargs.description;
  return make(carrier.unit, {
    ...impliedOptions(carrier, params),
    ...params,
    ...(kwargs.mostly === undefined ? {} : { mostly: kwargs.mostly }),
    ...(when ? { when } : {}),
    ...(description === undefined ? {} : { description }),
    ...(severity === "warning" || severity === "info" ? { onFail: "warn" } : {}),
    meta: { ...config.meta, ...originOf(config, parameters) },
  });
}

function at(index: number, type: string, error: ConfigError): ConfigError {
  return new ConfigError(error.code, `expectations[${index}] (${type}): ${error.message}`, error.details);
}

/**
 * Reads a suite of Great Expectations (1.x, or 0.18) with GX's meaning: nulls and NaN are missing, an empty table is no
 * failure by itself, an aggregate of no value fails where GX fails it, severity `warning` and `info` warn.
 *
 * What can't be carried over is left out and stands in `notes` with its reason. Throws ConfigError for a suite that GX
 * would refuse too, and for a `$PARAMETER` that isn't given.
 */
export function fromGreatExpectations(
  json: unknown,
  options: FromGreatExpectationsOptions = {},
): { readonly suite: Suite; readonly notes: readonly GxNote[] } {
  const { name, expectations } = readGxSuite(json);
  const notes: GxNote[] = [];
  const made: Expectation[] = [];
  for (const [index, config] of expectations.entries()) {
    const note = (reason: string) => void notes.push({ index, type: config.type, reason });
    try {
      made.push(carryOver(config, options.parameters ?? {}, note));
    } catch (error) {
      if (error instanceof LeftOut) note(error.message);
      else throw error instanceof ConfigError ? at(index, config.type, error) : error;
    }
  }
  const plain = suiteNameOf(name);
  const renaming = plain === name ? {} : { description: `Great Expectations suite ${JSON.stringify(name)}` };
  return { suite: makeSuite(plain, made, { allowEmpty: true, ...renaming }), notes };
}
