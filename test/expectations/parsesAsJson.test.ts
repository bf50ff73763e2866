import fc from "fast-check";
import { expect, it } from "vitest";
import { parsesAsJson } from "../../src/expectations/index.js";
import { outcomeOf } from "./outcomes.js";
import { failingTexts } from "./parses.js";
import { columnOf } from "./tables.js";

it("fails what is no JSON, and says so", async () => {
  const texts = ["{}", "[1, 2]", '"é"', "null", "", "{a: 1}", "NaN", "[1,]", "1 2", null];
  expect(await failingTexts(texts, parsesAsJson("x"))).toEqual(["", "{a: 1}", "NaN", "[1,]", "1 2"]);
  const outcome = await outcomeOf(columnOf("utf8", ["secret"]), parsesAsJson("x"));
  expect(outcome.sample?.items[0]?.reason).toBe("is no JSON");
});

it("takes whatever JSON.stringify writes", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.jsonValue(), { minLength: 1, maxLength: 5 }), async (values) => {
      const texts = values.map((value) => JSON.stringify(value));
      expect((await outcomeOf(columnOf("utf8", texts), parsesAsJson("x"))).status).toBe("pass");
    }),
    { numRuns: 50 },
  );
});
