import type { ProfileState } from "../metrics/profile.js";
import { LIBRARY_VERSION } from "../results/version.js";
import { columnProfile } from "./columnProfile.js";
import { type Privacy, privacyRecord, privateColumn } from "./privacy.js";
import { type ColumnProfile, PROFILE_VERSION, type Profile } from "./profile.js";
import { seal } from "./sealing.js";

/** Puts columns together to a profile. */
export function assembleProfile(
  rows: number,
  columns: readonly ColumnProfile[],
  privacy: Profile["privacy"],
  createdAt?: string,
): Profile {
  return seal({
    format: "veritable/profile",
    version: PROFILE_VERSION,
    library: LIBRARY_VERSION,
    ...(createdAt === undefined ? {} : { createdAt }),
    rows,
    merges: 0,
    privacy,
    columns,
  });
}

/** The profile of what was gathered of a table, under a privacy mode. Throws ConfigError on one that can't be meant. */
export function makeProfile(
  rows: number,
  states: readonly ProfileState[],
  privacy: Privacy,
  createdAt?: string,
): Profile {
  const record = privacyRecord(privacy);
  const columns = states.map((state) => {
    const keepAll = record.mode === "hashedLevels" && state.address.kind === "string";
    const column = columnProfile(state, keepAll ? "whole" : "kept");
    return privateColumn(column, privacy);
  });
  return assembleProfile(rows, columns, record, createdAt);
}
