import type { ColumnAddress } from "../../columns/address.js";
import { kindOf } from "../../columns/typeName.js";
import { ConfigError } from "../../errors/index.js";
import { columnLeaf } from "../columnLeaf.js";
import type { Pattern } from "../pattern/compilePattern.js";
import type { PatternData } from "../predicate.js";
import type { BoundPredicate } from "../truth.js";

/** Makes a pattern ready to run; the engine behind it is loaded only when a suite has patterns. */
export type CompilePattern = (pattern: PatternData) => Pattern;

/** Binds `matches`: text in which any or all of the patterns are found. Throws ConfigError. */
export function bindMatches(
  address: ColumnAddress,
  patterns: readonly PatternData[],
  require: "any" | "all",
  compile: CompilePattern,
): BoundPredicate {
  const kind = kindOf(address.type);
  if (kind !== "string") {
    throw new ConfigError(
      "config/bad-value",
      `column ${JSON.stringify(address.name)} is ${kind}, and a pattern needs text`,
    );
  }
  const compiled = patterns.map((pattern) => compile(pattern));
  const enough = require === "all" ? compiled.length : Math.min(1, compiled.length);
  return columnLeaf(address, (view, from, count, out) => {
    const { bytes, offsets } = view.flat;
    if (compiled.length === 1) {
      compiled[0]!.matchBlock(bytes, offsets, from, count, out);
      return;
    }
    const found = new Uint8Array(count);
    const hits = new Uint16Array(count);
    for (const pattern of compiled) {
      pattern.matchBlock(bytes, offsets, from, count, found);
      for (let i = 0; i < count; i++) hits[i]! += found[i]!;
    }
    for (let i = 0; i < count; i++) out[i] = hits[i]! >= enough ? 1 : 0;
  });
}
