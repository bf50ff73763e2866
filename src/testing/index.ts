export {
  anyBatch,
  anyBatches,
  anyBatching,
  anyColumn,
  anySchema,
  anyTable,
  anyTableOf,
  type TableOptions,
  type ValuesOf,
} from "./arbitraries.js";
export { FLAT_TYPES, type MakeType } from "./flatTypes.js";
export { checkOutcome } from "./laws/judgeLaws.js";
export { forAll, type Law, type LawOptions } from "./laws/law.js";
export { checkSplit, splitLaw } from "./laws/splitLaws.js";
export { type StateSpec, stateLaws } from "./laws/stateLaws.js";
export { unitLaws } from "./laws/unitLaws.js";
export { anyType } from "./nestedColumns.js";
export { tableOf } from "./plainTable.js";
export { type StoredValue, storedColumn, storedDictionary } from "./storedColumn.js";
export { anyStored, anyText } from "./storedValues.js";
export {
  arbitraryTable,
  type SuiteTableOptions,
  smallestViolation,
  violatingTable,
} from "./suiteTables.js";
