import type { ColumnAddress } from "../../columns/address.js";
import { kindOf } from "../../columns/typeName.js";
import { ConfigError } from "../../errors/index.js";
import { columnLeaf } from "../columnLeaf.js";
import type { BoundPredicate } from "../truth.js";

/** Bounds on a length, inclusive. */
export interface LengthBounds {
  readonly min?: number;
  readonly max?: number;
  readonly unit: "codePoints" | "bytes";
}

/** Code points in UTF-8 bytes [start, end): every byte that doesn't continue one. */
export function countCodePoints(bytes: Uint8Array, start: number, end: number): number {
  let points = 0;
  for (let i = start; i < end; i++) if ((bytes[i]! & 0xc0) !== 0x80) points++;
  return points;
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
    const { bytes, offsets } = view.flat;
    for (let i = 0; i < count; i++) {
      const start = offsets[from + i]!;
      const end = offsets[from + i + 1]!;
      const length = inBytes ? end - start : countCodePoints(bytes, start, end);
      out[i] = length >= min && length <= max ? 1 : 0;
    }
  });
}
