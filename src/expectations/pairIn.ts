import * as z from "zod";
import { columnLabel } from "../columns/address.js";
import type { ColumnRef } from "../columns/columnUse.js";
import type { Literal } from "../columns/literal.js";
import type { Json } from "../metrics/state.js";
import type { Predicate } from "../predicates/predicate.js";
import type { RowExpectation } from "./unit/expectation.js";
import { type GxKwargs, gxList } from "./unit/greatExpectations.js";
import { make } from "./unit/make.js";
import { ignoring } from "./unit/missing.js";
import type { NanOption, RowOptions } from "./unit/options.js";
import { IGNORED_PAIRS, type IgnorePairOption, pairShape } from "./unit/pairs.js";
import { nanTruth, rowUnit } from "./unit/rowUnit.js";
import { literalSchema, setText } from "./unit/wire.js";

const params = z.strictObject({
  ...pairShape,
  pairs: z.array(z.tuple([literalSchema, literalSchema])).max(10_000),
});

/**
 * In each row the values of two columns are one of the listed pairs, each compared in its column's own type.
 *
 * A row in which both are null is ignored, unless `ignoreRowIf` says otherwise; in a row that is kept a null fails. NaN
 * is in no pair.
 *
 * @example pairIn("country", "currency", [["FR", "EUR"], ["US", "USD"]])
 */
export function pairIn<const L extends ColumnRef, const R extends ColumnRef>(
  left: L,
  right: R,
  pairs: readonly (readonly [Literal, Literal])[],
  options: RowOptions & NanOption & IgnorePairOption = {},
): RowExpectation<{ column: L | R; kind: "number" | "string" | "bool" | "temporal" | "binary" }> {
  return make(pairIn.unit, { left, right, pairs }, options);
}

type Stored = z.output<typeof params>;

/** One test for each value on the left, with all that may stand beside it. */
function pairTest({ left, right, pairs }: Stored, nan: "false" | "unknown"): Predicate {
  const beside = new Map<Literal, Literal[]>();
  for (const [a, b] of pairs) beside.set(a, [...(beside.get(a) ?? []), b]);
  const member = (column: ColumnRef, values: readonly Literal[]): Predicate => ({
    op: "in",
    column,
    values,
    nan,
  });
  const tests = [...beside].map(
    ([a, others]): Predicate => ({ op: "and", of: [member(left, [a]), member(right, others)] }),
  );
  // Of no pairs none is met; the tests stay there so that the columns are looked up.
  return { op: "or", of: [{ op: "and", of: [member(left, []), member(right, [])] }, ...tests] };
}

function gxPairs(kwargs: GxKwargs): Json[] {
  return gxList(kwargs, "value_pairs_set").filter((pair) => !(Array.isArray(pair) && pair.includes(null)));
}

pairIn.unit = rowUnit({
  type: "pairIn",
  params,
  honours: ["nan"],
  columns: ({ left, right }) => [left, right],
  claim: ({ left, right, pairs }) =>
    `${columnLabel(left)}, ${columnLabel(right)} is one of ${setText(pairs)}`,
  rule: (stored, options) => ({
    kind: "local",
    test: { op: "known", of: pairTest(stored, nanTruth(options)), as: false },
    ...ignoring(
      IGNORED_PAIRS[stored.ignoreRowIf ?? "both_values_are_missing"],
      [stored.left, stored.right],
      options.nan,
    ),
  }),
  about: {
    fits: ["number", "string", "bool", "temporal", "binary"],
    example: {
      params: {
        left: "size",
        right: "grade",
        pairs: [
          [1, 10],
          [2, 20],
        ],
      },
      table: {
        size: { type: "int32", values: [1, 2, null] },
        grade: { type: "int64", values: [10, 20, null] },
      },
    },
    violation: {
      table: {
        size: { type: "int32", values: [1, 2, 1, null] },
        grade: { type: "int64", values: [10, 10, null, null] },
      },
      rows: [1, 2],
    },
    greatExpectations: [
      {
        type: "expect_column_pair_values_to_be_in_set",
        kwargs: {
          column_A: "left",
          column_B: "right",
          value_pairs_set: "pairs",
          ignore_row_if: "ignoreRowIf",
        },
        read: (kwargs) => ({
          left: kwargs.column_A,
          right: kwargs.column_B,
          ignoreRowIf: kwargs.ignore_row_if,
          // GX finds a null in no set of pairs.
          pairs: gxPairs(kwargs),
        }),
      },
    ],
  },
});
