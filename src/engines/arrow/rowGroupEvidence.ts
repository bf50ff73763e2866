import { DataType, type Dictionary } from "apache-arrow";
import type { ColumnAddress } from "../../columns/address.js";
import type { Stored } from "../../columns/stored.js";
import type { ColumnSummary } from "../../columns/summary.js";
import { laneOf } from "../../columns/view.js";
import type { FooterColumn, RowGroupSummary } from "../../io/source.js";
import type { CheapEvidence } from "../../predicates/truth.js";

function holdsNan(type: DataType): boolean {
  return DataType.isFloat(DataType.isDictionary(type) ? (type as Dictionary).dictionary : type);
}

/**
 * A footer's bound in the column's lane; undefined when it is of another. Text that may have been cut is no bound at
 * all: there are writers that cut the greatest value to a smaller one.
 */
function storedIn(type: DataType, value: FooterColumn["min"], exact: boolean): Stored | undefined {
  switch (laneOf(type)) {
    case "number":
      return typeof value === "number" ? value : undefined;
    case "integer":
      return typeof value === "bigint" ? value : undefined;
    case "bytes":
      return exact && typeof value === "string" ? new TextEncoder().encode(value) : undefined;
    case "opaque":
      return undefined;
  }
}

/** What a footer says of one row group, as evidence without rows. Of fields of a struct it says nothing. */
export class RowGroupEvidence implements CheapEvidence {
  readonly #group: RowGroupSummary;

  constructor(group: RowGroupSummary) {
    this.#group = group;
  }

  #column(address: ColumnAddress): FooterColumn | undefined {
    return address.path.length === 0 ? this.#group.columns.get(address.index) : undefined;
  }

  nulls(address: ColumnAddress): number | undefined {
    return address.mask ? this.summary(address)?.nulls : this.#column(address)?.nulls;
  }

  summary(address: ColumnAddress): ColumnSummary | undefined {
    const column = this.#column(address);
    if (column?.nulls === undefined) return undefined;
    const { type, mask } = address;
    const { rows } = this.#group;
    const { nulls, exact } = column;
    const min = storedIn(type, column.min, exact);
    const max = storedIn(type, column.max, exact);
    const within = min === undefined || max === undefined ? undefined : { min, max, exact };
    // A value that counts as null and may be there makes the footer's counts and bounds those of another column.
    if (mask && nulls < rows && !(within && mask.values.isOutside(within.min, within.max))) return undefined;
    const nans = holdsNan(type) ? undefined : 0;
    return { rows, nulls, nans, min: undefined, max: undefined, ...(within ? { within } : {}) };
  }
}
