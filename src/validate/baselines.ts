import type { Schema } from "apache-arrow";
import { resolveColumn } from "../columns/address.js";
import { maskColumn, refOf } from "../columns/columnUse.js";
import type { Profile } from "../drift/profile.js";
import { rankedAt } from "../drift/rankedAt.js";
import { ConfigError, didYouMean } from "../errors/index.js";
import { missingRequest } from "../expectations/unit/masking.js";
import { unitOf } from "../expectations/unit/registry.js";
import type { Needs } from "../expectations/unit/unit.js";
import { type MetricRequest, mapRequestColumns } from "../plan/request.js";
import type { Suite } from "../suite/suite.js";
import type { BaselineStore } from "./baselineStore.js";
import type { ValidateOptions } from "./options.js";

/** The baselines that a need names. */
export function namesOf({ baselines = [], drift }: Needs): string[] {
  const names = baselines.map(({ name }) => name);
  return drift ? [...names, drift.baseline] : names;
}

function isStore(given: ValidateOptions["baselines"]): given is BaselineStore {
  return typeof (given as BaselineStore | undefined)?.get === "function";
}

async function find(
  name: string,
  given: ValidateOptions["baselines"],
): Promise<{ found: unknown; choices: string[] }> {
  if (isStore(given)) {
    const found = await given.get(name);
    return { found, choices: found ? [] : await given.list() };
  }
  const choices = Object.keys(given ?? {});
  return { found: choices.includes(name) ? given![name] : undefined, choices };
}

/**
 * The baselines that a suite names, read before any data is. One that isn't given is a ConfigError
 * `config/missing-runtime-input`; one that can't be trusted is an InputError.
 */
export async function loadBaselines(
  suite: Suite,
  { baselines, baselineKey }: ValidateOptions,
): Promise<ReadonlyMap<string, Profile>> {
  const loaded = new Map<string, Profile>();
  for (const stored of suite.expectations) {
    for (const name of namesOf(unitOf(stored.type).needs(stored as never))) {
      if (loaded.has(name)) continue;
      const { found, choices } = await find(name, baselines);
      if (found === undefined) {
        throw new ConfigError(
          "config/missing-runtime-input",
          `${stored.type} names the baseline ${JSON.stringify(name)}, which wasn't given${didYouMean(name, choices)}; validate takes it as baselines: baselineStore(directory) or baselines: { ${name}: profile }`,
          { unit: stored.type, parameter: "baselines", value: name, choices },
        );
      }
      const { profileFromJson } = await import("../drift/profileCodec.js");
      const { checkKey } = await import("../drift/currentColumn.js");
      const profile = profileFromJson(found);
      checkKey(profile, baselineKey);
      loaded.set(name, profile);
    }
  }
  return loaded;
}

/** The columns of a baseline that a need compares: those it names, else all that aren't excluded. */
function columnsOf({ drift }: Needs, baseline: Profile): readonly string[] {
  const { columns, exclude = [] } = drift!.settings;
  return columns ?? baseline.columns.map(({ name }) => name).filter((name) => !exclude.includes(name));
}

function requireBaselineColumn(name: string, baseline: Profile, called: string): void {
  const names = baseline.columns.map((column) => column.name);
  if (names.includes(name)) return;
  throw new ConfigError(
    "config/unknown-name",
    `the baseline ${JSON.stringify(called)} has no column ${JSON.stringify(name)}${didYouMean(name, names)}`,
    { parameter: "column", value: name, choices: names },
  );
}

/** The states that a comparison is made from. */
export function profileRequests(needs: Needs, baseline: Profile): (MetricRequest & { state: "profile" })[] {
  const { where, missing } = needs.drift!;
  return columnsOf(needs, baseline).map((name) => {
    const request = {
      state: "profile" as const,
      column: [name],
      ...rankedAt(baseline, name),
      ...(where ? { where } : {}),
    };
    return missing ? mapRequestColumns(request, (use) => maskColumn(use, missing)) : request;
  });
}

/**
 * A need with the states its comparison is made from. A column it names must be in the data and in the baseline; one
 * that only the baseline has is left to the comparison, when all are compared. Throws ConfigError.
 */
export function withComparedColumns(
  needs: Needs,
  schema: Schema,
  baselines: ReadonlyMap<string, Profile>,
): Needs {
  for (const { name, column } of needs.baselines ?? []) {
    if (column !== undefined) requireBaselineColumn(column, baselines.get(name)!, name);
  }
  if (!needs.drift) return needs;
  const { baseline: called, settings } = needs.drift;
  const baseline = baselines.get(called)!;
  const named = [
    ...(settings.columns ?? []),
    ...(settings.exclude ?? []),
    ...(settings.mustNotDrift ?? []),
    ...Object.keys(settings.weights ?? {}),
    ...Object.keys(settings.perColumn ?? {}),
  ];
  for (const name of named) requireBaselineColumn(name, baseline, called);
  const requests = profileRequests(needs, baseline).filter(
    ({ column }) => settings.columns !== undefined || !("problem" in resolveColumn(schema, column!)),
  );
  const { missing, where } = needs.drift;
  const counts = missing ? requests.map(({ column }) => missingRequest(refOf(column!), missing, where)) : [];
  return { ...needs, metrics: [...(needs.metrics ?? []), ...requests, ...counts] };
}
