import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderTerminal } from "../../src/report/index.js";
import { widthOf } from "../../src/report/width.js";
import { parseRun } from "../../src/results/index.js";
import { hostileRun, STEERING } from "./hostile.js";
import { manyOutcomes, ordersRun } from "./orders.js";

// biome-ignore lint/suspicious/noControlCharactersInRegex: the colours of the report itself
const COLOUR = /\u001b\[\d+m/g;

describe("renderTerminal", () => {
  it("shows the verdict, each outcome, what failed and why", () => {
    expect(`\n${renderTerminal(ordersRun, { color: false, width: 90 })}`).toBe(`
? ERROR  orders · 1,000 rows: 988 accepted, 12 quarantined · 41 ms

  ✗ quarantineBudget    1.2 % of rows are quarantined; at most 1 % may be
  ✓ notNull(id)         all 1,000 rows
  ! between(qty)        broken by 12 of 997 rows, 1.2 % (3 null); quarantined
      must hold  qty is between 1 and 100
        row  id      qty
         17  a-17    101
      1,999  a-2000   -5
      … 10 more
  ✗ meanBetween(price)  out of bounds: 17.25
      must hold  mean of price is between 9.5 and 12
      about      prices in euro
  ? oneOf(cuntry)       could not be evaluated: no column "cuntry"; did you mean
                        "country"?
      must hold  cuntry is one of ["FR", "US"]
      code       config/unknown-name
  - spread              skipped: no row met the condition

  broken together
    3 rows  between(qty) + matches(email)

  5 expectations: 1 pass, 1 warn, 1 fail, 1 error, 1 skipped
  read data/orders.parquet (parquet, 1.2 MB)
  wrote quarantined rows to out/bad.parquet
  decided by metadata 1, summary 1, rows 1
  arrow engine, veritable 0.1.0, 2025-01-02T03:04:05.678Z
`);
  });

  it("says the same in colour", () => {
    const coloured = renderTerminal(ordersRun, { color: true });
    expect(coloured.replace(COLOUR, "")).toBe(renderTerminal(ordersRun, { color: false }));
    expect(coloured).toContain("\u001b[31m✗\u001b[39m");
  });

  it("folds many passing outcomes by type, with their number, and lists the failing ones", () => {
    expect(`\n${renderTerminal(manyOutcomes(300, 2), { color: false, width: 70 })}`).toBe(`
✗ FAIL  orders · 1,000 rows: 988 accepted, 12 quarantined · 41 ms

  ✓ notNull            199 pass: column_2, column_4, column_5, column…
  ✓ between            99 pass: column_3, column_6, column_9, column_…
  ✗ between(column_0)  broken by 2 of 9 rows, 22.2 %
      must hold  column_0 holds
      row  column_0
        3         1
      … 1 more
  ✗ notNull(column_1)  broken by 2 of 9 rows, 22.2 %
      must hold  column_1 holds
      row  column_1
        3         1
      … 1 more

  300 expectations: 298 pass, 2 fail
  read data/orders.parquet (parquet, 1.2 MB)
  wrote quarantined rows to out/bad.parquet
  arrow engine, veritable 0.1.0, 2025-01-02T03:04:05.678Z
`);
  });

  it("gives the particulars of the first failing outcomes only, and says so", () => {
    const lines = renderTerminal(manyOutcomes(300, 280), { color: false }).split("\n");
    expect(lines.filter((line) => line.startsWith("  ✗ "))).toHaveLength(280);
    expect(lines.filter((line) => line.includes("must hold"))).toHaveLength(20);
    expect(lines).toContain("      260 more outcomes without particulars; the JSON result has them");
  });

  it("renders a run of the lowest level", () => {
    const { accepted: _, quarantined: __, cooccurrence: ___, ...rest } = ordersRun;
    const outcomes = rest.outcomes.map(({ id, type, status }) => ({ id, type, status }));
    const bare = parseRun({ ...rest, level: "status", outcomes, rows: null, reasons: [] });
    expect(`\n${renderTerminal(bare, { color: false })}`).toBe(`
? ERROR  orders · rows not counted · 41 ms

  ✓ notNull(id)
  ! between(qty)
  ✗ meanBetween(price)
  ? oneOf(cuntry)
  - spread

  5 expectations: 1 pass, 1 warn, 1 fail, 1 error, 1 skipped
  read data/orders.parquet (parquet, 1.2 MB)
  arrow engine, veritable 0.1.0, 2025-01-02T03:04:05.678Z
`);
  });

  it("cuts wide cells and leaves out columns that don't fit, and says how many", () => {
    const values = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`name_${i}`, "漢".repeat(30)]));
    const outcomes = [
      {
        id: "a",
        type: "a",
        status: "fail" as const,
        sample: { items: [{ row: 0, values, reason: "because" }], total: 1, truncated: false },
      },
    ];
    const text = renderTerminal({ ...ordersRun, outcomes, reasons: [] }, { color: false, width: 80 });
    const half = "漢".repeat(13);
    expect(text).toContain(`\n        0  ${half}…   ${half}…\n      … 8 more columns\n`);
  });

  it("is steered by nothing in the run, keeps every line within its width, and lists every loud outcome", () => {
    fc.assert(
      fc.property(hostileRun, fc.integer({ min: 40, max: 200 }), fc.boolean(), (run, width, color) => {
        const text = renderTerminal(run, { color, width }).replace(color ? COLOUR : "", "");
        expect(text).not.toMatch(STEERING);
        const lines = text.split("\n");
        for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width);
        const loud = [...run.outcomes, ...run.reasons].filter(({ status }) =>
          ["warn", "fail", "error"].includes(status),
        );
        expect(lines.filter((line) => /^ {2}[!✗?](?: |$)/.test(line))).toHaveLength(loud.length);
      }),
    );
  });
});
