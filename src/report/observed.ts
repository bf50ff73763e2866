import type { Json } from "../results/json.js";
import { type ReportedOutcome, valueText } from "./wording.js";

const MOST_LISTED = 3;

const isParts = (value: Json): value is { readonly [name: string]: Json } =>
  value !== null && typeof value === "object" && !Array.isArray(value);

/** A text that could be taken for several parts is quoted. */
function single(value: Json): string {
  return typeof value === "string" && /[,;()"]/.test(value) ? JSON.stringify(value) : valueText(value);
}

function partText(name: string, value: Json): string {
  if (isParts(value)) return `${name} (${partsText(value)})`;
  if (!Array.isArray(value) || !value.some(isParts)) return `${name} ${single(value)}`;
  const listed = value.slice(0, MOST_LISTED).map((one) => (isParts(one) ? partsText(one) : single(one)));
  const more = value.length > MOST_LISTED ? [`${value.length - MOST_LISTED} more`] : [];
  return `${name} (${[...listed, ...more].join("; ")})`;
}

function partsText(parts: { readonly [name: string]: Json }): string {
  return Object.entries(parts)
    .map(([name, value]) => partText(name, value))
    .join(", ");
}

/**
 * What an outcome observed, where it is no single value: each part by its name, as `value 0.81, rows 200, atLeast 0.9`. A
 * sentence that the message holds already isn't said again. Undefined where there is nothing to tell.
 */
export function observedText({ observed, message = "" }: ReportedOutcome): string | undefined {
  if (observed === undefined || observed === null || typeof observed !== "object") return undefined;
  if (!isParts(observed)) return valueText(observed);
  const isSaid = (value: Json) => typeof value === "string" && value.includes(" ") && message.includes(value);
  const told = Object.fromEntries(Object.entries(observed).filter(([, value]) => !isSaid(value)));
  const text = partsText(told);
  return text === "" ? undefined : text;
}
