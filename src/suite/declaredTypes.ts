import type { DataType } from "apache-arrow";
import { flatTypeOf } from "../columns/typeFromName.js";
import { unitOf } from "../expectations/unit/registry.js";
import type { Suite } from "./suite.js";

/** The types a suite declares of its columns, for readers of text; what names a family of types declares none. */
export function declaredTypes(suite: Suite): ReadonlyMap<string, DataType> {
  const types = new Map<string, DataType>();
  for (const stored of suite.expectations) {
    for (const [column, name] of unitOf(stored.type).declares?.(stored) ?? []) {
      const type = flatTypeOf(name);
      if (type) types.set(column, type);
    }
  }
  return types;
}
