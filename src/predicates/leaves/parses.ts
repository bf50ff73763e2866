import type { ColumnAddress } from "../../columns/address.js";
import { kindOf } from "../../columns/typeName.js";
import { ConfigError } from "../../errors/index.js";
import { columnLeaf } from "../columnLeaf.js";
import type { TextTest } from "../text/strftime.js";
import type { BoundPredicate } from "../truth.js";

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Binds `parses`: text that a test finds nothing wrong with; a row's reason is what it found. Throws ConfigError. */
export function bindParses(address: ColumnAddress, test: TextTest): BoundPredicate {
  const kind = kindOf(address.type);
  if (kind !== "string") {
    throw new ConfigError(
      "config/bad-value",
      `column ${JSON.stringify(address.name)} is ${kind}, and only text can be parsed`,
    );
  }
  const leaf = columnLeaf(address, (view, from, count, out) => {
    const { bytes, offsets } = view.flat;
    for (let i = 0; i < count; i++) {
      const text = decoder.decode(bytes.subarray(offsets[from + i]!, offsets[from + i + 1]!));
      out[i] = test(text) === undefined ? 1 : 0;
    }
  });
  return {
    ...leaf,
    reason: (block, i) => {
      const view = block.view(address);
      return view.isValid(block.from + i) ? test(decoder.decode(view.bytes(block.from + i))) : undefined;
    },
  };
}
