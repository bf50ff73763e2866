import fc from "fast-check";
import type { RunJson } from "../../src/results/run.js";

const FRAGMENTS = [
  "\u001b[31m",
  "\u001b]8;;http://evil.example\u0007",
  "\u009b2J",
  "\u202e",
  "\u2066",
  "\u200b",
  "\ufeff",
  "\u{e0041}",
  "\ud800",
  "\udc00",
  "\uffff",
  "\u0000",
  "\r\n",
  "\n\n# heading\n",
  "\t",
  "\u2028",
  "|",
  "\\|",
  "\\",
  "`",
  "```",
  "</code>",
  "</details>",
  "<script>alert(1)</script>",
  "<!--",
  "]]>",
  "&lt;",
  "&#124;",
  "[a](http://evil.example)",
  "![a](x)",
  "@everyone",
  "someone@example.com",
  "#123",
  "www.example.com",
  "https://example.com",
  "**",
  "_",
  "~~",
  "$x$",
  ":+1:",
  "漢字",
  "👩‍👩‍👧",
  "e\u0301\u0301\u0301",
  "__proto__",
  " ",
  "",
  "plain words",
];

/** Text that tries to break out of a medium. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 6 }).map((parts) => parts.join("")),
  },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 30 }) },
  { weight: 1, arbitrary: fc.constantFrom("x".repeat(700), "|".repeat(500), `a${"\u0301".repeat(900)}`) },
);

const cells = fc.dictionary(hostileText, fc.oneof(hostileText, fc.integer(), fc.constant(null)), {
  maxKeys: 9,
});
const row = fc.record(
  { row: fc.nat(), values: cells, keys: cells, reason: hostileText },
  { requiredKeys: ["row", "values"] },
);
const status = fc.constantFrom("pass", "warn", "fail", "error", "skipped");

const outcome = fc.record(
  {
    id: hostileText,
    type: hostileText,
    status,
    columns: fc.array(hostileText, { maxLength: 3 }),
    expected: hostileText,
    message: hostileText,
    description: hostileText,
    onFail: fc.constantFrom("fail", "quarantine"),
    observed: fc.oneof(
      hostileText,
      fc.array(hostileText, { maxLength: 4 }),
      fc.dictionary(hostileText, fc.oneof(hostileText, fc.array(fc.dictionary(hostileText, hostileText))), {
        maxKeys: 3,
        noNullPrototype: true,
      }),
    ),
    sample: fc.record({
      items: fc.array(row, { maxLength: 7 }),
      total: fc.integer({ min: 7, max: 99 }),
      truncated: fc.boolean(),
    }),
    error: fc.record({ code: hostileText, message: hostileText }),
  },
  { requiredKeys: ["id", "type", "status"] },
);

/** A run in which every text is hostile, at any level of detail. */
export const hostileRun: fc.Arbitrary<RunJson> = fc
  .record({
    name: hostileText,
    status: fc.constantFrom("pass", "warn", "fail", "error"),
    outcomes: fc.array(outcome, { maxLength: 40 }),
    reasons: fc.array(
      fc.record({
        kind: fc.constantFrom("emptyInput", "input"),
        status: fc.constantFrom("warn", "error"),
        message: hostileText,
      }),
      { maxLength: 2 },
    ),
    sets: fc.array(
      fc.record({
        rules: fc.array(hostileText, { minLength: 1, maxLength: 3 }),
        rows: fc.integer({ min: 1, max: 9 }),
      }),
    ),
    text: hostileText,
  })
  .map(({ name, status, outcomes, reasons, sets, text }) => {
    const count = (of: string) => outcomes.filter((each) => each.status === of).length;
    const made = {
      format: "veritable/run",
      version: 1,
      level: "sample",
      library: text,
      status,
      suite: { name, hash: text, description: text },
      reasons,
      summary: {
        expectations: outcomes.length,
        pass: count("pass"),
        warn: count("warn"),
        fail: count("fail"),
        error: count("error"),
        skipped: count("skipped"),
      },
      rows: 5,
      accepted: { rows: 3, file: text },
      quarantined: { rows: 2 },
      outcomes,
      cooccurrence: { sets, total: sets.length, truncated: false },
      startedAt: text,
      durationMs: 3,
      engine: text,
      source: { kind: "csv", path: text, notes: [text] },
    };
    return made as RunJson;
  });

/** Everything that steers a terminal or that no reader of plain text should meet; line feeds stand for themselves. */
export const STEERING =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not occur
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\u200b\ufeff\uffff]|[\u{e0000}-\u{e007f}]|\p{Cs}/u;
