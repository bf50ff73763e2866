import type { LevelCounts } from "../metrics/levelCounts.js";
import { levelHash, membershipOf, mergeMemberships, sizeOf } from "./membership.js";
import type { Detail } from "./numericProfile.js";
import type { LevelProfile, Membership } from "./profile.js";

/** Levels that are kept with their counts. */
export const MOST_LEVELS = 1000;
// Longer texts are told apart by their beginning and a hash.
const LONGEST = 200;

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** The name a level goes by: the text, cut when it is long. */
function levelName(bytes: Uint8Array): string {
  const text = decoder.decode(bytes);
  if (text.length <= LONGEST) return text;
  return `${text.slice(0, LONGEST)}...#${levelHash(text).toString(16).padStart(8, "0")}`;
}

type Level = readonly [level: string, rows: number];

function byCount([a, m]: Level, [b, n]: Level): number {
  return n - m || (a < b ? -1 : a > b ? 1 : 0);
}

/** A level profile of counted levels; `unlisted` rows are of levels that weren't kept. */
export function levelProfile(
  all: readonly Level[],
  unlisted: number,
  detail: Detail,
  membership?: Membership,
): LevelProfile {
  const sorted = [...all].sort(byCount);
  const kept = detail === "whole" ? sorted : sorted.slice(0, MOST_LEVELS);
  const rows = sorted.reduce((sum, [, count]) => sum + count, 0) + unlisted;
  return {
    count: rows,
    levels: kept,
    otherRows: rows - kept.reduce((sum, [, count]) => sum + count, 0),
    distinct: sorted.length,
    distinctExact: unlisted === 0,
    singletons: sorted.reduce((sum, [, count]) => sum + (count === 1 ? 1 : 0), 0),
    ...(membership ? { membership } : {}),
  };
}

/** The profile of the texts of a column. */
export function textProfile(counts: LevelCounts, detail: Detail): LevelProfile {
  const levels: Level[] = [];
  for (const [bytes, rows] of counts.levels()) levels.push([levelName(bytes), rows]);
  // Levels that weren't kept can't be members: a structure without them would call them new.
  const complete = counts.unlisted === 0;
  const membership = complete ? membershipOf(levels.map(([level]) => levelHash(level))) : undefined;
  return levelProfile(levels, counts.unlisted, detail, membership);
}

/** The profile of a boolean column. */
export function boolProfile(falses: number, trues: number): LevelProfile {
  const all: Level[] = [
    ["false", falses],
    ["true", trues],
  ];
  const profile = levelProfile(all, 0, "kept");
  return {
    ...profile,
    distinct: all.filter(([, rows]) => rows > 0).length,
    singletons: all.filter(([, rows]) => rows === 1).length,
  };
}

/** Levels pooled: counts are exact while no part had more levels than are kept, else they are the least there can be. */
export function mergeLevels(parts: readonly LevelProfile[]): LevelProfile {
  const counts = new Map<string, number>();
  for (const { levels } of parts) {
    for (const [level, rows] of levels) counts.set(level, (counts.get(level) ?? 0) + rows);
  }
  const other = parts.reduce((sum, { otherRows }) => sum + otherRows, 0);
  const memberships = parts.map(({ membership }) => membership);
  const membership = memberships.every((one) => one !== undefined)
    ? memberships.reduce(mergeMemberships)
    : undefined;
  const merged = levelProfile([...counts], other, "kept", membership);
  const most = Math.max(merged.distinct, ...parts.map(({ distinct }) => distinct));
  const listed = other === 0 && parts.every(({ distinctExact }) => distinctExact);
  return {
    ...merged,
    distinct: listed
      ? [...counts.values()].filter((rows) => rows > 0).length
      : Math.max(most, membership ? sizeOf(membership) : 0),
    distinctExact: listed,
    singletons: listed ? merged.singletons : parts.reduce((sum, { singletons }) => sum + singletons, 0),
  };
}
