import ibanModule, { locales } from "validator/lib/isIBAN.js";
import { CountryCodes } from "validator/lib/isISO31661Alpha2.js";
import alpha3Module from "validator/lib/isISO31661Alpha3.js";
import * as z from "zod";
import type { CheckedFormat } from "../predicate.js";
import type { TextTest } from "./strftime.js";

/** A function that a CommonJS module exports by default: bundlers differ in whether importing it unwraps it. */
function plain<F extends (...args: never[]) => unknown>(imported: F | { readonly default: F }): F {
  return typeof imported === "function" ? imported : imported.default;
}

const hasStructure = plain<(text: string) => boolean>(ibanModule);
const isAlpha3 = plain<(text: string) => boolean>(alpha3Module);

/** The codes of ISO 3166-1 that are officially assigned, two capital letters each. */
export const COUNTRIES: ReadonlySet<string> = CountryCodes;
const STRUCTURED: ReadonlySet<string> = new Set(locales);

const LONGEST_URL = 8192;
// Longer than any text of the other formats is.
const LONGEST = 64;

// One scheme, a host at once, and nothing that a URL's parser would drop, mend or take for a slash.
const HTTP_URL = /^https?:\/\/[^\s\p{Cc}\\/?#][^\s\p{Cc}\\]*$/iu;
const PRINTED_IBAN = /^[A-Z]{2}\d{2}(?: [A-Z\d]{4}){2,7}(?: [A-Z\d]{1,3})?$/;
const BIC = /^[A-Z\d]{4}([A-Z]{2})[A-Z\d]{2}(?:[A-Z\d]{3})?$/;

const passes = (schema: z.ZodType, text: string) => schema.safeParse(text).success;
const [cidrv4, cidrv6, ipv6, iban, creditCard] = [z.cidrv4(), z.cidrv6(), z.ipv6(), z.iban(), z.creditCard()];

function isIban(text: string): boolean {
  const electronic = PRINTED_IBAN.test(text) ? text.replaceAll(" ", "") : text;
  if (!passes(iban, electronic)) return false;
  // Countries join the registry; of one whose structure isn't known yet the check digits must do.
  const country = electronic.slice(0, 2);
  return STRUCTURED.has(country) ? hasStructure(electronic) : COUNTRIES.has(country);
}

function isBic(text: string): boolean {
  const country = BIC.exec(text)?.[1];
  // Kosovo's code is assigned by its users, not by ISO.
  return country !== undefined && (COUNTRIES.has(country) || country === "XK");
}

const CHECKS: Readonly<Record<CheckedFormat, readonly [longest: number, test: (text: string) => boolean]>> = {
  url: [LONGEST_URL, (text) => HTTP_URL.test(text) && URL.canParse(text)],
  ipv6: [LONGEST, (text) => passes(ipv6, text)],
  cidr: [LONGEST, (text) => passes(cidrv4, text) || passes(cidrv6, text)],
  iban: [LONGEST, isIban],
  bic: [LONGEST, isBic],
  creditCard: [LONGEST, (text) => passes(creditCard, text)],
  countryAlpha3: [3, (text) => /^[A-Z]{3}$/.test(text) && isAlpha3(text)],
};

/** Tests whether a text has a format; one that is longer than any text of the format isn't looked at. */
export const formatTests = Object.fromEntries(
  Object.entries(CHECKS).map(([format, [longest, test]]): [string, TextTest] => [
    format,
    (text) => (text.length <= longest && test(text) ? undefined : `is no ${format}`),
  ]),
) as Readonly<Record<CheckedFormat, TextTest>>;
