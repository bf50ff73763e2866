import * as z from "zod";
import { checkStored } from "./check.js";
import type { Expectation } from "./expectation.js";
import { type OptionName, optionSchemas } from "./options.js";
import type { AnyUnit, Stored } from "./unit.js";
import { freeze, toStored } from "./wire.js";

/** Makes an expectation value: stored form, checked, frozen. Throws ConfigError. */
export function make<E extends Expectation>(unit: AnyUnit, params: object, options: object = {}): E {
  const raw = toStored({ ...params, ...options }) as Record<string, unknown>;
  const made = freeze(checkStored(unit, { ...raw, type: unit.type }));
  checked.add(made);
  return made as unknown as E;
}

const checked = new WeakSet<object>();

/** True for an expectation that `make` made, whose parameters are known to be sound. */
export function isMade(value: unknown): value is Expectation {
  return typeof value === "object" && value !== null && checked.has(value);
}

/** The strict schema of a unit's stored form: its type, its parameters and the options it honours. */
export function storedSchema<Shape extends z.ZodRawShape>(
  type: string,
  params: z.ZodObject<Shape>,
  options: readonly OptionName[],
): z.ZodType<Stored<z.output<z.ZodObject<Shape>>>> {
  const honoured = Object.fromEntries(options.map((name) => [name, optionSchemas[name].optional()]));
  const schema = z.strictObject({ type: z.literal(type), ...params.shape, ...honoured });
  return schema as unknown as z.ZodType<Stored<z.output<z.ZodObject<Shape>>>>;
}
