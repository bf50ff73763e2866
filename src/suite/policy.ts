import * as z from "zod";
import { ConfigError, didYouMean } from "../errors/index.js";
import { issueText } from "../expectations/unit/check.js";
import { boundSchema, optionSchemas } from "../expectations/unit/options.js";
import { freeze, toStored } from "../expectations/unit/wire.js";
import type { SuitePolicy } from "./suite.js";

/** The stored form of a suite's policy. */
export const policySchema = z.strictObject({
  description: z.string().optional(),
  quarantine: z.strictObject({ failAbove: boundSchema.options[1].optional() }).optional(),
  allowEmpty: z.boolean().optional(),
  onError: z.literal("warn").optional(),
  missing: optionSchemas.missing.optional(),
});

/** Checks a policy. Throws ConfigError that names the suite, the option and the nearest one there is. */
export function checkPolicy(name: string, policy: object): SuitePolicy {
  const parsed = policySchema.safeParse(toStored(policy));
  if (parsed.success) return freeze(parsed.data) as SuitePolicy;
  const choices = Object.keys(policySchema.shape);
  const said = parsed.error.issues.map((issue) =>
    issue.code === "unrecognized_keys" && issue.path.length === 0
      ? issue.keys.map((key) => `no option ${JSON.stringify(key)}${didYouMean(key, choices)}`).join("; ")
      : issueText(issue),
  );
  throw new ConfigError("config/bad-value", `suite ${JSON.stringify(name)}: ${said.join("; ")}`, {
    value: policy,
    choices,
  });
}
