import { expect, it } from "vitest";
import { meetsJsonSchema } from "../../src/expectations/index.js";
import { outcomeOf } from "./outcomes.js";
import { failingTexts } from "./parses.js";
import { columnOf } from "./tables.js";

const person = {
  type: "object",
  properties: { age: { $ref: "#/$defs/age" }, name: { type: "string", pattern: "^\\p{L}+$" } },
  required: ["name"],
  $defs: { age: { type: "integer", minimum: 0 } },
};

it("fails text that breaks the schema or is no JSON, and names the place", async () => {
  const texts = ['{"name":"Ada"}', '{"name":"Ada","age":-1}', '{"age":1}', "[]", "{", null];
  expect(await failingTexts(texts, meetsJsonSchema("x", person))).toEqual(texts.slice(1, 5));
  const outcome = await outcomeOf(columnOf("utf8", texts), meetsJsonSchema("x", person));
  expect(outcome.sample?.items.map(({ reason }) => reason)).toEqual([
    '#/age breaks "minimum"',
    '# breaks "required"',
    '# breaks "type"',
    "is no JSON",
  ]);
});

it("reads the draft that the schema names", async () => {
  const exclusive = { minimum: 1, exclusiveMinimum: true };
  const old = { $schema: "http://json-schema.org/draft-04/schema#", ...exclusive };
  expect(await failingTexts(["1", "2"], meetsJsonSchema("x", old))).toEqual(["1"]);
});

it("takes true and false for schemas", async () => {
  expect(await failingTexts(["1"], meetsJsonSchema("x", true))).toEqual([]);
  expect(await failingTexts(["1"], meetsJsonSchema("x", false))).toEqual(["1"]);
});

it("is an error when a reference leads nowhere or a pattern is none", async () => {
  const lost = await outcomeOf(columnOf("utf8", ["1"]), meetsJsonSchema("x", { $ref: "#/$defs/no" }));
  expect(lost).toMatchObject({ status: "error", message: expect.stringContaining("leads nowhere") });
  const bad = await outcomeOf(columnOf("utf8", ["1"]), meetsJsonSchema("x", { pattern: "(" }));
  expect(bad.status).toBe("error");
});
