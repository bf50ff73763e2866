import fc from "fast-check";
import { RE2JS } from "re2js";
import { describe, expect, it } from "vitest";
import { anyOf, hasFormat, not, oneOf } from "../../src/expectations/index.js";
import { FORMAT_NAMES, type FormatName, formatTest } from "../../src/expectations/unit/formats.js";
import { translateRegExp } from "../../src/predicates/pattern/translateRegExp.js";
import type { Predicate } from "../../src/predicates/predicate.js";
import { COUNTRIES } from "../../src/predicates/text/formatTests.js";
import { outcomeOf, sameOutcome } from "./outcomes.js";
import { failingTexts } from "./parses.js";
import { columnOf } from "./tables.js";

interface Cases {
  readonly good: readonly string[];
  readonly bad: readonly string[];
}

/** Texts as they are met, and as the standards' own examples have them. */
const CASES: Readonly<Record<FormatName, Cases>> = {
  email: {
    good: [
      "ada@example.com",
      "o'neil+news@mail.example.org",
      "x@xn--bcher-kva.example",
      "user.name@sub-domain.example.co.uk",
      `${"a".repeat(64)}@example.com`,
      "1@2.3",
    ],
    bad: [
      "",
      "ada",
      "ada@",
      "@example.com",
      "ada@localhost",
      "ada@example..com",
      "ada@-example.com",
      "ada@example.com.",
      "ada@exa mple.com",
      " ada@example.com",
      "ada@example.com\n",
      "ada@bob@example.com",
      '"ada l"@example.com',
      "ada@bücher.example",
      `${"a".repeat(65)}@example.com`,
      `a@${"b.".repeat(130)}com`,
    ],
  },
  url: {
    good: [
      "https://example.com",
      "HTTP://EXAMPLE.COM/",
      "http://localhost:3000/a?b=c#d",
      "https://user:secret@example.com:8443/a%20b",
      "http://[2001:db8::1]/",
      "https://bücher.example/straße",
      "http://192.0.2.1",
    ],
    bad: [
      "",
      "example.com",
      "//example.com",
      "ftp://example.com/file",
      "javascript:alert(1)",
      "http:example.com",
      "http:///example.com",
      "http://",
      "https://exa mple.com",
      "https://example.com/a b",
      "https://example.com\\evil",
      "http://256.1.1.1.256",
      "http://example.com:99999",
      "https://example.com/\n",
      " https://example.com",
      `https://example.com/${"a".repeat(8192)}`,
    ],
  },
  uuid: {
    good: [
      "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
      "919108F7-52D1-4320-9BAC-F847DB4148A8",
      "017f22e2-79b0-7cc3-98c4-dc0c0c07398f",
      "00000000-0000-0000-0000-000000000000",
      "ffffffff-ffff-ffff-ffff-ffffffffffff",
    ],
    bad: [
      "",
      "f81d4fae7dec11d0a76500a0c91e6bf6",
      "{f81d4fae-7dec-11d0-a765-00a0c91e6bf6}",
      "f81d4fae-7dec-11d0-a765-00a0c91e6bfg",
      "f81d4fae-7dec-91d0-a765-00a0c91e6bf6",
      "f81d4fae-7dec-11d0-c765-00a0c91e6bf6",
      "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
    ],
  },
  date: {
    good: ["2024-02-29", "2000-02-29", "1970-01-01", "0001-12-31", "9999-12-31"],
    bad: [
      "",
      "2023-02-29",
      "1900-02-29",
      "2024-04-31",
      "2024-13-01",
      "2024-00-10",
      "24-01-01",
      "2024-1-1",
      "20240101",
      "01/31/2024",
      "2024-01-31T00:00:00Z",
    ],
  },
  time: {
    good: ["00:00", "09:30", "23:59:59", "09:30:00.123456"],
    bad: ["", "24:00", "9:30", "09:60", "09:30:60", "09:30:00.", "09:30Z", "0930", "09:30 PM"],
  },
  datetime: {
    good: ["1985-04-12T23:20:50.52Z", "1996-12-19T16:39:57-08:00", "2024-02-29T00:00:00+05:30"],
    bad: [
      "",
      "2024-01-31",
      "2024-01-31T09:30:00",
      "2024-01-31 09:30:00Z",
      "2023-02-29T00:00:00Z",
      "2024-01-31T24:00:00Z",
      "2024-01-31T09:30Z",
      "2024-01-31T09:30:00+2",
      "2024-01-31t09:30:00z",
    ],
  },
  ipv4: {
    good: ["0.0.0.0", "192.0.2.1", "255.255.255.255"],
    bad: [
      "",
      "256.0.0.1",
      "1.2.3",
      "1.2.3.4.5",
      "01.2.3.4",
      "1.2.3.4 ",
      "0x7f.0.0.1",
      "2130706433",
      "192.0.2.1/24",
    ],
  },
  ipv6: {
    good: [
      "::",
      "::1",
      "2001:db8::8:800:200C:417A",
      "2001:0db8:0000:0000:0008:0800:200c:417a",
      "::ffff:129.144.52.38",
      "fe80::1",
    ],
    bad: [
      "",
      ":",
      ":::",
      "1::2::3",
      "2001:db8::8:800:200C:417A:1:2:3",
      "12345::",
      "::g",
      "fe80::1%eth0",
      "[::1]",
      "::ffff:256.1.1.1",
      "192.0.2.1",
      "2001:db8::/32",
    ],
  },
  cidr: {
    good: ["192.0.2.0/24", "0.0.0.0/0", "10.0.0.1/32", "2001:db8::/32", "::/0", "::1/128"],
    bad: [
      "",
      "192.0.2.0",
      "192.0.2.0/33",
      "192.0.2.0/024",
      "192.0.2/24",
      "2001:db8::/129",
      "2001:db8::",
      "/24",
      "192.0.2.0/-1",
    ],
  },
  mac: {
    good: ["00:1a:2b:3c:4d:5e", "00:1A:2B:3C:4D:5E", "00-1a-2b-3c-4d-5e"],
    bad: [
      "",
      "00:1a:2b:3c:4d",
      "00:1a:2b:3c:4d:5g",
      "00:1a-2b:3c:4d:5e",
      "001a2b3c4d5e",
      "00:1A:2b:3c:4d:5e",
    ],
  },
  phone: {
    good: ["+14155552671", "+442071838750", "+551155256325", "+123456789012345"],
    bad: [
      "",
      "14155552671",
      "+04155552671",
      "+1 415 555 2671",
      "+1234567890123456",
      "+123456",
      "00442071838750",
      "+1415555267a",
    ],
  },
  iban: {
    good: [
      "GB29NWBK60161331926819",
      "DE89370400440532013000",
      "FR1420041010050500013M02606",
      "NL91 ABNA 0417 1643 00",
      "NO9386011117947",
      "MT84MALT011000012345MTLCAST001S",
      // Libya joined the registry in 2020: its check digits must do.
      "LY83002048000020100120361",
    ],
    bad: [
      "",
      "GB29NWBK60161331926818",
      "DE8937040044053201300",
      "gb29nwbk60161331926819",
      "NL91-ABNA-0417-1643-00",
      "NL91 ABNA 04171643 00",
      "XX82WEST12345698765432",
      "GB00NWBK60161331926819",
      "29GBNWBK60161331926819",
    ],
  },
  bic: {
    good: ["DEUTDEFF", "DEUTDEFF500", "NEDSZAJJXXX", "NCBVXKPR"],
    bad: ["", "DEUTDEF", "DEUTXXFF", "deutdeff", "DEUTDEFF50", "DEUTDEFF5000", "DEUT DEFF"],
  },
  creditCard: {
    good: [
      "4111111111111111",
      "4242 4242 4242 4242",
      "378282246310005",
      "5555-5555-5555-4444",
      "6011111111111117",
      "30569309025904",
    ],
    bad: [
      "",
      "4111111111111112",
      "4242  4242 4242 4242",
      "411111111111",
      "4111111111111111a",
      "5108",
      "41111111111111111111",
    ],
  },
  countryAlpha2: {
    good: ["FR", "US", "AX", "SS", "GB"],
    bad: ["", "fr", "UK", "EU", "XK", "FRA", "ZZ", " FR"],
  },
  countryAlpha3: { good: ["FRA", "USA", "SSD", "ALA"], bad: ["", "fra", "EUR", "FR", "ROM", "XXX", "FRAN"] },
  currency: {
    good: ["EUR", "USD", "JPY", "XAU", "CHF"],
    bad: ["", "eur", "EURO", "DEM", "FRF", "BTC", "ZZZ", "€"],
  },
};

