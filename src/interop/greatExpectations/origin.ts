import type { Json } from "../../results/json.js";
import { type Parameters, parametersUsed } from "./parameters.js";
import type { GxConfig } from "./suiteShape.js";

/** The key under which an imported expectation's `meta` keeps what GX called it. */
const KEY = "great_expectations";

/** What GX called an expectation, as it is kept. */
export interface Origin {
  readonly type: string;
  readonly kwargs: Readonly<Record<string, Json>>;
  readonly id?: string;
  readonly severity?: string;
  /** The values its `$PARAMETER`s were given. */
  readonly parameters?: Readonly<Record<string, Json>>;
}

/** The origin of an expectation, to be put into its `meta`. */
export function originOf({ type, kwargs, id, severity }: GxConfig, given: Parameters): Record<string, Json> {
  const parameters = parametersUsed(kwargs as Json, given);
  const origin = {
    type,
    kwargs,
    ...(id === undefined ? {} : { id }),
    ...(severity ? { severity } : {}),
    ...(Object.keys(parameters).length > 0 ? { parameters } : {}),
  };
  return { [KEY]: origin as unknown as Json };
}

/** The origin in an outcome's `meta`, and the rest of it. */
export function splitMeta(meta: Readonly<Record<string, Json>> = {}): {
  readonly origin: Origin | undefined;
  readonly meta: Readonly<Record<string, Json>>;
} {
  const { [KEY]: origin, ...rest } = meta;
  const isOrigin =
    origin !== null && typeof origin === "object" && typeof (origin as unknown as Origin).type === "string";
  return isOrigin ? { origin: origin as unknown as Origin, meta: rest } : { origin: undefined, meta };
}
