import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { ConfigError } from "../errors/index.js";
import { blurNumbers } from "./blur.js";
import { levelProfile } from "./levelProfile.js";
import { levelHash, MOST_HASHES, membershipOf } from "./membership.js";
import type { ColumnProfile, LevelProfile, Measure, Profile } from "./profile.js";

/**
 * How much of the data a profile may tell. `full`: values and levels as they are. `kAnonymous`: nothing that fewer than k
 * rows share, edges rounded to three digits. `hashedLevels`: the names of levels are HMAC-SHA-256 under a key.
 * `binsOnly`: twentieths of numbers, edges rounded, no moments, and no levels.
 */
export type Privacy =
  | "full"
  | "binsOnly"
  | { readonly mode: "kAnonymous"; readonly k: number }
  | { readonly mode: "hashedLevels"; readonly key: string | Uint8Array };

const BINS = 20;
const FINEST = 100;

function keyBytes(key: string | Uint8Array): Uint8Array {
  return typeof key === "string" ? utf8ToBytes(key) : key;
}

/** What a profile says of its key, so that another one is refused. */
export function keyFingerprint(key: string | Uint8Array): string {
  return bytesToHex(hmac(sha256, keyBytes(key), utf8ToBytes("veritable/profile key"))).slice(0, 16);
}

/** Level names replaced by 96 bits of their keyed hash. */
export function hashLevels(levels: LevelProfile, key: string | Uint8Array, whole: boolean): LevelProfile {
  const secret = keyBytes(key);
  const named = levels.levels.map(
    ([level, rows]) => [bytesToHex(hmac(sha256, secret, utf8ToBytes(level))).slice(0, 24), rows] as const,
  );
  const tellsAll = levels.membership !== undefined && named.length === levels.distinct;
  const isSmall = named.length <= MOST_HASHES;
  const membership = tellsAll && isSmall ? membershipOf(named.map(([level]) => levelHash(level))) : undefined;
  const hashed = levelProfile(named, levels.otherRows, whole ? "whole" : "kept", membership);
  return {
    ...hashed,
    distinct: levels.distinct,
    distinctExact: levels.distinctExact,
    singletons: levels.singletons,
  };
}

function onlyCommon(levels: LevelProfile, k: number): LevelProfile {
  const { membership: _, ...rest } = levels;
  const kept = levels.levels.filter(([, rows]) => rows >= k);
  const shown = kept.reduce((sum, [, rows]) => sum + rows, 0);
  return { ...rest, levels: kept, otherRows: levels.count - shown };
}

function clockOf({ clock }: ColumnProfile, k: number): Pick<ColumnProfile, "clock"> {
  const tellsFew = clock && [...clock.hours, ...clock.weekdays].some((rows) => rows > 0 && rows < k);
  return clock && !tellsFew ? { clock } : {};
}

function anonymous(column: ColumnProfile, k: number, buckets: number, moments: boolean): ColumnProfile {
  const { numbers, lengths, levels, clock: _, ...rest } = column;
  const blurred = numbers && blurNumbers(numbers, k, buckets, moments);
  const blurredLengths = lengths && blurNumbers(lengths, k, buckets, moments);
  return {
    ...rest,
    ...(blurred ? { numbers: blurred } : {}),
    ...(blurredLengths ? { lengths: blurredLengths } : {}),
    ...(levels ? { levels: onlyCommon(levels, k) } : {}),
    ...clockOf(column, k),
  };
}

/** A column under a privacy mode; `hashedLevels` wants the column with all its levels. */
export function privateColumn(column: ColumnProfile, privacy: Privacy): ColumnProfile {
  if (privacy === "full") return column;
  if (privacy === "binsOnly") {
    const { levels, ...rest } = anonymous(column, 1, BINS, false);
    return levels && column.kind === "bool" ? { ...rest, levels } : rest;
  }
  if (privacy.mode === "kAnonymous") return anonymous(column, privacy.k, FINEST, true);
  if (!column.levels || column.kind === "bool") return column;
  return { ...column, levels: hashLevels(column.levels, privacy.key, false) };
}

/** A measure under a privacy mode: slices are values of a column, and few rows of one are nobody's business. */
export function privateMeasure(measure: Measure, privacy: Privacy): Measure {
  if (privacy === "full" || measure.slices === undefined) return measure;
  const k =
    typeof privacy === "object" && privacy.mode === "kAnonymous" ? privacy.k : Number.POSITIVE_INFINITY;
  return { ...measure, slices: measure.slices.filter(({ rows }) => rows >= k) };
}

/** A privacy mode as a profile records it. Throws ConfigError on one that can't be meant. */
export function privacyRecord(privacy: Privacy): Profile["privacy"] {
  const refuse = (value: unknown, must: string): ConfigError =>
    new ConfigError("config/bad-value", `profile: privacy is ${JSON.stringify(value)}; ${must}`, {
      unit: "profile",
      parameter: "privacy",
      choices: ["full", "kAnonymous", "hashedLevels", "binsOnly"],
    });
  if (privacy === "full" || privacy === "binsOnly") return { mode: privacy };
  if (privacy?.mode === "kAnonymous") {
    const { k } = privacy;
    if (!Number.isInteger(k) || k < 2) throw refuse(privacy, "k is a whole number from 2");
    return { mode: "kAnonymous", k };
  }
  if (privacy?.mode === "hashedLevels") {
    if (privacy.key === undefined || privacy.key.length === 0) throw refuse("hashedLevels", "it needs a key");
    return { mode: "hashedLevels", key: keyFingerprint(privacy.key) };
  }
  throw refuse(
    privacy,
    'choose "full", "binsOnly", { mode: "kAnonymous", k } or { mode: "hashedLevels", key }',
  );
}
