import * as z from "zod";
import type { RowExpectation, UsesOf } from "./unit/expectation.js";
import { make } from "./unit/make.js";
import { memberClaim, memberColumns, memberSchema, memberTest, ruleOf } from "./unit/members.js";
import type { NullsOption, RowOptions } from "./unit/options.js";
import { rowUnit } from "./unit/rowUnit.js";
import { ANY_KIND } from "./unit/unit.js";

const params = z.strictObject({ of: z.array(memberSchema()).min(1, "needs a member") });

/**
 * Every row meets one of the members at least.
 *
 * Members are expectations about single rows, with `nulls`, `nan`, `missing`, `when` and `description` at most; what breaking the
 * rule means is said here, once. A row that meets none and is unknown to some
 * (a null that its member skips, a row its `when` leaves out) is skipped, unless `nulls: "fail"`.
 *
 * @example anyOf([notNull("email"), notNull("phone")])
 */
export function anyOf<const List extends readonly RowExpectation[]>(
  of: List,
  options: RowOptions & NullsOption = {},
): RowExpectation<UsesOf<List[number]>> {
  return make(anyOf.unit, { of }, options);
}

anyOf.unit = rowUnit({
  type: "anyOf",
  params,
  honours: ["nulls"],
  columns: ({ of }) => memberColumns(of),
  claim: ({ of }) => `any of: ${of.map(memberClaim).join("; ")}`,
  rule: ({ of }) => ruleOf({ op: "or", of: of.map(memberTest) }),
  about: {
    fits: ANY_KIND,
    example: {
      params: {
        of: [
          { type: "notNull", column: "email" },
          { type: "between", column: "age", max: 12 },
        ],
      },
      table: {
        email: { type: "utf8", values: ["a@b.c", null, null] },
        age: { type: "int32", values: [40, 12, null] },
      },
    },
    violation: {
      table: {
        email: { type: "utf8", values: ["a@b.c", null] },
        age: { type: "int32", values: [40, 13] },
      },
      rows: [1],
    },
  },
});
