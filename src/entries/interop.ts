/** Great Expectations' suites in, and results out. */
export {
  type FromGreatExpectationsOptions,
  fromGreatExpectations,
  type GxNote,
} from "../interop/greatExpectations/fromGreatExpectations.js";
export {
  type GxExpectationResult,
  type GxResultFormat,
  type GxValidationResult,
  type ToGreatExpectationsOptions,
  toGreatExpectations,
} from "../interop/greatExpectations/toGreatExpectations.js";
