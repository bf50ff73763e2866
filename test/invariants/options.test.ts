import { readFileSync } from "node:fs";
import fc from "fast-check";
import { ConfigError, suite, suiteFromJson, suiteToJson } from "veritable";
import { describe, expect, it } from "vitest";
import type { Catalogue } from "../../src/cli/catalogue.js";
import { anyRules } from "./anyCase.js";

const catalogue: Catalogue = JSON.parse(
  readFileSync(new URL("../../schemas/catalogue.json", import.meta.url), "utf8"),
);

const read = (expectation: object) => suiteFromJson({ name: "s", expectations: [expectation] });
const anyJson = fc.jsonValue({ maxDepth: 2 });

/** A name that a JSON key can have and that no schema knows. */
const anyName = fc.oneof(
  fc.constantFrom("colum", "onfail", "rowCondition", "column_index", "Mostly", "nullable", "strictt"),
  fc.string({ minLength: 1, maxLength: 8 }).map((text) => `x${text}`),
);

describe("no option is accepted and ignored", () => {
  it.each(catalogue.expectations)("$name refuses what it doesn't know", ({ name, stored }) => {
    expect(read(stored).expectations).toHaveLength(1);
    fc.assert(
      fc.property(anyName, anyJson, (unknown, value) => {
        expect(() => read({ ...stored, [unknown]: value })).toThrow(ConfigError);
        expect(() => read({ ...stored, [unknown]: 1 })).toThrow(name);
      }),
      { numRuns: 20 },
    );
  });

  it("in an expectation, wherever it is nested, in a condition, and in the suite", () => {
    fc.assert(
      fc.property(anyRules, anyName, anyJson, (rules, unknown, value) => {
        const json = JSON.parse(JSON.stringify(suiteToJson(suite("s", rules as never))));
        expect(suiteFromJson(json).expectations).toHaveLength(rules.length);
        expect(() => suiteFromJson({ ...json, [unknown]: value })).toThrow(ConfigError);
        const [first, ...others] = json.expectations;
        const spoilt = [
          { ...first, [unknown]: value },
          { ...first, when: { and: [{ column: "qty", gt: 0, [unknown]: value }] } },
          { type: "anyOf", of: [{ type: "notNull", column: "qty", [unknown]: value }] },
        ];
        for (const one of spoilt)
          expect(() => suiteFromJson({ ...json, expectations: [...others, one] })).toThrow(ConfigError);
      }),
    );
  });

  it("inapplicable ones included: what an expectation can't honour, it refuses", () => {
    const options = {
      mostly: 0.5,
      tolerate: { fail: { rows: 2 } },
      nulls: "fail",
      nan: "skip",
      onEmpty: "skip",
    };
    for (const { name, stored, parameters } of catalogue.expectations) {
      const known = parameters.flatMap(({ name: of, fields = [] }) => [
        of,
        ...fields.map((field) => field.name),
      ]);
      for (const [option, value] of Object.entries(options)) {
        const make = () => read({ ...stored, [option]: value });
        if (known.includes(option))
          expect(read({ ...stored, [option]: value }).expectations[0]).toHaveProperty(option);
        else expect(make, `${name} with ${option}`).toThrow(ConfigError);
      }
      const quarantine = () => read({ ...stored, onFail: "quarantine" });
      if (!catalogue.expectations.find((one) => one.name === name)!.quarantines)
        expect(quarantine, name).toThrow(/can't quarantine/);
    }
  });
});
