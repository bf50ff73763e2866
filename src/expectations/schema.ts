import type { Field } from "apache-arrow";
import * as z from "zod";
import { logicalName, typeName } from "../columns/typeName.js";
import type { DeclaringExpectation } from "./unit/expectation.js";
import { make } from "./unit/make.js";
import type { TableOptions } from "./unit/options.js";
import { tableUnit } from "./unit/tableUnit.js";
import { isOfType, typeText } from "./unit/typeText.js";

const params = z.strictObject({
  columns: z.union([z.array(z.tuple([z.string(), typeText])).min(1), z.record(z.string(), typeText)]),
  physical: z.boolean().optional(),
  extra: z.enum(["allow", "fail"]).optional(),
});

/** How strictly a table is held to its declared columns. */
export interface SchemaOptions extends TableOptions {
  /** Compare encodings too: a dictionary, large or view form no longer stands for its plain type. */
  readonly physical?: boolean;
  /** What columns that aren't declared mean; default `"allow"`. */
  readonly extra?: "allow" | "fail";
}

/**
 * The table has these columns, of these types. Types are compared as values are: dictionaries, large and view forms
 * match their plain type, unless `physical` is true. A type without `?` holds no null, by count. A family such as
 * `"timestamp"` matches every unit and zone.
 *
 * As a list of pairs it also fixes the order, and takes names that an object would reorder (`"2021"`).
 *
 * @example schema({ id: "int64", email: "utf8", price: "float64?" })
 */
export function schema<const Columns extends Readonly<Record<string, string>>>(
  columns: Columns,
  options?: SchemaOptions,
): DeclaringExpectation<Columns>;
export function schema<const Pairs extends readonly (readonly [string, string])[]>(
  columns: Pairs,
  options?: SchemaOptions,
): DeclaringExpectation<{ readonly [P in Pairs[number] as P[0]]: P[1] }>;
export function schema(columns: object, options: SchemaOptions = {}): DeclaringExpectation<never> {
  return make(schema.unit, { columns }, options);
}

type Declared = z.output<typeof params>["columns"];

function pairs(columns: Declared): readonly (readonly [string, string])[] {
  return Array.isArray(columns) ? columns : Object.entries(columns);
}

/** Columns declared to hold no null and found; a null column is told by its type. */
function countedColumns(columns: Declared, fields: readonly Field[]): string[] {
  const required = pairs(columns).filter(([, type]) => !type.endsWith("?"));
  return required.map(([name]) => name).filter((name) => fields.some((field) => field.name === name));
}

function orderFaults(columns: Declared, names: readonly string[]): string[] {
  if (!Array.isArray(columns)) return [];
  const wanted = columns.map(([name]) => name).filter((name) => names.includes(name));
  const found = names.filter((name) => wanted.includes(name));
  const at = wanted.findIndex((name, i) => name !== found[i]);
  return at < 0
    ? []
    : [`column ${JSON.stringify(wanted[at])} should come before ${JSON.stringify(found[at])}`];
}

schema.unit = tableUnit({
  type: "schema",
  params,
  columns: ({ columns }) => pairs(columns).map(([name]) => [name]),
  declares: ({ columns }) => pairs(columns).map(([name, type]) => [name, type.replace(/\?$/, "")]),
  claim: ({ columns }) => `the table has the ${pairs(columns).length} declared columns`,
  // Asked of every declared column: one that isn't there is dropped from the plan, and is a fault of its own.
  metrics: ({ columns }) =>
    pairs(columns)
      .filter(([, type]) => !type.endsWith("?"))
      .map(([name]) => ({ state: "count" as const, column: [name], optional: true })),
  inspect(table, { columns, physical, extra }, findings) {
    const { fields } = table;
    const names = fields.map((field) => field.name);
    const faults: string[] = [];
    const details = new Map<string, { expected: string; actual: string | null }>();
    for (const [name, wanted] of pairs(columns)) {
      const field = fields.find((candidate) => candidate.name === name);
      const actual = field ? (physical ? typeName(field.type) : logicalName(field.type)) : null;
      const type = wanted.replace(/\?$/, "");
      if (field && isOfType(field.type, type, physical)) continue;
      details.set(name, { expected: wanted, actual });
      faults.push(
        actual === null
          ? `column ${JSON.stringify(name)} is missing`
          : `column ${JSON.stringify(name)} is ${actual}, not ${type}`,
      );
    }
    for (const name of countedColumns(columns, fields)) {
      const { nulls } = findings.metric({ state: "count", column: [name], optional: true });
      if (nulls > 0)
        faults.push(`column ${JSON.stringify(name)} holds nulls: ${nulls.toLocaleString("en-US")}`);
    }
    const declared = new Set(pairs(columns).map(([name]) => name));
    const extras = names.filter((name) => !declared.has(name));
    if (extra === "fail" && extras.length > 0) {
      faults.push(`not declared: ${extras.map((name) => JSON.stringify(name)).join(", ")}`);
    }
    faults.push(...orderFaults(columns, names));
    const observed = fields.map((field) => [field.name, typeName(field.type)]);
    return { faults, observed, details: Object.fromEntries(details) };
  },
  about: {
    fits: [],
    example: {
      params: { columns: { id: "int64", price: "float64?" } },
      table: { id: { type: "int64", values: [1, 2] }, price: { type: "float64", values: [9.5, null] } },
    },
    violation: {
      table: { id: { type: "int32", values: [1, 2] }, price: { type: "float64", values: [9.5, null] } },
    },
  },
});
