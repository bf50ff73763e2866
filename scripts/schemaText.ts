import { z } from "zod";
import { registry } from "../src/expectations/unit/registry.js";
import { runJson } from "../src/results/run.js";
import { policySchema } from "../src/suite/policy.js";
import { NAME } from "../src/suite/suite.js";
import { openSchema } from "./openSchema.js";

const text = (schema: object) => `${JSON.stringify(schema, null, 2)}\n`;

/** The JSON Schema of a suite as it is stored, one variant an expectation. */
export function suiteSchemaJson(): string {
  const units = [...registry().values()].map((unit) => unit.schema);
  const suite = z
    .strictObject({
      $schema: z.string().optional(),
      format: z.literal("veritable/suite").optional(),
      version: z.literal(1).optional(),
      name: z.string().regex(NAME),
      ...policySchema.shape,
      expectations: z.array(z.union(units)),
    })
    .meta({ title: "veritable suite" });
  return text(openSchema(z.toJSONSchema(suite, { io: "input", unrepresentable: "any", reused: "ref" })));
}

/** The JSON Schema of a saved run. */
export function runSchemaJson(): string {
  return text(
    z.toJSONSchema(runJson.meta({ title: "veritable run" }), { unrepresentable: "any", reused: "ref" }),
  );
}
