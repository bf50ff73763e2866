import type { CompareSettings, Current } from "../drift/compareColumns.js";
import { compareColumns, comparedColumns } from "../drift/compareColumns.js";
import type { DriftReport } from "../drift/comparison.js";
import { currentColumn } from "../drift/currentColumn.js";
import type { Profile } from "../drift/profile.js";
import { profileFromJson } from "../drift/profileCodec.js";
import { ConfigError, didYouMean } from "../errors/index.js";
import type { MissingOption } from "../expectations/unit/options.js";
import { missingValues } from "./missingValues.js";
import { openSource, type SourceInput } from "./openSource.js";
import { columnNames, gatherColumns } from "./profile.js";

/** What a comparison is given besides the data and the baseline. */
export interface CompareOptions extends CompareSettings, MissingOption {
  /** The key of a baseline with hashed levels. */
  readonly key?: string | Uint8Array;
  /** Read sources over http and https too. */
  readonly allowUrls?: boolean;
}

const KNOWN: readonly (keyof CompareOptions)[] = [
  "columns",
  "exclude",
  "perColumn",
  "maxShare",
  "weights",
  "mustNotDrift",
  "statistic",
  "threshold",
  "shift",
  "alpha",
  "correction",
  "key",
  "missing",
  "allowUrls",
];

function checkOptions(options: CompareOptions): void {
  for (const key of Object.keys(options)) {
    if ((KNOWN as readonly string[]).includes(key)) continue;
    throw new ConfigError(
      "config/bad-value",
      `compare: no option ${JSON.stringify(key)}${didYouMean(key, KNOWN)}`,
      { unit: "compare", parameter: key, choices: [...KNOWN] },
    );
  }
}

function isProfile(input: SourceInput | Profile): input is Profile {
  return typeof input === "object" && "format" in input && input.format === "veritable/profile";
}

async function currentOf(
  input: SourceInput | Profile,
  baseline: Profile,
  options: CompareOptions,
): Promise<Current> {
  const missing = missingValues("compare", options);
  if (isProfile(input)) {
    if (missing.length > 0) {
      throw new ConfigError(
        "config/unsupported-option",
        "compare can't honour missing for a profile, whose values are gone; profile takes it",
        { unit: "compare", parameter: "missing" },
      );
    }
    const { rows, columns, privacy } = profileFromJson(input);
    const sameKey = privacy.mode !== "hashedLevels" || privacy.key === baseline.privacy.key;
    const bothHashed = (privacy.mode === "hashedLevels") === (baseline.privacy.mode === "hashedLevels");
    if (sameKey && bothHashed) return { rows, names: columns.map(({ name }) => name), columns };
    throw new ConfigError(
      "config/bad-value",
      "compare: the two profiles name their levels differently: hashed, under one key, or not",
      { unit: "compare", parameter: "baseline" },
    );
  }
  const names = new Set(comparedColumns(baseline, options));
  const source = await openSource(input, options.allowUrls ? { allowUrls: true } : {});
  try {
    const there = columnNames(source.schema);
    const wanted = there.filter((name) => names.has(name));
    const { rows, states } = await gatherColumns(source, wanted, missing, { baseline });
    const known = states.map((state) => currentColumn(state, baseline, options.key));
    return { rows, names: there, columns: known };
  } finally {
    await source.close();
  }
}

/**
 * Compares a table, or the profile of one, with a baseline, column by column: an effect that matters, judged with its
 * calibrated p-value and its confidence bound. The verdict is data; only calls that can't be meant (ConfigError), a
 * baseline that can't be trusted and a source that can't be read (InputError) throw.
 */
export async function compare(
  input: SourceInput | Profile,
  baseline: Profile,
  options: CompareOptions = {},
): Promise<DriftReport> {
  checkOptions(options);
  const before = profileFromJson(baseline);
  return compareColumns(await currentOf(input, before, options), before, options);
}
