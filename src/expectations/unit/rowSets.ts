import * as z from "zod";
import { columnRefSchema } from "./wire.js";

/** Which rows are ignored, for what columns of theirs hold no value. */
export interface IgnoreRowOption {
  /** `"all_values_are_missing"` is the default. */
  readonly ignoreRowIf?: "all_values_are_missing" | "any_value_is_missing" | "never";
}

/** The stored form of several columns of a row and of which rows are ignored. */
export const rowSetShape = {
  columns: z.array(columnRefSchema).min(2, "takes two columns or more"),
  ignoreRowIf: z.enum(["all_values_are_missing", "any_value_is_missing", "never"]).optional(),
};

/** What `ignoreRowIf` stands for. */
export const IGNORED_ROWS = {
  all_values_are_missing: "all",
  any_value_is_missing: "any",
  never: "none",
} as const;
