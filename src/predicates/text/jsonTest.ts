import type { Json } from "../../results/json.js";
import type { TextTest } from "./strftime.js";

/** Says what is wrong with a value by a JSON Schema, or undefined; the validator is loaded only when a suite has one. */
export type SchemaTest = (value: unknown) => string | undefined;
export type CompileSchema = (schema: Json) => SchemaTest;

/** Tests whether a text is JSON (RFC 8259: no NaN, no infinity, no comment). */
export const jsonTest: TextTest = (text) => {
  try {
    JSON.parse(text);
    return undefined;
  } catch {
    return "is no JSON";
  }
};

/** Tests whether a text is JSON that meets a schema. */
export function schemaTest(test: SchemaTest): TextTest {
  return (text) => {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return "is no JSON";
    }
    return test(value);
  };
}
