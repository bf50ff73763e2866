import { ANY, type CharSet, complement } from "./charSet.js";
import type { EscapedClass } from "./dialect.js";
import { setOf } from "./re2Sets.js";
import type { Scanner } from "./scanner.js";

const CATEGORIES = new Map(
  `C Other|Cc Control cntrl|Cf Format|Cn Unassigned|Co Private_Use|Cs Surrogate
  |L Letter|LC Cased_Letter|Ll Lowercase_Letter|Lm Modifier_Letter|Lo Other_Letter|Lt Titlecase_Letter
  |Lu Uppercase_Letter|M Mark Combining_Mark|Mc Spacing_Mark|Me Enclosing_Mark|Mn Nonspacing_Mark|N Number
  |Nd Decimal_Number digit|Nl Letter_Number|No Other_Number|P Punctuation punct|Pc Connector_Punctuation
  |Pd Dash_Punctuation|Pe Close_Punctuation|Pf Final_Punctuation|Pi Initial_Punctuation|Po Other_Punctuation
  |Ps Open_Punctuation|S Symbol|Sc Currency_Symbol|Sk Modifier_Symbol|Sm Math_Symbol|So Other_Symbol
  |Z Separator|Zl Line_Separator|Zp Paragraph_Separator|Zs Space_Separator`
    .split("|")
    .flatMap((line) => {
      const [short, ...long] = line.trim().split(" ");
      return [short!, ...long].map((name) => [name, short!] as const);
    }),
);

const ASCII: CharSet = [0x00, 0x7f];

/** Reads JavaScript's `\p{...}` after its "p" (or "P", when `negated`), unfolded. Throws a ConfigError for what RE2 lacks. */
export function readProperty(scan: Scanner, negated: boolean): EscapedClass {
  const offset = scan.offset - 2;
  const found = scan.match(/\{(?:(\w+)=)?(\w+)\}/y);
  if (found === undefined) scan.fail("a property escape needs a name in braces", offset);
  const written = `\\p${found[0]}`;
  if (!isJavaScriptProperty(written)) scan.fail(`there is no Unicode property ${written}`, offset);
  const [, key, value] = found;
  const name = re2Name(key, value!);
  if (name === undefined) {
    scan.fail(
      `RE2 has no ${written}: it knows general categories and scripts by their long names (\\p{Script=Greek})`,
      offset,
    );
  }
  if (name === "Any" || name === "ASCII") {
    const set = name === "Any" ? ANY : ASCII;
    return { kind: "class", set: negated ? complement(set) : set };
  }
  const spelling = `\\${negated ? "P" : "p"}{${name}}`;
  return { kind: "class", set: setOf(spelling), spelling, member: spelling };
}

function re2Name(key: string | undefined, value: string): string | undefined {
  if (key === undefined && (value === "Any" || value === "ASCII")) return value;
  if (key === undefined || key === "gc" || key === "General_Category") return CATEGORIES.get(value);
  if (key === "sc" || key === "Script") return isRe2Property(value) ? value : undefined;
  return undefined;
}

function isRe2Property(name: string): boolean {
  try {
    setOf(`\\p{${name}}`);
    return true;
  } catch {
    return false;
  }
}

function isJavaScriptProperty(written: string): boolean {
  try {
    new RegExp(written, "u");
    return true;
  } catch {
    return false;
  }
}
