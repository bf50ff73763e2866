import fc from "fast-check";
import { Marked, type Token, type Tokens } from "marked";
import { describe, expect, it } from "vitest";
import { visibleText } from "../../src/report/escape.js";
import { renderMarkdown } from "../../src/report/index.js";
import { hostileRun, STEERING } from "./hostile.js";
import { manyOutcomes, ordersRun } from "./orders.js";

const marked = new Marked();

function tokensOf(markdown: string): Token[] {
  const found: Token[] = [];
  marked.walkTokens(marked.lexer(markdown), (token) => {
    found.push(token);
  });
  return found;
}

describe("renderMarkdown", () => {
  it("shows what is wrong first, and folds the rest away", () => {
    expect(`\n${renderMarkdown(ordersRun)}`).toBe(`
### ❓ error: \`orders\`

1,000 rows: 988 accepted, 12 quarantined · 5 expectations: 1 pass, 1 warn, 1 fail, 1 error, 1 skipped · 41 ms

- ❌ **quarantineBudget**: 1.2 % of rows are quarantined; at most 1 % may be

|  | expectation | must hold | found |
| --- | --- | --- | --- |
| ⚠️ | \`between(qty)\` | qty is between 1 and 100 | broken by 12 of 997 rows, 1.2 % (3 null); quarantined |
| ❌ | \`meanBetween(price)\` | mean of price is between 9.5 and 12 | out of bounds: 17.25 |
| ❓ | \`oneOf(cuntry)\` | cuntry is one of &#91;"FR", "US"&#93; | could not be evaluated: no column "cuntry"; did you mean "country"? |

Broken together:

- 3 rows: \`between(qty)\` + \`matches(email)\`

<details><summary>Rows that break <code>between&#40;qty&#41;</code></summary>

| row | id | qty |
| --- | --- | --- |
| \`17\` | \`a-17\` | \`101\` |
| \`1,999\` | \`a-2000\` | \`-5\` |

… 10 more

</details>

<details><summary>1 pass, 1 skipped</summary>

|  | expectation | found |
| --- | --- | --- |
| ✅ | \`notNull(id)\` | all 1,000 rows |
| ➖ | \`spread\` | skipped: no row met the condition |

</details>

Read data/orders.parquet (parquet, 1.2 MB); decided by metadata 1, summary 1, rows 1. Wrote quarantined rows to out/bad.parquet. arrow engine, veritable 0.1.0, \`2025-01-02T03:04:05.678Z\`.
`);
  });

  it("folds many passing outcomes by type, with their number", () => {
    const text = renderMarkdown(manyOutcomes(300, 1));
    expect(text).toContain("<details><summary>299 pass</summary>");
    expect(text).toContain("| ✅ | `notNull` | 200: column&#95;1, column&#95;2, column&#95;4");
  });

  it("stays within what a comment may hold, and counts what it leaves out", () => {
    const text = renderMarkdown(manyOutcomes(4000, 4000));
    expect(text.length).toBeLessThanOrEqual(60_000);
    const left = Number(/… ([\d,]+) more outcomes/.exec(text)?.[1]?.replace(",", ""));
    const listed = text.split("\n").filter((line) => line.startsWith("| ❌ |")).length;
    expect(listed + left).toBe(4000);
    expect(listed).toBeGreaterThan(100);
  });

  it("keeps its shape whatever the run holds: tables their columns, no HTML but ours, no link, no picture", () => {
    fc.assert(
      fc.property(hostileRun, (run) => {
        const text = renderMarkdown(run);
        expect(text).not.toMatch(STEERING);
        const tokens = tokensOf(text);
        const types = new Set(tokens.map(({ type }) => type));
        for (const type of ["link", "image", "em", "del", "code", "hr", "checkbox"]) {
          expect(types).not.toContain(type);
        }
        for (const { raw } of tokens.filter(({ type }) => type === "html")) {
          expect(raw.trim()).toMatch(
            /^(?:<\/?code>|<\/details>|<details><summary>(?:Rows that break <code>[^<>]*<\/code>|[\d\w, ]+)<\/summary>)$/,
          );
        }
        const tables = tokens.filter((token): token is Tokens.Table => token.type === "table");
        for (const table of tables) {
          // A pipe from the data would be one more here, in whatever way a parser counts its escapes.
          for (const line of table.raw.trim().split("\n")) {
            expect(line.split("|")).toHaveLength(table.header.length + 2);
          }
        }
        const loud = run.outcomes.filter(({ status }) => status !== "pass" && status !== "skipped");
        const main = tables.find(({ header }) => header.length === 4 && header[2]?.text === "must hold");
        expect(main?.rows.length ?? 0).toBe(loud.length);
      }),
    );
  });

  it("shows a name as it is, but for what can't be seen", () => {
    const id = "a|b `c` *d*\n<e>";
    const text = renderMarkdown({ ...ordersRun, outcomes: [{ id, type: "t", status: "fail" }] });
    const [table] = tokensOf(text).filter((token): token is Tokens.Table => token.type === "table");
    const html = marked.parser([table!]) as string;
    const cell = /<code>(.*?)<\/code>/.exec(html)?.[1] ?? "";
    expect(cell.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))).toBe(visibleText(id));
  });
});
