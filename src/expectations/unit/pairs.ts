import * as z from "zod";
import type { ColumnRef } from "../../columns/columnUse.js";
import type { Comparison } from "../../predicates/predicate.js";
import { ignoring } from "./missing.js";
import type { StoredOptions } from "./options.js";
import { type BareRule, nanTruth } from "./rowUnit.js";
import { columnRefSchema } from "./wire.js";

/** Which pairs are ignored. */
export interface IgnorePairOption {
  /** `"both_values_are_missing"` is the default; a pair that is kept and lacks a side fails. */
  readonly ignoreRowIf?: "both_values_are_missing" | "either_value_is_missing" | "neither";
}

/** The stored form of two columns and of which pairs are ignored. */
export const pairShape = {
  left: columnRefSchema,
  right: columnRefSchema,
  ignoreRowIf: z.enum(["both_values_are_missing", "either_value_is_missing", "neither"]).optional(),
};

/** What `ignoreRowIf` stands for. */
export const IGNORED_PAIRS = {
  both_values_are_missing: "all",
  either_value_is_missing: "any",
  neither: "none",
} as const;

interface StoredPair extends StoredOptions {
  readonly left: ColumnRef;
  readonly right: ColumnRef;
  readonly ignoreRowIf?: keyof typeof IGNORED_PAIRS | undefined;
}

/** The rule that two columns compare so: a kept pair that lacks a side fails. */
export function pairRule(stored: StoredPair, compare: Comparison): BareRule {
  const { left, right, ignoreRowIf = "both_values_are_missing" } = stored;
  const of = { op: "pair", left, right, compare, nan: nanTruth(stored) } as const;
  return {
    kind: "local",
    test: { op: "known", of, as: false },
    ...ignoring(IGNORED_PAIRS[ignoreRowIf], [left, right], stored.nan),
  };
}