describe.each(FORMAT_NAMES)("%s", (format) => {
  const { good, bad } = CASES[format];

  it("takes what the standard has", async () => {
    expect(await failingTexts([...good, null], hasFormat("x", format))).toEqual([]);
  });

  it("takes nothing else, whatever shape Arrow gives it", async () => {
    expect(await failingTexts([...bad, null], hasFormat("x", format))).toEqual(bad);
  });

  it("takes no text with something before it or behind it", async () => {
    const around = good.flatMap((text) => [` ${text}`, `${text} `, `${text}\n`, `\u0000${text}`]);
    expect(await failingTexts(around, hasFormat("x", format))).toEqual(around);
  });
});

describe("a UUID of one version", () => {
  const texts = [
    "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
    "919108f7-52d1-4320-9bac-f847db4148a8",
    "00000000-0000-0000-0000-000000000000",
  ];

  it("is of no other, nor nil", async () => {
    expect(await failingTexts(texts, hasFormat("x", "uuid", { version: 4 }))).toEqual([texts[0], texts[2]]);
  });

  it("is asked of nothing else", () => {
    expect(() => hasFormat("x", "email", { version: 4 })).toThrow(
      expect.objectContaining({
        name: "ConfigError",
        message: expect.stringContaining('takes version with "uuid"'),
      }),
    );
    expect(() => hasFormat("x", "uuid", { version: 9 as never })).toThrow(
      expect.objectContaining({ name: "ConfigError" }),
    );
  });
});

