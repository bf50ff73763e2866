import type { ColumnAddress } from "../../columns/address.js";
import { kindOf } from "../../columns/typeName.js";
import { ConfigError } from "../../errors/index.js";
import { lengthsWithin } from "../../kernels/lengths.js";
import { columnLeaf } from "../columnLeaf.js";
import type { BoundPredicate } from "../truth.js";

/** Bounds on a length, inclusive. */
export interface LengthBounds {
  readonly min?: number;
  readonly max?: number;
  readonly unit: "codePoints" | "bytes";
}

/** Binds `length`: of text in code points or bytes, of binary in bytes. Throws ConfigError. */
export function bindLength(address: ColumnAddress, bounds: LengthBounds): BoundPredicate {
  const { min = 0, max = Number.POSITIVE_INFINITY, unit } = bounds;
  const kind = kindOf(address.type);
  if (kind !== "string" && kind !== "binary") {
    throw new ConfigError(
      "config/bad-value",
      `column ${JSON.stringify(address.name)} is ${kind}, and only text and binary have a length`,
    );
  }
  const inBytes = unit === "bytes" || kind === "binary";
  return columnLeaf(address, (view, from, count, out) => {
    lengthsWithin(view.flat, from, count, { least: min, most: max, inBytes }, out);
  });
}
