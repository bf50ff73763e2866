import { DataType, type RecordBatch, Table } from "apache-arrow";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { make } from "../../src/expectations/unit/make.js";
import { unitOf } from "../../src/expectations/unit/registry.js";
import { identify, makeSuite } from "../../src/suite/suite.js";
import { anyBatching } from "../../src/testing/arbitraries.js";
import { checkSplit } from "../../src/testing/laws/splitLaws.js";
import { tableOf } from "../../src/testing/plainTable.js";
import { validate } from "../../src/validate/validate.js";
import { anyRows, anyRule, type Fate, levelBy, type Row, type Ruled } from "./oracle.js";

interface Case {
  readonly rows: readonly Row[];
  readonly rules: readonly Ruled[];
  readonly batches: readonly RecordBatch[];
  readonly table: Table;
}

const types = fc.record({
  k: fc.constantFrom(
    "int32",
    "int64",
    "uint8",
    "float64",
    "dictionary<int8, int32>",
    "dictionary<int32, int64>",
  ),
  s: fc.constantFrom("utf8", "large_utf8", "dictionary<int8, utf8>", "dictionary<uint16, large_utf8>"),
  f: fc.constantFrom("float64", "float32", "float16", "dictionary<int16, float64>"),
});

/** The rows as a table of one batch, its columns in some encoding. */
function wholeOf(rows: readonly Row[], { k, s, f }: { k: string; s: string; f: string }): RecordBatch {
  const texts = (value: number | null) =>
    value === null ? null : Object.is(value, -0) ? "-0" : String(value);
  return tableOf({
    k: { type: k, values: rows.map((row) => row.k) },
    s: { type: s, values: rows.map((row) => row.s) },
    f: { type: f, values: rows.map((row) => texts(row.f)) },
  }).batches[0]!;
}

const cases: fc.Arbitrary<Case> = fc
  .record({ rows: anyRows, rules: fc.array(anyRule, { minLength: 1, maxLength: 4 }), types })
  .chain(({ rows, rules, types }) => {
    const whole = wholeOf(rows, types);
    return anyBatching(whole).map((batches) => ({
      rows,
      rules,
      batches,
      table: new Table(whole.schema, [...batches]),
    }));
  });

function suiteOf(rules: readonly Ruled[]) {
  const made = rules.map(({ type, params, options }) => make(unitOf(type), params, options));
  return makeSuite("routed", made as never, { allowEmpty: true });
}

const countOf = (fates: readonly Fate[], of: Fate) => fates.filter((fate) => fate === of).length;

describe("every mix of rules, filters, duplicates and tolerances, in any encoding and batching", () => {
  it("counts and judges as the plain reading of each rule does", async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ rows, rules, table }) => {
        const run = await validate(table, suiteOf(rules), { sample: 100 });
        for (const [i, rule] of rules.entries()) {
          const fates = rule.fates(rows);
          const { counts, status, sample } = run.outcomes[i]!;
          expect(counts).toEqual({
            rows: rows.length,
            excluded: countOf(fates, "excluded"),
            ignored: 0,
            nan: countOf(fates, "nan"),
            nulls: countOf(fates, "null"),
            judged: countOf(fates, "pass") + countOf(fates, "fail"),
            failed: countOf(fates, "fail"),
          });
          expect(status).toBe(levelBy(rule, fates));
          const failing = fates.flatMap((fate, row) => (fate === "fail" ? [row] : []));
          expect(sample?.items.map(({ row }) => row) ?? []).toEqual(failing);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("moves exactly the rows that broke a quarantine rule, each with the rules it broke, in order", async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ rows, rules, table }) => {
        const suite = suiteOf(rules);
        const ids = identify(suite).map(({ id }) => id);
        const run = await validate(table, suite);
        const broken = rows.map((_, row) =>
          ids.filter(
            (_, i) => rules[i]!.options.onFail === "quarantine" && rules[i]!.fates(rows)[row] === "fail",
          ),
        );
        const wanted = broken.flatMap((of, row) => (of.length > 0 ? [{ row, rules: of }] : []));
        const moved = await run.quarantined.table();
        const seen = Array.from({ length: moved.numRows }, (_, i) => ({
          row: Number(moved.getChild("_row")?.get(i)),
          rules: Array.from(moved.getChild("_rules")!.get(i) as Iterable<string>),
        }));
        expect(seen).toEqual(wanted);
        expect([run.accepted.rows, run.quarantined.rows]).toEqual([
          rows.length - wanted.length,
          wanted.length,
        ]);
      }),
      { numRuns: 200 },
    );
  });

  it("splits batches that come one by one, kept in memory, in the same way", async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ batches, table, rules }) => {
        fc.pre(batches.length > 0);
        const suite = suiteOf(rules);
        const [run, again] = [
          await validate(table, suite),
          await validate(batches, suite, { keep: "memory" }),
        ];
        expect(again.outcomes).toEqual(run.outcomes);
        const texts = async (of: typeof run) => [
          (await of.accepted.table()).toString(),
          (await of.quarantined.table()).toString(),
        ];
        expect(await texts(again)).toEqual(await texts(run));
      }),
      { numRuns: 50 },
    );
  });
});

describe("a quarantined row keeps its own types and values", () => {
  it("whatever the columns hold that no rule looks at", async () => {
    const { anyTable } = await import("../../src/testing/arbitraries.js");
    await fc.assert(
      fc.asyncProperty(anyTable({ maxColumns: 6 }), async (table) => {
        const column = [table.schema.fields[0]!.name];
        const suite = makeSuite("s", [make(unitOf("notNull"), { column }, { onFail: "quarantine" })], {
          allowEmpty: true,
        });
        await checkSplit(table, suite, { quarantineColumns: { row: "(row)", rules: "(rules)" } });
        const run = await validate(table, suite, { quarantineColumns: { row: "(row)", rules: "(rules)" } });
        const { fields } = (await run.quarantined.table()).schema;
        expect(fields.slice(0, -2).map(({ name, type }) => [name, `${type}`])).toEqual(
          table.schema.fields.map(({ name, type }) => [name, `${type}`]),
        );
        expect(DataType.isInt(fields.at(-2)!.type) && fields.at(-2)!.type.bitWidth).toBe(64);
        expect(`${fields.at(-1)!.type}`).toBe("List<Utf8>");
      }),
      { numRuns: 150 },
    );
  });
});
