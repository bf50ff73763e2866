import type { AnyUnit } from "../../expectations/unit/unit.js";
import { exampleLaws } from "./exampleLaws.js";
import { judgeLaws } from "./judgeLaws.js";
import type { Law, LawOptions } from "./law.js";
import { missingLaw } from "./missingLaw.js";
import { optionLaws } from "./optionLaws.js";
import { redactionLaws } from "./redactionLaws.js";
import { unitSplitLaws } from "./splitLaws.js";

/**
 * Everything that is asked of an expectation, whatever it is about. Its `about` says which columns it is tried on.
 *
 * @example for (const { name, check } of unitLaws(between.unit)) test(name, check)
 */
export function unitLaws(unit: AnyUnit, options: LawOptions = {}): Law[] {
  return [
    ...exampleLaws(unit),
    ...optionLaws(unit),
    ...judgeLaws(unit, options),
    ...unitSplitLaws(unit, options),
    ...redactionLaws(unit),
    ...(unit.options.includes("missing") ? [missingLaw(unit, options)] : []),
  ];
}
