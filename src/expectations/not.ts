import * as z from "zod";
import type { RowExpectation, UsesOf } from "./unit/expectation.js";
import { make } from "./unit/make.js";
import { memberClaim, memberColumns, memberSchema, memberTest, ruleOf } from "./unit/members.js";
import type { NullsOption, RowOptions } from "./unit/options.js";
import { rowUnit } from "./unit/rowUnit.js";
import { ANY_KIND } from "./unit/unit.js";

const params = z.strictObject({ of: memberSchema() });

/**
 * No row meets the member, which is an expectation about single rows with `nulls`, `nan`, `missing`, `when` and `description` at
 * most. A row that is unknown to it (a null that it skips, a row its `when` leaves out) is skipped, unless
 * `nulls: "fail"`. A row on which a function of the member throws fails.
 *
 * @example not(matches("email", /@example\.com$/))
 */
export function not<const E extends RowExpectation>(
  of: E,
  options: RowOptions & NullsOption = {},
): RowExpectation<UsesOf<E>> {
  return make(not.unit, { of }, options);
}

not.unit = rowUnit({
  type: "not",
  params,
  honours: ["nulls"],
  columns: ({ of }) => memberColumns([of]),
  claim: ({ of }) => `not: ${memberClaim(of)}`,
  rule: ({ of }) => ruleOf({ op: "not", of: memberTest(of) }),
  about: {
    fits: ANY_KIND,
    example: {
      params: { of: { type: "between", column: "age", min: 13, max: 17 } },
      table: { age: { type: "int32", values: [12, 18, null] } },
    },
    violation: { table: { age: { type: "int32", values: [12, 15, null] } }, rows: [1] },
  },
});
