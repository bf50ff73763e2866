import { ConfigError } from "../errors/index.js";
import type { ProfileState } from "../metrics/profile.js";
import { columnProfile } from "./columnProfile.js";
import { hashLevels, keyFingerprint } from "./privacy.js";
import type { ColumnProfile, Profile } from "./profile.js";

/** Refuses a key that isn't the one a baseline's levels were hashed with. Throws ConfigError. */
export function checkKey({ privacy }: Profile, key: string | Uint8Array | undefined): void {
  if (privacy.mode !== "hashedLevels") return;
  if (key !== undefined && keyFingerprint(key) === privacy.key) return;
  throw new ConfigError(
    "config/missing-runtime-input",
    key === undefined
      ? "the baseline's levels are hashed: give the key they were hashed with"
      : "the key isn't the one that the baseline's levels were hashed with",
    { unit: "compare", parameter: "key" },
  );
}

/** A column of the current data, with all its values, named as the baseline names its levels. Throws ConfigError. */
export function currentColumn(
  state: ProfileState,
  baseline: Profile,
  key: string | Uint8Array | undefined,
): ColumnProfile {
  checkKey(baseline, key);
  const column = columnProfile(state, "whole");
  const isHashed = baseline.privacy.mode === "hashedLevels" && column.kind === "string";
  return isHashed && column.levels ? { ...column, levels: hashLevels(column.levels, key!, true) } : column;
}
