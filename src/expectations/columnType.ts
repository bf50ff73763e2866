import * as z from "zod";
import { columnLabel, resolveColumn } from "../columns/address.js";
import type { ColumnRef } from "../columns/columnUse.js";
import { type Kind, typeName } from "../columns/typeName.js";
import type { Json } from "../metrics/state.js";
import type { Expectation } from "./unit/expectation.js";
import type { GxTools } from "./unit/greatExpectations.js";
import { gxTypeNames } from "./unit/gxTypes.js";
import { make } from "./unit/make.js";
import type { TableOptions } from "./unit/options.js";
import { tableUnit } from "./unit/tableUnit.js";
import { isOfType, typeText } from "./unit/typeText.js";
import { columnRefSchema } from "./unit/wire.js";

const params = z.strictObject({
  column: columnRefSchema,
  types: z.array(typeText).min(1, "needs a type"),
  physical: z.boolean().optional(),
});

/** How exactly types are compared. */
export interface PhysicalOption {
  /** Compare encodings too: a dictionary, large or view form no longer stands for its plain type. */
  readonly physical?: boolean;
}

/**
 * The column is of one of these types, named as in `schema`. Types are compared as values are: dictionaries, large and
 * view forms match their plain type, unless `physical` is true; a family such as `"timestamp"` matches every unit.
 *
 * @example columnType("price", ["float64", "decimal"])
 */
export function columnType<const C extends ColumnRef>(
  column: C,
  types: string | readonly string[],
  options: TableOptions & PhysicalOption = {},
): Expectation<{ column: C; kind: Kind }> {
  return make(columnType.unit, { column, types: typeof types === "string" ? [types] : types }, options);
}

function gxTypes(names: readonly Json[], { refuse }: GxTools): string[] {
  const known = names.map((name) => gxTypeNames(String(name)));
  const types = new Set(known.flatMap((found) => found ?? []));
  if (types.size === 0) refuse(`none of the types ${names.join(", ")} is known`);
  return [...types];
}

columnType.unit = tableUnit({
  type: "columnType",
  params,
  columns: ({ column }) => [column],
  claim: ({ column, types }) => `${columnLabel(column)} is of type ${types.join(" or ")}`,
  inspect(schema, { column, types, physical }) {
    const found = resolveColumn(schema, column);
    if ("problem" in found) return { faults: [found.problem], observed: null };
    const fits = types.some((name) => isOfType(found.type, name.replace(/\?$/, ""), physical));
    const actual = typeName(found.type);
    return { faults: fits ? [] : [`it is ${actual}`], observed: actual };
  },
  about: {
    fits: [],
    example: {
      params: { column: "id", types: ["int32", "int64"] },
      table: { id: { type: "int64", values: [1] } },
    },
    violation: { table: { id: { type: "utf8", values: ["1"] } } },
    greatExpectations: [
      {
        type: "expect_column_values_to_be_of_type",
        kwargs: { column: "column", type_: null },
        read: ({ column, type_ }, tools) => ({ column, types: gxTypes([type_ ?? null], tools) }),
      },
      {
        type: "expect_column_values_to_be_in_type_list",
        kwargs: { column: "column", type_list: null },
        read: ({ column, type_list }, tools) => ({
          column,
          types: gxTypes((type_list ?? []) as readonly Json[], tools),
        }),
      },
    ],
  },
});
