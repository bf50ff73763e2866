import * as z from "zod";
import { columnLabel } from "../columns/address.js";
import type { ColumnRef } from "../columns/columnUse.js";
import type { RowExpectation } from "./unit/expectation.js";
import { FORMAT_NAMES, FORMATS, type FormatName, formatTest } from "./unit/formats.js";
import { make } from "./unit/make.js";
import type { NullsOption, RowOptions } from "./unit/options.js";
import { rowUnit } from "./unit/rowUnit.js";
import { columnRefSchema } from "./unit/wire.js";

const params = z.strictObject({
  column: columnRefSchema,
  format: z.enum(FORMAT_NAMES),
  version: z.int().min(1).max(8).optional(),
});

/** Which version of a UUID. */
export interface FormatOption {
  /** Only UUIDs of this version, with `"uuid"`; any of RFC 9562 without it. */
  readonly version?: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;
}

/**
 * Every text has a named format, as a whole: no space before or after it. What a pattern can say runs in linear time, what
 * it can't is asked of texts of bounded length only. Nulls are skipped unless `nulls: "fail"`.
 *
 * - `email`: as HTML's `<input type="email">` takes it (ASCII, no quotes, no comments), with a dot in the domain, at most 64 bytes
 *   before the @ and 254 in all (RFC 5321). Whether mail arrives there is not said.
 * - `url`: an absolute http or https URL with a host, as the WHATWG URL standard parses it, without spaces, controls or backslashes;
 *   8,192 characters at most.
 * - `uuid`: RFC 9562, of any `version` or of one, in either case; nil and max too where no version is asked.
 * - `date`: `2024-02-29`, a day of the Gregorian calendar. `time`: `09:30`, `09:30:00` or with a fraction, without a zone.
 *   `datetime`: both with `T` between, seconds, and `Z` or an offset such as `+02:00` (RFC 3339, capital letters).
 * - `ipv4`: four decimal numbers without leading zeros. `ipv6`: RFC 4291, shortened or not, without a zone. `cidr`: either, and the
 *   length of a prefix. `mac`: six pairs of hexadecimal digits, all with `:` or all with `-` between, in one case.
 * - `phone`: E.164, `+` and 7 to 15 digits, no separators. `creditCard`: 12 to 19 digits (ISO/IEC 7812), apart by single spaces or
 *   hyphens at most, with Luhn's check digit.
 * - `iban`: ISO 13616 with check digits (mod 97), in capital letters, at once or in groups of four; of countries whose structure
 *   is known, with that structure. `bic`: ISO 9362, 8 or 11 capital letters and digits around a country's code.
 * - `countryAlpha2`, `countryAlpha3`: officially assigned codes of ISO 3166-1. `currency`: active codes of ISO 4217, funds and metals
 *   too. All in capital letters; the lists are those of the installed libraries.
 *
 * @example hasFormat("email", "email")
 */
export function hasFormat<const C extends ColumnRef>(
  column: C,
  format: FormatName,
  options: RowOptions & NullsOption & FormatOption = {},
): RowExpectation<{ column: C; kind: "string" }> {
  return make(hasFormat.unit, { column, format }, options);
}

hasFormat.unit = rowUnit({
  type: "hasFormat",
  params,
  refine: ({ format, version }) =>
    version !== undefined && format !== "uuid"
      ? `takes version with "uuid", not with "${format}"`
      : undefined,
  honours: ["nulls"],
  columns: ({ column }) => [column],
  claim: ({ column, format, version }) =>
    `${columnLabel(column)} is ${FORMATS[format]}${version === undefined ? "" : ` of version ${version}`}`,
  rule: ({ column, format, version }) => ({ kind: "local", test: formatTest(column, format, version) }),
  about: {
    fits: ["string"],
    example: {
      params: { column: "email", format: "email" },
      table: { email: { type: "utf8", values: ["ada@example.com", "o'neil+news@mail.example.org", null] } },
    },
    violation: {
      table: { email: { type: "utf8", values: ["ada@example.com", "ada@localhost", "ada @example.com"] } },
      rows: [1, 2],
    },
  },
});
