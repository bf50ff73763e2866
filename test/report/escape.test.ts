import fc from "fast-check";
import { Marked } from "marked";
import { describe, expect, it } from "vitest";
import { htmlCode, markdownCode, markdownText, visibleText, xmlText } from "../../src/report/escape.js";
import { hostileText, STEERING } from "./hostile.js";

const NAMED: Record<string, string> = { quot: '"', lt: "<", gt: ">", amp: "&" };

/** The text a reader sees of rendered HTML. */
function seenText(html: string): string {
  return html
    .replace(/<[^>]*>/g, "")
    .replace(/&(?:#(\d+)|(\w+));/g, (_, code, name) => NAMED[name] ?? String.fromCharCode(Number(code)));
}

describe("visibleText", () => {
  it.each([
    ["\u001b[2J", "\\u{1b}[2J"],
    ["\u009b31m", "\\u{9b}31m"],
    ["a\r\n\tb", "a\\r\\n\\tb"],
    ["\u202eabc\u2069", "\\u{202e}abc\\u{2069}"],
    ["\ud800x", "\\u{d800}x"],
    ["\u{e0041}", "\\u{e0041}"],
    ["a\u00adb\u200bc", "a\\u{ad}b\\u{200b}c"],
    ["é 漢字 👩‍👩‍👧 ❤️ نمی‌خواهم", "é 漢字 👩‍👩‍👧 ❤️ نمی‌خواهم"],
  ])("spells out what isn't seen, and nothing else: %j", (text, seen) => {
    expect(visibleText(text)).toBe(seen);
  });

  it("leaves nothing that steers a terminal, and leaves its own result alone", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const seen = visibleText(text);
        expect(seen).not.toMatch(STEERING);
        expect(seen).not.toContain("\n");
        expect(visibleText(seen)).toBe(seen);
      }),
    );
  });
});

describe("Markdown", () => {
  const marked = new Marked();

  it("reads as it was written, in a table cell, whatever it is made of", () => {
    fc.assert(
      fc.property(hostileText, fc.constantFrom(markdownText, markdownCode), (text, escaped) => {
        const source = `| a | b |\n| --- | --- |\n| x | ${escaped(text)} |\n`;
        const [table, ...rest] = marked.lexer(source);
        expect(rest).toEqual([]);
        if (table?.type !== "table") throw new Error(`not a table: ${table?.type}`);
        expect(table.rows).toHaveLength(1);
        const html = marked.parser([table]) as string;
        const cell = /<td>x<\/td>\s*<td>(.*)<\/td>/s.exec(html)?.[1] ?? "no cell";
        expect(cell.replace(/<\/?(?:code|td)>/g, "")).not.toMatch(/[<>]/);
        expect(seenText(cell).trim()).toBe(visibleText(text).trim());
      }),
    );
  });

  it.each([
    "@octocat",
    "see #12",
    "https://evil.example",
    "www.evil.example",
    "a@b.example",
    ":tada:",
    "GH-7",
    "0123abc",
  ])("puts what a forge would link into code: %s", (text) => {
    expect(markdownText(text)).toBe(`\`${text}\``);
  });

  it("leaves plain sentences as they are", () => {
    const text = "broken by 12 of 1,000 rows, 1.2 % (3 null); quarantined";
    expect(markdownText(text)).toBe(text);
  });

  it("makes text for HTML that holds no tag and no quote", () => {
    expect(htmlCode('</code><b a="1">')).toBe(
      "<code>&#60;&#47;code&#62;&#60;b a&#61;&#34;1&#34;&#62;</code>",
    );
  });
});

describe("xmlText", () => {
  it("spells out what XML 1.0 forbids, and escapes the rest", () => {
    expect(xmlText("a\u0000b ]]> \"c\" 'd' & \ud800")).toBe(
      "a\\u{0}b ]]&gt; &quot;c&quot; &apos;d&apos; &amp; \\u{d800}",
    );
  });
});