it("names the formats there are where one is misspelt", () => {
  expect(() => hasFormat("x", "emial" as never)).toThrow(
    expect.objectContaining({ name: "ConfigError", message: expect.stringContaining('"email"') }),
  );
});

it("is decided by the distinct values of a dictionary", async () => {
  for (const format of FORMAT_NAMES) {
    const column = {
      x: { type: "dictionary<int8, utf8>", values: [...CASES[format].good, ...CASES[format].good] },
    };
    expect((await outcomeOf(column, hasFormat("x", format))).evidence, format).toBe("dictionary");
  }
});

it("can be part of another rule, and says why a row broke it", async () => {
  const code = anyOf([hasFormat("x", "countryAlpha2"), oneOf("x", ["EU"])]);
  const outcome = await sameOutcome(columnOf("utf8", ["FR", "EU", "UK"]), code);
  expect(outcome.sample!.items.map(({ row }) => row)).toEqual([2]);
  expect(await failingTexts(["DEUTDEFF", "ada"], not(hasFormat("x", "bic")))).toEqual(["DEUTDEFF"]);
  const broken = await outcomeOf(columnOf("utf8", ["GB00"]), hasFormat("x", "iban"));
  expect(broken.sample!.items[0]!.reason).toBe("is no iban");
});

it("has every country in the list once in each of its codes", async () => {
  expect(COUNTRIES.size).toBe(249);
  const letters = Array.from({ length: 26 }, (_, i) => String.fromCharCode(65 + i));
  const codes = letters.flatMap((a) => letters.flatMap((b) => letters.map((c) => a + b + c)));
  const outcome = await outcomeOf(columnOf("utf8", codes), hasFormat("x", "countryAlpha3"));
  expect(outcome.counts!.judged - outcome.counts!.failed).toBe(249);
});

describe("the patterns behind formats", () => {
  const patterns = (test: Predicate): { source: string; flags: string }[] => {
    if (test.op === "and" || test.op === "or") return test.of.flatMap(patterns);
    return test.op === "matches"
      ? test.patterns.flatMap((one) => (typeof one === "string" ? [] : [one]))
      : [];
  };
  const all = FORMAT_NAMES.flatMap((format) => patterns(formatTest("x", format)));

  it("are translated to what runs in linear time, and mean the same there", () => {
    expect(all.length).toBeGreaterThanOrEqual(9);
    const texts = FORMAT_NAMES.flatMap((format) => [...CASES[format].good, ...CASES[format].bad]);
    const near = fc.tuple(
      fc.constantFrom(...texts),
      fc.nat(40),
      fc.constantFrom("", "0", "a", "Z", ":", ".", "-", "@"),
    );
    for (const { source, flags } of all) {
      const linear = RE2JS.compile(translateRegExp(source, flags));
      const wanted = new RegExp(source, flags);
      fc.assert(
        fc.property(near, ([text, at, put]) => {
          const changed = text.slice(0, at) + put + text.slice(at + 1);
          expect(linear.matcher(changed).find()).toBe(wanted.test(changed));
        }),
      );
    }
  });
});
