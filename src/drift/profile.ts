import type { ColumnRef } from "../columns/columnUse.js";
import type { Kind } from "../columns/typeName.js";
import type { Json } from "../results/json.js";

/** The version of the format that this library reads and writes. */
export const PROFILE_VERSION = 1;

/** How much of the data a profile may tell. */
export type PrivacyMode = "full" | "kAnonymous" | "hashedLevels" | "binsOnly";

/** A distribution of numbers: see the fields of `Knots`, which these are. */
export interface Places {
  readonly values: readonly number[];
  readonly at: readonly number[];
  readonly gaps: readonly number[];
}

/** The finite numbers of a column. */
export interface NumericProfile {
  /** Finite values. */
  readonly count: number;
  /** Absent where a privacy mode took them out. */
  readonly zeros?: number;
  readonly negatives?: number;
  readonly moments?: {
    readonly mean: number;
    /** Standard deviation, divided by n. */
    readonly deviation: number;
    readonly skewness: number;
    readonly kurtosis: number;
  };
  readonly distinct: number;
  /** False where `distinct` is only known to be at least that. */
  readonly distinctExact: boolean;
  /** True where the outermost places are the least and the greatest value. */
  readonly extremesKnown: boolean;
  readonly places: Places;
  /** The share of rows by which a rank read from `places` may be off, at most; 0 for a list of all values. */
  readonly error: number;
}

/** Which levels there are, so that a new one can be told from a rare one. */
export type Membership =
  /** The 32-bit hashes of all levels, increasing. */
  | { readonly kind: "hashes"; readonly hashes: readonly number[] }
  /** A Bloom filter, base64. */
  | { readonly kind: "bloom"; readonly bits: string };

/** The levels of a text or boolean column. */
export interface LevelProfile {
  readonly count: number;
  /** The most common levels, by falling count, then by name. */
  readonly levels: readonly (readonly [level: string, rows: number])[];
  /** Rows of levels that aren't listed. */
  readonly otherRows: number;
  readonly distinct: number;
  readonly distinctExact: boolean;
  /** Levels that occur once. */
  readonly singletons: number;
  /** Absent where a privacy mode took it out, or where not all levels could be kept. */
  readonly membership?: Membership;
}

/** What is kept of one column. */
export interface ColumnProfile {
  readonly name: string;
  /** The logical name of its type: another one isn't compared. */
  readonly type: string;
  readonly kind: Kind;
  readonly rows: number;
  readonly nulls: number;
  readonly nans: number;
  readonly plusInfinities: number;
  readonly minusInfinities: number;
  /** Numbers; ticks of moments and durations. */
  readonly numbers?: NumericProfile;
  /** Texts, and booleans as `false` and `true`. */
  readonly levels?: LevelProfile;
  /** Lengths of texts in code points, of binary values in bytes. */
  readonly lengths?: NumericProfile;
  /** Rows by hour of day and by day of week (0 is Sunday), UTC. */
  readonly clock?: { readonly hours: readonly number[]; readonly weekdays: readonly number[] };
}

/** What one expectation measured: a score of a model, or a number that was given. */
export interface Measure {
  /** The expectation's type. */
  readonly type: string;
  /** What it was measured of: the expectation's parameters and options, thresholds aside. */
  readonly of: Readonly<Record<string, Json>>;
  /** Null where there is none. */
  readonly value: number | null;
  /** Rows behind it. */
  readonly rows?: number;
  /** The column whose values the slices are. */
  readonly by?: ColumnRef;
  readonly slices?: readonly {
    readonly slice: Json;
    readonly value: number | null;
    readonly rows: number;
  }[];
}

/** A saved picture of a table without its rows: what drift is measured against. */
export interface Profile {
  readonly format: "veritable/profile";
  readonly version: typeof PROFILE_VERSION;
  readonly library: string;
  /** When it was made, if the caller said so. */
  readonly createdAt?: string;
  readonly rows: number;
  /** How often profiles were put together to make this one. */
  readonly merges: number;
  readonly privacy: { readonly mode: PrivacyMode; readonly k?: number; readonly key?: string };
  readonly columns: readonly ColumnProfile[];
  /** What expectations measured, for those that must not get worse. */
  readonly measures?: readonly Measure[];
  /** SHA-256 of all the rest. */
  readonly hash: string;
}
