/** Drift: baselines of tables, and comparisons with them. */
export type { CompareSettings } from "../drift/compareColumns.js";
export type {
  Bin,
  ColumnComparison,
  DriftReport,
  Finding,
  FindingKind,
  Statistic,
  Verdict,
} from "../drift/comparison.js";
export { mergeProfiles } from "../drift/mergeProfiles.js";
export type { Privacy } from "../drift/privacy.js";
export type { ColumnProfile, Profile } from "../drift/profile.js";
export type { ColumnSettings, Deciding, DriftSettings } from "../drift/settings.js";
export { type BaselineStore, baselineStore } from "../validate/baselineStore.js";
export { type CompareOptions, compare } from "../validate/compare.js";
export { type DriftOverTimeOptions, driftOverTime } from "../validate/driftOverTime.js";
export { type ProfileOptions, profile } from "../validate/profile.js";
export type { RunDrift } from "../validate/runDrift.js";
