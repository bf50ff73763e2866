import { parseMoment } from "../../columns/moment.js";
import { strptimeTest, type TextTest } from "./strftime.js";

// Day first or month first can't be told apart when both are numbers: with slashes it is the American order.
const DATES = [
  "%Y/%m/%d",
  "%Y%m%d",
  "%m/%d/%Y",
  "%d.%m.%Y",
  "%d %b %Y",
  "%d %B %Y",
  "%d-%b-%Y",
  "%b %d %Y",
  "%B %d %Y",
  "%b %d, %Y",
  "%B %d, %Y",
  "%a %d %b %Y",
  "%a, %d %b %Y",
  "%A, %d %B %Y",
  "%a, %b %d, %Y",
  "%A, %B %d, %Y",
];
const CLOCKS = ["", " %H:%M", " %H:%M:%S", " %H:%M:%S.%f", " %I:%M %p", " %I:%M:%S %p"];
const ZONES = ["", " %z", " %Z"];
const OTHERS = ["%a %b %d %H:%M:%S %Y", "%Y%m%dT%H%M%S", "%Y%m%dT%H%M%SZ", "%Y-%m", "%b %Y", "%B %Y"];

let forms: readonly TextTest[] | undefined;

function allForms(): readonly TextTest[] {
  const dated = DATES.flatMap((date) =>
    CLOCKS.flatMap((clock) => (clock === "" ? [date] : ZONES.map((zone) => `${date}${clock}${zone}`))),
  );
  return [...dated, ...OTHERS].map(strptimeTest);
}

/**
 * Tests whether a text is a date, or a date and a time: ISO 8601, or a common form with English names. A lone number or
 * a lone time is none.
 */
export const momentTest: TextTest = (text) => {
  const trimmed = text.trim();
  if (parseMoment(trimmed) !== undefined) return undefined;
  forms ??= allForms();
  return forms.some((form) => form(trimmed) === undefined) ? undefined : "is no date and no date and time";
};
