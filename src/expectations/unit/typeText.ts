import type { DataType } from "apache-arrow";
import * as z from "zod";
import { canonicalTypeName, matchesTypeName, TYPE_NAMES } from "../../columns/typeFromName.js";
import { logicalName, typeName } from "../../columns/typeName.js";
import { nearestName } from "../../errors/index.js";

/** The name of a type, or of a family of types, in stored form; `?` at its end is allowed. */
export const typeText = z.string().check((context) => {
  const name = context.value.replace(/\?$/, "");
  if (canonicalTypeName(name) !== undefined) return;
  const near = nearestName(name, TYPE_NAMES);
  const hint = near === undefined ? "" : `; did you mean ${JSON.stringify(near)}?`;
  context.issues.push({
    code: "custom",
    message: `no type is called ${JSON.stringify(name)}${hint}`,
    input: name,
  });
});

/** What is asked for, with encodings taken away unless they count. */
function logicalOf(type: string, physical: boolean | undefined): string {
  if (physical) return type;
  const plain = type.replace(/^dictionary<[^,]+,\s*(.+)>$/, "$1");
  return plain.replace(/^large_(utf8|binary)$/, "$1").replace(/^(utf8|binary)_view$/, "$1");
}

/** True when a type is the one that is named, or of the family. Without `physical` encodings don't count. */
export function isOfType(type: DataType, name: string, physical?: boolean): boolean {
  return matchesTypeName(physical ? typeName(type) : logicalName(type), logicalOf(name, physical));
}
