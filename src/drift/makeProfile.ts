import type { ProfileState } from "../metrics/profile.js";
import { LIBRARY_VERSION } from "../results/version.js";
import { columnProfile } from "./columnProfile.js";
import { type Privacy, privacyRecord, privateColumn, privateMeasure } from "./privacy.js";
import { type ColumnProfile, type Measure, PROFILE_VERSION, type Profile } from "./profile.js";
import { seal } from "./sealing.js";

/** Puts columns together to a profile. */
export function assembleProfile(
  rows: number,
  columns: readonly ColumnProfile[],
  privacy: Profile["privacy"],
  createdAt?: string,
  measures: readonly Measure[] = [],
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
    ...(measures.length > 0 ? { measures } : {}),
  });
}

/** The profile of what was gathered of a table, under a privacy mode. Throws ConfigError on one that can't be meant. */
export function makeProfile(
  rows: number,
  states: readonly ProfileState[],
  privacy: Privacy,
  createdAt?: string,
  measures: readonly Measure[] = [],
): Profile {
  const record = privacyRecord(privacy);
  const columns = states.map((state) => {
    const keepAll = record.mode === "hashedLevels" && state.address.kind === "string";
    const column = columnProfile(state, keepAll ? "whole" : "kept");
    return privateColumn(column, privacy);
  });
  const told = measures.map((measure) => privateMeasure(measure, privacy));
  return assembleProfile(rows, columns, record, createdAt, told);
}
