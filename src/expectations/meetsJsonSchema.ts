import * as z from "zod";
import { columnLabel } from "../columns/address.js";
import type { ColumnRef } from "../columns/columnUse.js";
import { jsonSchema } from "../results/json.js";
import type { RowExpectation } from "./unit/expectation.js";
import { make } from "./unit/make.js";
import type { NullsOption, RowOptions } from "./unit/options.js";
import { rowUnit } from "./unit/rowUnit.js";
import { columnRefSchema } from "./unit/wire.js";

const params = z.strictObject({
  column: columnRefSchema,
  schema: z.union([z.boolean(), z.record(z.string(), jsonSchema)]),
});

/**
 * Every text is JSON that meets a JSON Schema: the draft that its `$schema` names (4, 6, 7 or 2019-09), else 2020-12. A
 * text that is no JSON fails too; each failing row says what it breaks. Nulls are skipped unless `nulls: "fail"`.
 *
 * `$ref` reaches inside the schema only: nothing is fetched.
 *
 * @example meetsJsonSchema("payload", { type: "object", required: ["id"] })
 */
export function meetsJsonSchema<const C extends ColumnRef>(
  column: C,
  schema: boolean | Readonly<Record<string, unknown>>,
  options: RowOptions & NullsOption = {},
): RowExpectation<{ column: C; kind: "string" }> {
  return make(meetsJsonSchema.unit, { column, schema }, options);
}

meetsJsonSchema.unit = rowUnit({
  type: "meetsJsonSchema",
  params,
  honours: ["nulls"],
  columns: ({ column }) => [column],
  claim: ({ column }) => `${columnLabel(column)} is JSON that meets its schema`,
  rule: ({ column, schema }) => ({
    kind: "local",
    test: { op: "parses", column, as: { kind: "jsonSchema", schema } },
  }),
  about: {
    fits: ["string"],
    example: {
      params: { column: "text", schema: { type: "object", required: ["id"] } },
      table: { text: { type: "utf8", values: ['{"id": 1}', null] } },
    },
    violation: {
      table: { text: { type: "utf8", values: ['{"id": 1}', '{"ID": 1}', "1", "{"] } },
      rows: [1, 2, 3],
    },
    greatExpectations: [
      {
        type: "expect_column_values_to_match_json_schema",
        kwargs: { column: "column", json_schema: "schema" },
      },
    ],
  },
});
