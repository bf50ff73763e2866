// What draws nothing, moves the cursor, or turns the text around it: controls (ESC, C0, C1), format characters (bidi
// among them), line separators, lone surrogates, noncharacters. Joiners and variation selectors stay: Persian, Hindi
// and emoji are written with them.
const UNSEEN =
  /(?!\u200c|\u200d|[\ufe00-\ufe0f])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu;

const SHORT: ReadonlyMap<string, string> = new Map([
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
]);

/**
 * Text of one line that a terminal can't be steered with: every character that isn't seen is spelled out, as `\n` or
 * `\u{202e}`.
 */
export function visibleText(text: string): string {
  return text.replace(UNSEEN, (found) => SHORT.get(found) ?? `\\u{${found.codePointAt(0)!.toString(16)}}`);
}

// An entity is never structure in CommonMark, so that one form is safe in a paragraph, a heading and a table cell.
function entities(text: string, pattern: RegExp): string {
  return text.replace(pattern, (found) => `&#${found.charCodeAt(0)};`);
}

const STRUCTURE = /[&<>`|\\*_~[\]$]/g;
const PUNCTUATION = /[!-/:-@[-`{-~]/g;

/** Text for HTML inside Markdown, in a fixed-width face. */
export function htmlCode(text: string): string {
  return `<code>${entities(visibleText(text), PUNCTUATION)}</code>`;
}

/** Text for Markdown in a fixed-width face: one line, one table cell, no HTML, and nothing in it is a link. */
export function markdownCode(text: string): string {
  const seen = visibleText(text);
  // In a code span a backtick ends the span, a pipe may end the cell whatever stands before it, and spaces alone aren't code.
  return /[`|\\]|^\s*$/.test(seen) ? htmlCode(seen) : `\`${seen}\``;
}

// What forges turn into a notification, a reference, a picture or a link of their own; code they leave alone.
const LINKED = /[@#]|:\/\/|www\.|:[\w+-]+:|\bGH-\d|\b[0-9a-f]{7,40}\b/i;

/** Text for Markdown, never at the start of a line: one line, one table cell, no HTML, and it links or notifies nothing. */
export function markdownText(text: string): string {
  const seen = visibleText(text);
  return LINKED.test(seen) ? markdownCode(seen) : entities(seen, STRUCTURE);
}

const XML: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  ["'", "&apos;"],
]);

/** Text for an XML 1.0 element or attribute: what XML forbids is spelled out, so that every reader takes the file. */
export function xmlText(text: string): string {
  return visibleText(text).replace(/[&<>"']/g, (found) => XML.get(found)!);
}
