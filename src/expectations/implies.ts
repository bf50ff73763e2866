import * as z from "zod";
import type { RowExpectation, UsesOf } from "./unit/expectation.js";
import { make } from "./unit/make.js";
import { memberClaim, memberColumns, memberSchema, memberTest, ruleOf } from "./unit/members.js";
import type { NullsOption, RowOptions } from "./unit/options.js";
import { rowUnit } from "./unit/rowUnit.js";
import { ANY_KIND } from "./unit/unit.js";

const params = z.strictObject({ condition: memberSchema(), consequence: memberSchema() });

/**
 * Every row that meets the condition meets the consequence; a row that breaks the condition passes. Both are
 * expectations about single rows, with `nulls`, `nan`, `missing`, `when` and `description` at most.
 *
 * A row that is settled by neither side is skipped, unless `nulls: "fail"`: the condition is unknown (a null that it
 * skips) and the consequence isn't met, or the condition is met and the consequence is unknown.
 *
 * @example implies(oneOf("status", ["shipped"]), notNull("shippedAt"))
 */
export function implies<const If extends RowExpectation, const Then extends RowExpectation>(
  condition: If,
  consequence: Then,
  options: RowOptions & NullsOption = {},
): RowExpectation<UsesOf<If> | UsesOf<Then>> {
  return make(implies.unit, { condition, consequence }, options);
}

implies.unit = rowUnit({
  type: "implies",
  params,
  honours: ["nulls"],
  columns: ({ condition, consequence }) => memberColumns([condition, consequence]),
  claim: ({ condition, consequence }) => `if ${memberClaim(condition)}, then ${memberClaim(consequence)}`,
  rule: ({ condition, consequence }) =>
    ruleOf({ op: "or", of: [{ op: "not", of: memberTest(condition) }, memberTest(consequence)] }),
  about: {
    fits: ANY_KIND,
    example: {
      params: {
        condition: { type: "oneOf", column: "status", values: ["shipped"] },
        consequence: { type: "notNull", column: "shippedAt" },
      },
      table: {
        status: { type: "utf8", values: ["open", "shipped", null] },
        shippedAt: { type: "date32", values: [null, "2024-01-31", null] },
      },
    },
    violation: {
      table: {
        status: { type: "utf8", values: ["open", "shipped"] },
        shippedAt: { type: "date32", values: [null, null] },
      },
      rows: [1],
    },
  },
});
