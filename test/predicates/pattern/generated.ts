import fc from "fast-check";

/** Characters that fold, that are white space or line terminators to some, or that take up to four bytes. */
const CHARS = [
  ...[
    "a",
    "b",
    "k",
    "K",
    "\u212a",
    "s",
    "S",
    "\u017f",
    "\u00df",
    "\u1e9e",
    "\u03c3",
    "\u03c2",
    "\u03a3",
    "\u00b5",
    "\u03bc",
  ],
  ...[
    "i",
    "I",
    "\u0130",
    "\u0131",
    "\u0345",
    "\u03b9",
    "\u1fbe",
    "\u0390",
    "\u1fd3",
    "\u00e9",
    "\u00c9",
    "\u01c5",
    "\u01c6",
  ],
  ...[
    "1",
    "9",
    "\u0663",
    "_",
    "-",
    "@",
    "]",
    "}",
    "{",
    " ",
    "\u00a0",
    "\u2003",
    "\ufeff",
    "\u0085",
    "\u001c",
    "\0",
  ],
  ...[
    "\n",
    "\r",
    "\u2028",
    "\u2029",
    "\u{1f600}",
    "\u{10400}",
    "\u{10428}",
    "\ufffd",
    "\uffff",
    "\u{10ffff}",
    "\u4e2d",
  ],
];

/** One character of the generated texts and patterns. */
export const anyChar: fc.Arbitrary<string> = fc.constantFrom(...CHARS);

/** Well-formed text, often empty or short. */
export const anyText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(anyChar, fc.constantFrom("a", "b", "k", "\n"), fc.string({ unit: "binary", maxLength: 1 })),
    {
      maxLength: 12,
    },
  )
  .map((chars) => chars.join(""));

const escaped = (char: string) => (/[\^$\\.*+?()[\]{}|/]/.test(char) ? `\\${char}` : char);
const inBrackets = (char: string) => (/[\^$\\.*+?()[\]{}|/-]/.test(char) ? `\\${char}` : char);

/** The pieces from which the sources of one syntax are put together. */
export interface Pieces {
  /** Atoms that match one character. */
  readonly chars: readonly string[];
  /** Members of brackets, apart from characters and ranges. */
  readonly members: readonly string[];
  readonly assertions: readonly string[];
  /** Openings of groups. */
  readonly openings: readonly string[];
  /** Whether an assertion may be repeated. */
  readonly repeatsAssertions: boolean;
}

/** Sources of patterns made from `pieces`. */
export function anySource(pieces: Pieces): fc.Arbitrary<string> {
  const literal = anyChar.map(escaped);
  const member = fc.oneof(
    { weight: 3, arbitrary: anyChar.map(inBrackets) },
    { weight: 2, arbitrary: fc.constantFrom(...pieces.members) },
    {
      weight: 1,
      arbitrary: fc.tuple(anyChar, anyChar).map(([a, b]) => {
        const [lo, hi] = a.codePointAt(0)! <= b.codePointAt(0)! ? [a, b] : [b, a];
        return `${inBrackets(lo)}-${inBrackets(hi)}`;
      }),
    },
  );
  const brackets = fc
    .tuple(fc.boolean(), fc.array(member, { minLength: 1, maxLength: 4 }))
    .map(([negated, members]) => `[${negated ? "^" : ""}${members.join("")}]`);
  const quantifier = fc
    .tuple(fc.constantFrom("*", "+", "?", "{2}", "{0}", "{1,}", "{0,2}", "{1,3}"), fc.constantFrom("", "?"))
    .map((parts) => parts.join(""));
  const { source } = fc.letrec<{ source: string; atom: string; piece: string }>((tie) => ({
    atom: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      { weight: 6, arbitrary: literal },
      { weight: 4, arbitrary: fc.constantFrom(...pieces.chars) },
      { weight: 3, arbitrary: brackets },
      {
        weight: 3,
        arbitrary: fc
          .tuple(fc.constantFrom(...pieces.openings), tie("source"))
          .map(([open, body]) => `${open}${body})`),
      },
    ),
    piece: fc.oneof(
      { weight: 5, arbitrary: tie("atom") },
      { weight: 3, arbitrary: fc.tuple(tie("atom"), quantifier).map((parts) => parts.join("")) },
      {
        weight: 2,
        arbitrary: pieces.repeatsAssertions
          ? fc
              .tuple(fc.constantFrom(...pieces.assertions), fc.oneof(fc.constant(""), quantifier))
              .map((parts) => parts.join(""))
          : fc.constantFrom(...pieces.assertions),
      },
    ),
    source: fc
      .array(
        fc.array(tie("piece"), { maxLength: 4 }).map((parts) => parts.join("")),
        { minLength: 1, maxLength: 3 },
      )
      .map((options) => options.join("|")),
  }));
  return source;
}

/** Flags among `known`, in that order. */
export function anyFlags(known: string): fc.Arbitrary<string> {
  return fc.subarray([...known]).map((flags) => flags.join(""));
}
