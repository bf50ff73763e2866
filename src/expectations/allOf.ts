import * as z from "zod";
import type { RowExpectation, UsesOf } from "./unit/expectation.js";
import { make } from "./unit/make.js";
import { memberClaim, memberColumns, memberSchema, memberTest, ruleOf } from "./unit/members.js";
import type { NullsOption, RowOptions } from "./unit/options.js";
import { rowUnit } from "./unit/rowUnit.js";
import { ANY_KIND } from "./unit/unit.js";

const params = z.strictObject({ of: z.array(memberSchema()).min(1, "needs a member") });

/**
 * Every row meets all of the members: one rule, and one count of rows, where several expectations would each have theirs.
 *
 * Members are expectations about single rows, with `nulls`, `nan`, `missing`, `when` and `description` at most; what breaking the
 * rule means is said here, once. A row that breaks none and is unknown to some
 * (a null that its member skips, a row its `when` leaves out) is skipped, unless `nulls: "fail"`.
 *
 * @example allOf([between("qty", { min: 1 }), notNull("price")], { mostly: 0.99 })
 */
export function allOf<const List extends readonly RowExpectation[]>(
  of: List,
  options: RowOptions & NullsOption = {},
): RowExpectation<UsesOf<List[number]>> {
  return make(allOf.unit, { of }, options);
}

allOf.unit = rowUnit({
  type: "allOf",
  params,
  honours: ["nulls"],
  columns: ({ of }) => memberColumns(of),
  claim: ({ of }) => `all of: ${of.map(memberClaim).join("; ")}`,
  rule: ({ of }) => ruleOf({ op: "and", of: of.map(memberTest) }),
  about: {
    fits: ANY_KIND,
    example: {
      params: {
        of: [
          { type: "between", column: "qty", min: 1 },
          { type: "notNull", column: "price" },
        ],
      },
      table: {
        qty: { type: "int32", values: [1, 2, null] },
        price: { type: "float64", values: [9.5, 0, 1] },
      },
    },
    violation: {
      table: {
        qty: { type: "int32", values: [1, 0, 2, null] },
        price: { type: "float64", values: [9.5, 1, null, null] },
      },
      rows: [1, 2, 3],
    },
  },
});
