import * as z from "zod";
import type { ColumnRef } from "../../columns/columnUse.js";
import type { CheckedFormat, Predicate } from "../../predicates/predicate.js";
import { COUNTRIES } from "../../predicates/text/formatTests.js";

/** The formats there are, and each as a sentence says it. */
export const FORMATS = {
  email: "an e-mail address",
  url: "an http or https URL",
  uuid: "a UUID",
  date: "an ISO 8601 date",
  time: "an ISO 8601 time of day",
  datetime: "an RFC 3339 date and time",
  ipv4: "an IPv4 address",
  ipv6: "an IPv6 address",
  cidr: "an IP network in CIDR notation",
  mac: "a MAC address",
  phone: "an E.164 phone number",
  iban: "an IBAN",
  bic: "a BIC",
  creditCard: "a payment card number",
  countryAlpha2: "an ISO 3166-1 alpha-2 country code",
  countryAlpha3: "an ISO 3166-1 alpha-3 country code",
  currency: "an ISO 4217 currency code",
} as const;

/** A format by its name. */
export type FormatName = keyof typeof FORMATS;

/** The names of the formats. */
export const FORMAT_NAMES = Object.keys(FORMATS) as [FormatName, ...FormatName[]];

// RFC 5321, 4.5.3.1: 64 octets before the @, and 254 in all (errata 1690). HTML asks for no dot in the domain.
const MAILBOX = "^[^@]{1,64}@[^@.]+\\.";
const LONGEST_EMAIL = 254;

function found(
  column: ColumnRef,
  patterns: readonly (RegExp | string)[],
  require: "any" | "all" = "all",
): Predicate {
  const data = patterns.map((pattern) =>
    typeof pattern === "string" ? pattern : { source: pattern.source, flags: pattern.flags },
  );
  return { op: "matches", column, patterns: data, require };
}

function checked(column: ColumnRef, format: CheckedFormat): Predicate {
  return { op: "parses", column, as: { kind: "format", format } };
}

/** What is true of a text of a format; `version` is that of a UUID. */
export function formatTest(column: ColumnRef, format: FormatName, version?: number): Predicate {
  switch (format) {
    case "email": {
      const length: Predicate = { op: "length", column, max: LONGEST_EMAIL, unit: "bytes" };
      return { op: "and", of: [length, found(column, [z.regexes.html5Email, MAILBOX])] };
    }
    case "uuid":
      return found(column, [z.regexes.uuid(version)]);
    case "date":
      return found(column, [z.regexes.date]);
    case "time":
      return found(column, [z.regexes.time({})]);
    case "datetime":
      return found(column, [z.regexes.datetime({ offset: true, local: false })]);
    case "ipv4":
      return found(column, [z.regexes.ipv4]);
    case "mac":
      return found(column, [z.regexes.mac(":"), z.regexes.mac("-")], "any");
    case "phone":
      return found(column, [z.regexes.e164]);
    case "currency":
      return found(column, [z.regexes.currencyCode]);
    case "countryAlpha2":
      return { op: "in", column, values: [...COUNTRIES], nan: "false" };
    default:
      return checked(column, format);
  }
}
