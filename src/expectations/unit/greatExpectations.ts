import { ConfigError } from "../../errors/index.js";
import type { Json } from "../../metrics/state.js";

/** The kwargs of one of Great Expectations' expectations, those that are null left out. */
export type GxKwargs = Readonly<Record<string, Json>>;

/** Parameters and options of an expectation in stored form. */
export type GxParams = Readonly<Record<string, Json | undefined>>;

/** What the importer lends to a mapping, so that no mapping loads a pattern engine. */
export interface GxTools {
  /** A pattern of Python's `re`, in RE2; what can't be translated leaves the expectation out, with a note. */
  python(source: string): string;
  /** A SQL LIKE pattern, in RE2. */
  like(pattern: string): string;
  /** Says what is carried over with another meaning. */
  note(reason: string): void;
  /** Leaves the expectation out, with a note. */
  refuse(reason: string): never;
}

/** What GX's result says of an expectation that isn't about rows. */
export interface GxResult {
  readonly observed_value?: Json;
  readonly details?: Json;
}

/** How one of Great Expectations' expectations is said here. */
export interface GxMapping {
  /** GX's name. */
  readonly type: string;
  /** The kwargs it takes, and the parameter here that each stands for; null where only `read` can say. */
  readonly kwargs: Readonly<Record<string, string | null>>;
  /** Parameters from kwargs, where renaming doesn't do; undefined where another mapping of the same name fits. */
  read?(kwargs: GxKwargs, tools: GxTools): GxParams | undefined;
  /** All rows are judged, so GX's result counts none as missing. */
  readonly countsNulls?: true;
  /** GX's form of what was observed, where it isn't the value itself; `params` are in stored form. */
  result?(observed: Json, details: Json | undefined, params: GxParams): GxResult;
  /** What GX says it observed of no value at all; null unless said. */
  readonly observedOfNothing?: Json;
}

/** Kwargs renamed as the mapping says, those without a name here left out. */
export function renamed(mapping: Pick<GxMapping, "kwargs">, kwargs: GxKwargs): GxParams {
  const params: Record<string, Json> = {};
  for (const [theirs, value] of Object.entries(kwargs)) {
    const ours = mapping.kwargs[theirs];
    if (ours !== null && ours !== undefined) params[ours] = value;
  }
  return params;
}

/** The kwargs of GX's bounds. */
export const GX_BOUNDS = { min_value: "min", max_value: "max", strict_min: null, strict_max: null } as const;

function flag(kwargs: GxKwargs, name: string): boolean {
  const value = kwargs[name] ?? false;
  if (typeof value === "boolean") return value;
  throw new ConfigError("config/bad-value", `${name} is ${JSON.stringify(value)}, not true or false`, {
    parameter: name,
    value,
  });
}

/** GX's bounds as ours; none at all stay none. */
export function gxBounds(kwargs: GxKwargs): GxParams {
  const { min_value: min, max_value: max } = kwargs;
  const low = flag(kwargs, "strict_min") ? "minExclusive" : "min";
  const high = flag(kwargs, "strict_max") ? "maxExclusive" : "max";
  return { ...(min === undefined ? {} : { [low]: min }), ...(max === undefined ? {} : { [high]: max }) };
}

/** GX's bounds on a number that every number meets when there are none. */
export function gxOpenBounds(kwargs: GxKwargs, least: number | string = "-Infinity"): GxParams {
  const bounds = gxBounds(kwargs);
  return Object.keys(bounds).length === 0 ? { min: least } : bounds;
}

/** GX's bounds on a share; what lies beyond 0 and 1 bounds nothing, or leaves nothing. */
export function gxShareBounds(kwargs: GxKwargs): GxParams {
  const share: Record<string, Json> = {};
  for (const [name, bound] of Object.entries(gxBounds(kwargs)) as [string, Json][]) {
    const isLow = name.startsWith("min");
    const value = Number(bound);
    if (isLow ? value < 0 : value > 1) continue;
    if (isLow && value > 1) share.minExclusive = 1;
    else if (!isLow && value < 0) share.maxExclusive = 0;
    else share[name] = typeof bound === "string" && !Number.isNaN(value) ? value : bound;
  }
  return Object.keys(share).length === 0 ? { min: 0 } : share;
}

/** What GX makes of an aggregate that is 0 of no value: it passes where 0 lies within the bounds. */
export function zeroPasses(bounds: GxParams): "pass" | "fail" {
  const { min, max, minExclusive, maxExclusive } = bounds;
  const holds =
    (min === undefined || Number(min) <= 0) &&
    (max === undefined || Number(max) >= 0) &&
    (minExclusive === undefined || Number(minExclusive) < 0) &&
    (maxExclusive === undefined || Number(maxExclusive) > 0);
  return holds ? "pass" : "fail";
}

/** A list that a kwarg must be. Throws ConfigError. */
export function gxList(kwargs: GxKwargs, name: string): readonly Json[] {
  const value = kwargs[name];
  if (Array.isArray(value)) return value;
  throw new ConfigError("config/bad-value", `${name} is ${JSON.stringify(value) ?? "missing"}, not a list`, {
    parameter: name,
    value,
  });
}

/** Text that a kwarg must be. Throws ConfigError. */
export function gxText(kwargs: GxKwargs, name: string): string {
  const value = kwargs[name];
  if (typeof value === "string") return value;
  throw new ConfigError("config/bad-value", `${name} is ${JSON.stringify(value) ?? "missing"}, not text`, {
    parameter: name,
    value,
  });
}

/** An extreme as GX writes it: Python leaves out a fraction of a second that is 0. */
export function gxExtreme(observed: Json): GxResult {
  const isMoment = typeof observed === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.0+Z?$/.test(observed);
  return { observed_value: isMoment ? observed.replace(/\.0+/, "") : observed };
}

/** A list of patterns that a kwarg must be, translated. Throws ConfigError. */
export function gxPatterns(kwargs: GxKwargs, name: string, translate: (text: string) => string): string[] {
  return gxList(kwargs, name).map((_, i, list) =>
    translate(gxText({ [`${name}[${i}]`]: list[i]! }, `${name}[${i}]`)),
  );
}

/** The members of a set that can be found in a column: GX takes nulls out of the column first. */
export function gxSet(kwargs: GxKwargs, name: string): Json[] {
  return gxList(kwargs, name).filter((value) => value !== null);
}
