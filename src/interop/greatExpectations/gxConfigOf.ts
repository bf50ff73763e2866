import type { GxMapping } from "../../expectations/unit/greatExpectations.js";
import { optionSchemas } from "../../expectations/unit/options.js";
import { unitOf } from "../../expectations/unit/registry.js";
import type { Json } from "../../results/json.js";
import type { RunJson } from "../../results/run.js";
import { carriersOf } from "./mappings.js";
import { splitMeta } from "./origin.js";
import { withParameters } from "./parameters.js";
import type { GxExpectationResult } from "./toGreatExpectations.js";

type SavedOutcome = RunJson["outcomes"][number];
type Kwargs = Record<string, Json>;

/** The kwargs an expectation that was written here would have there: parameters renamed, strict bounds as flags. */
function kwargsOf(stored: Readonly<Kwargs>, mapping: GxMapping | undefined): Kwargs {
  const theirs = new Map(Object.entries(mapping?.kwargs ?? {}).map(([name, ours]) => [ours, name]));
  const kwargs: Kwargs = {};
  for (const [name, value] of Object.entries(stored)) {
    if (name === "mostly") kwargs.mostly = value;
    if (name === "type" || Object.hasOwn(optionSchemas, name)) continue;
    const strict = /^(min|max)Exclusive$/.exec(name)?.[1];
    const known = theirs.get(strict ?? name);
    if (strict && known) kwargs[`strict_${strict}`] = true;
    kwargs[known ?? name] = value;
  }
  return kwargs;
}

/** GX's config of the expectation behind an outcome, and the mapping it goes by. */
export function configOf(outcome: SavedOutcome): {
  readonly mapping: GxMapping | undefined;
  readonly config: GxExpectationResult["expectation_config"];
  /** The values that the `$PARAMETER`s of its suite were given. */
  readonly parameters: Readonly<Kwargs>;
} {
  const { origin, meta } = splitMeta(outcome.meta);
  if (origin) {
    const carriers = carriersOf(origin.type);
    const carrier = carriers.find(({ unit }) => unit.type === outcome.type) ?? carriers[0];
    const { type, id, severity, parameters = {} } = origin;
    const kwargs = withParameters(origin.kwargs as Json, parameters) as Kwargs;
    return {
      mapping: carrier?.mapping,
      parameters,
      config: { type, kwargs, meta, id: id ?? null, ...(severity === undefined ? {} : { severity }) },
    };
  }
  const mapping = unitOf(outcome.type).about.greatExpectations?.[0];
  return {
    mapping,
    parameters: {},
    config: {
      type: mapping?.type ?? outcome.type,
      kwargs: kwargsOf(outcome.expectation ?? {}, mapping),
      meta,
      id: null,
      severity: outcome.onFail === "fail" || outcome.onFail === undefined ? "critical" : "warning",
    },
  };
}
