import type { GxMapping } from "../../expectations/unit/greatExpectations.js";
import { registry } from "../../expectations/unit/registry.js";
import type { AnyUnit } from "../../expectations/unit/unit.js";

/** A way to say one of Great Expectations' expectations here. */
export interface Carrier {
  readonly unit: AnyUnit;
  readonly mapping: GxMapping;
}

let carriers: ReadonlyMap<string, readonly Carrier[]> | undefined;

/** The ways to say an expectation of Great Expectations, by its name: the first whose mapping reads the kwargs fits. */
export function carriersOf(type: string): readonly Carrier[] {
  carriers ??= gather();
  return carriers.get(type) ?? [];
}

/** The names that are known. */
export function knownTypes(): string[] {
  carriers ??= gather();
  return [...carriers.keys()].sort();
}

function gather(): ReadonlyMap<string, readonly Carrier[]> {
  const found = new Map<string, Carrier[]>();
  for (const unit of registry().values()) {
    for (const mapping of unit.about.greatExpectations ?? []) {
      const others = found.get(mapping.type) ?? [];
      found.set(mapping.type, [...others, { unit, mapping }]);
    }
  }
  return found;
}
