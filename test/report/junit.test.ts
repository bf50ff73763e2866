import fc from "fast-check";
import { SaxesParser } from "saxes";
import { describe, expect, it } from "vitest";
import { visibleText } from "../../src/report/escape.js";
import { renderJUnit } from "../../src/report/index.js";
import { hostileRun } from "./hostile.js";
import { ordersRun } from "./orders.js";

interface Element {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly path: string;
}

/** Reads XML strictly; throws for anything that isn't well formed. */
function elementsOf(xml: string): Element[] {
  const elements: Element[] = [];
  const open: string[] = [];
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    open.push(name);
    elements.push({ name, attributes: { ...attributes }, path: open.join("/") });
  });
  parser.on("closetag", () => open.pop());
  parser.write(xml).close();
  return elements;
}

describe("renderJUnit", () => {
  it("writes one case an outcome and one a reason", () => {
    expect(`\n${renderJUnit(ordersRun)}`).toBe(`
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="veritable" tests="6" failures="2" errors="1" skipped="1" time="0.041">
  <testsuite name="orders" tests="6" failures="2" errors="1" skipped="1" time="0.041" timestamp="2025-01-02T03:04:05">
    <properties>
      <property name="status" value="error"/>
      <property name="rows" value="1,000 rows: 988 accepted, 12 quarantined"/>
      <property name="expectations" value="5 expectations: 1 pass, 1 warn, 1 fail, 1 error, 1 skipped"/>
      <property name="source" value="data/orders.parquet (parquet, 1.2 MB)"/>
      <property name="evidence" value="metadata 1, summary 1, rows 1"/>
      <property name="suiteHash" value="00ff"/>
      <property name="veritable" value="0.1.0"/>
    </properties>
    <testcase classname="orders.run" name="quarantineBudget" time="0">
      <failure type="fail" message="1.2 % of rows are quarantined; at most 1 % may be">1.2 % of rows are quarantined; at most 1 % may be</failure>
    </testcase>
    <testcase classname="orders.notNull" name="notNull(id)" time="0"/>
    <testcase classname="orders.between" name="between(qty)" time="0">
      <system-out>warning
must hold: qty is between 1 and 100
found: broken by 12 of 997 rows, 1.2 % (3 null); quarantined

row | id | qty
17 | a-17 | 101
1,999 | a-2000 | -5
… 10 more</system-out>
    </testcase>
    <testcase classname="orders.meanBetween" name="meanBetween(price)" time="0">
      <failure type="fail" message="out of bounds: 17.25">must hold: mean of price is between 9.5 and 12
about: prices in euro
found: out of bounds: 17.25</failure>
    </testcase>
    <testcase classname="orders.oneOf" name="oneOf(cuntry)" time="0">
      <error type="error" message="could not be evaluated: no column &quot;cuntry&quot;; did you mean &quot;country&quot;?">must hold: cuntry is one of [&quot;FR&quot;, &quot;US&quot;]
found: could not be evaluated: no column &quot;cuntry&quot;; did you mean &quot;country&quot;?
code: config/unknown-name</error>
    </testcase>
    <testcase classname="orders.stdevBetween" name="spread" time="0">
      <skipped message="skipped: no row met the condition"/>
    </testcase>
  </testsuite>
</testsuites>
`);
  });

  it("stops no build for an error that the suite lets warn", () => {
    const elements = elementsOf(renderJUnit({ ...ordersRun, status: "warn", reasons: [] }));
    expect(elements.filter(({ name }) => name === "error")).toEqual([]);
    expect(elements.find(({ name }) => name === "testsuite")?.attributes).toMatchObject({
      errors: "0",
      skipped: "2",
    });
  });

  it("is well-formed XML whose cases and counts are the run's, whatever the run holds", () => {
    fc.assert(
      fc.property(hostileRun, (run) => {
        const elements = elementsOf(renderJUnit(run));
        const cases = elements.filter(({ name }) => name === "testcase");
        const names = [...run.reasons.map(({ kind }) => kind as string), ...run.outcomes.map(({ id }) => id)];
        expect(cases).toHaveLength(names.length);
        for (const [nth, name] of names.entries()) {
          if (name.length < 500) expect(cases[nth]?.attributes.name).toBe(visibleText(name));
        }
        const suite = elements.find(({ name }) => name === "testsuite")!.attributes;
        const count = (name: string) => elements.filter((element) => element.name === name).length;
        expect(suite).toMatchObject({
          tests: `${names.length}`,
          failures: `${count("failure")}`,
          errors: `${count("error")}`,
          skipped: `${count("skipped")}`,
        });
        const leaf =
          /^testsuites\/testsuite\/(?:properties(?:\/property)?|testcase(?:\/(?:failure|error|skipped|system-out))?)$/;
        for (const { path } of elements.slice(2)) expect(path).toMatch(leaf);
      }),
    );
  });
});
