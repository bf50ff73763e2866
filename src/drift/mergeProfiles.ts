import { ConfigError } from "../errors/index.js";
import { canonicalJson } from "../plan/request.js";
import { LIBRARY_VERSION } from "../results/version.js";
import { mergeLevels } from "./levelProfile.js";
import { mergeNumeric } from "./numericProfile.js";
import { type ColumnProfile, PROFILE_VERSION, type Profile } from "./profile.js";
import { seal } from "./sealing.js";

function refuse(message: string, value: unknown): ConfigError {
  return new ConfigError("config/bad-value", `mergeProfiles: ${message}`, { unit: "mergeProfiles", value });
}

function sum(parts: readonly ColumnProfile[], of: (column: ColumnProfile) => number): number {
  return parts.reduce((total, part) => total + of(part), 0);
}

/** What all parts have of one kind, or undefined when one of them lacks it while it holds values. */
function all<T>(
  parts: readonly ColumnProfile[],
  of: (column: ColumnProfile) => T | undefined,
): T[] | undefined {
  const found = parts.map(of);
  return found.every((one) => one !== undefined) ? found : undefined;
}

function addCounts(lists: readonly (readonly number[])[]): number[] {
  return lists[0]!.map((_, i) => lists.reduce((total, list) => total + list[i]!, 0));
}

function mergeColumn(parts: readonly ColumnProfile[]): ColumnProfile {
  // An order of their own, so that the order they are given in can't show.
  const sorted = parts
    .map((part) => [canonicalJson(part), part] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, part]) => part);
  const { name, type, kind } = sorted[0]!;
  const numbers = all(sorted, (part) => part.numbers);
  const levels = all(sorted, (part) => part.levels);
  const lengths = all(sorted, (part) => part.lengths);
  const clocks = all(sorted, (part) => part.clock);
  return {
    name,
    type,
    kind,
    rows: sum(sorted, ({ rows }) => rows),
    nulls: sum(sorted, ({ nulls }) => nulls),
    nans: sum(sorted, ({ nans }) => nans),
    plusInfinities: sum(sorted, ({ plusInfinities }) => plusInfinities),
    minusInfinities: sum(sorted, ({ minusInfinities }) => minusInfinities),
    ...(numbers ? { numbers: mergeNumeric(numbers) } : {}),
    ...(levels ? { levels: mergeLevels(levels) } : {}),
    ...(lengths ? { lengths: mergeNumeric(lengths) } : {}),
    ...(clocks
      ? {
          clock: {
            hours: addCounts(clocks.map(({ hours }) => hours)),
            weekdays: addCounts(clocks.map(({ weekdays }) => weekdays)),
          },
        }
      : {}),
  };
}

function checkAlike(first: Profile, other: Profile): void {
  if (canonicalJson(first.privacy) !== canonicalJson(other.privacy)) {
    throw refuse("the profiles were made under different privacy modes", other.privacy);
  }
  const names = (profile: Profile): string =>
    canonicalJson(profile.columns.map(({ name, type }) => [name, type]));
  if (names(first) !== names(other)) {
    throw refuse("the profiles have different columns or types", names(other));
  }
}

/**
 * The profile of the rows of some profiles together: equal to the profile of the whole where nothing had to be left out,
 * else within the sum of their error bounds. The order doesn't matter. Throws ConfigError unless columns, types and
 * privacy modes are the same.
 */
export function mergeProfiles(profiles: readonly Profile[]): Profile {
  const [first] = profiles;
  if (!first) throw refuse("there is no profile to merge", profiles);
  for (const profile of profiles) checkAlike(first, profile);
  if (profiles.some(({ measures }) => measures !== undefined))
    throw refuse("scores of models can't be put together; make a profile of all rows with them", undefined);
  const { privacy } = first;
  return seal({
    format: "veritable/profile",
    version: PROFILE_VERSION,
    library: LIBRARY_VERSION,
    rows: profiles.reduce((total, { rows }) => total + rows, 0),
    merges: profiles.reduce((total, { merges }) => total + merges, 0) + profiles.length - 1,
    privacy,
    columns: first.columns.map((_, i) => mergeColumn(profiles.map(({ columns }) => columns[i]!))),
  });
}
