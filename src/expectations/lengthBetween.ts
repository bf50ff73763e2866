import * as z from "zod";
import { columnLabel } from "../columns/address.js";
import type { ColumnRef } from "../columns/columnUse.js";
import {
  type Bounds,
  boundsText,
  numberBoundsProblem,
  numberBoundsShape,
  type StoredBounds,
} from "./unit/bounds.js";
import type { RowExpectation } from "./unit/expectation.js";
import { GX_BOUNDS, gxBounds } from "./unit/greatExpectations.js";
import { make } from "./unit/make.js";
import type { NullsOption, RowOptions } from "./unit/options.js";
import { rowUnit } from "./unit/rowUnit.js";
import { columnRefSchema } from "./unit/wire.js";

const params = z.strictObject({
  column: columnRefSchema,
  ...numberBoundsShape,
  unit: z.enum(["codePoints", "bytes"]).optional(),
});

/** In what a length is counted. */
export interface LengthOption {
  /** `"codePoints"` (the default) or the `"bytes"` of UTF-8. Binary is always counted in bytes. */
  readonly unit?: "codePoints" | "bytes";
}

/**
 * The length of every text lies within bounds: in Unicode code points, as `[...text].length` counts them, or in bytes of
 * UTF-8. Nulls are skipped unless `nulls: "fail"`; an empty text has length 0.
 *
 * @example lengthBetween("country", { min: 2, max: 2 })
 */
export function lengthBetween<const C extends ColumnRef>(
  column: C,
  bounds: Bounds<number>,
  options: RowOptions & NullsOption & LengthOption = {},
): RowExpectation<{ column: C; kind: "string" | "binary" }> {
  return make(lengthBetween.unit, { column, ...bounds }, options);
}

/** Lengths are whole numbers, so an exclusive bound is the inclusive one next to it. */
function wholeBounds({ min, max, minExclusive, maxExclusive }: StoredBounds) {
  return {
    ...(min === undefined ? {} : { min: Number(min) }),
    ...(minExclusive === undefined ? {} : { min: Math.floor(Number(minExclusive)) + 1 }),
    ...(max === undefined ? {} : { max: Number(max) }),
    ...(maxExclusive === undefined ? {} : { max: Math.ceil(Number(maxExclusive)) - 1 }),
  };
}

lengthBetween.unit = rowUnit({
  type: "lengthBetween",
  params,
  refine: numberBoundsProblem,
  honours: ["nulls"],
  columns: ({ column }) => [column],
  claim: (stored) => {
    const unit = stored.unit === "bytes" ? " in bytes" : "";
    return `length of ${columnLabel(stored.column)}${unit} is ${boundsText(stored)}`;
  },
  rule: (stored) => ({
    kind: "local",
    test: {
      op: "length",
      column: stored.column,
      unit: stored.unit ?? "codePoints",
      ...wholeBounds(stored),
    },
  }),
  about: {
    fits: ["string", "binary"],
    example: {
      params: { column: "country", min: 2, max: 2 },
      table: { country: { type: "utf8", values: ["FR", null, "é!"] } },
    },
    violation: { table: { country: { type: "utf8", values: ["FR", "FRA", "", null] } }, rows: [1, 2] },
    greatExpectations: [
      {
        type: "expect_column_value_lengths_to_be_between",
        kwargs: { column: "column", ...GX_BOUNDS },
        read: (kwargs) => ({ column: kwargs.column, ...gxBounds(kwargs) }),
      },
      {
        type: "expect_column_value_lengths_to_equal",
        kwargs: { column: "column", value: null },
        read: ({ column, value }) => ({ column, min: value, max: value }),
      },
    ],
  },
});
