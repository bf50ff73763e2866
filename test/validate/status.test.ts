import type { RecordBatch } from "apache-arrow";
import { describe, expect, it } from "vitest";
import {
  between,
  type Expectation,
  InputError,
  meanBetween,
  notNull,
  percent,
  rowCount,
  type SuitePolicy,
  satisfies,
  schema,
  ValidationError,
  validate,
} from "../../src/entries/index.js";
import { makeSuite } from "../../src/suite/suite.js";
import { tableOf } from "../../src/testing/plainTable.js";

const ids = (values: (number | null)[]) => tableOf({ id: { type: "int32", values } });
const good = ids([1, 2, 3, 4]);
const none = ids([]);
const of = (expectations: Expectation[], policy: SuitePolicy = {}) => makeSuite("s", expectations, policy);

const passes = notNull("id");
const warns = between("id", { max: 3 }, { onFail: "warn" });
const fails = between("id", { max: 2 });
const errs = notNull("idd");
const skips = meanBetween("id", { min: 0 }, { when: { id: { gt: 99 } } });

describe("the status of a run", () => {
  it.each<[name: string, expectations: Expectation[], policy: SuitePolicy, status: string]>([
    ["pass", [passes], {}, "pass"],
    ["skipped doesn't count", [passes, skips], {}, "pass"],
    ["warn over pass", [passes, warns], {}, "warn"],
    ["fail over warn", [warns, fails, passes], {}, "fail"],
    ["error over fail", [fails, errs], {}, "error"],
    ["error over pass", [passes, errs], {}, "error"],
    ["an error lowered", [passes, errs], { onError: "warn" }, "warn"],
    ["fail over an error that was lowered", [fails, errs], { onError: "warn" }, "fail"],
    ["nothing but an error that was lowered", [errs], { onError: "warn" }, "warn"],
  ])("%s", async (_, expectations, policy, status) => {
    const run = await validate(good, of(expectations, policy));
    expect([run.status, run.reasons]).toEqual([status, []]);
    expect(run.toJSON().status).toBe(status);
  });

  it("keeps an outcome's own status when its error is lowered", async () => {
    const run = await validate(good, of([errs], { onError: "warn" }));
    expect(run.outcomes[0]).toMatchObject({ status: "error", error: { code: "config/unknown-name" } });
    expect(run.toJSON().summary).toMatchObject({ error: 1, pass: 0 });
  });
});

describe("reasons beyond an outcome", () => {
  const kinds = ({ reasons }: { reasons: readonly { kind: string; status: string }[] }) =>
    reasons.map(({ kind, status }) => [kind, status]);

  it("emptyInput: a table of no rows fails, unless the suite allows it", async () => {
    const run = await validate(none, of([passes]));
    expect([run.status, kinds(run)]).toEqual(["fail", [["emptyInput", "fail"]]]);
    expect(run.outcomes[0]).toMatchObject({ status: "pass", message: "no row to judge" });
    expect(() => run.orThrow()).toThrow(/emptyInput: the source has no rows/);
    expect((await validate(none, of([passes], { allowEmpty: true }))).status).toBe("pass");
  });

  it("emptyInput: so does one without any batch, and an iterable of empty batches", async () => {
    const batch = good.batches[0]!.slice(0, 0);
    for (const source of [none, [batch, batch]]) {
      expect(kinds(await validate(source, of([passes])))).toEqual([["emptyInput", "fail"]]);
    }
  });

  it("an empty column with rows is no empty input", async () => {
    expect((await validate(ids([null, null]), of([between("id", { min: 0 })]))).status).toBe("pass");
  });

  it.each<[values: number[], failAbove: number, status: string]>([
    [[1, 1, 1, 9], 25, "warn"],
    [[1, 1, 1, 9], 24.999, "fail"],
    [[1, 9, 9, 9], 75, "warn"],
    [[9, 9], 100, "warn"],
    [[1, 1], 1, "pass"],
  ])("quarantineBudget: of %j, %d %% may be moved", async (values, failAbove, status) => {
    const suite = of([between("id", { max: 5 }, { onFail: "quarantine" })], {
      quarantine: { failAbove: percent(failAbove) },
    });
    const run = await validate(ids(values), suite);
    expect(run.status).toBe(status);
    expect(kinds(run)).toEqual(status === "fail" ? [["quarantineBudget", "fail"]] : []);
    // The budget is judged at the end: every row was routed.
    expect(run.quarantined.rows).toBe(values.filter((value) => value > 5).length);
    expect((await run.accepted.table()).numRows).toBe(values.filter((value) => value <= 5).length);
  });

  it("quarantineBudget: a row that broke several rules is one row", async () => {
    const rules = [
      between("id", { max: 5 }, { onFail: "quarantine" }),
      between("id", { max: 4 }, { onFail: "quarantine" }),
    ];
    const run = await validate(ids([1, 1, 1, 9]), of(rules, { quarantine: { failAbove: percent(25) } }));
    expect(run.status).toBe("warn");
  });

  it("nothingEvaluated: a suite of nothing, or of nothing that was asked, is an error", async () => {
    for (const expectations of [[], [skips], [skips, skips]]) {
      const run = await validate(good, of(expectations));
      expect([run.status, kinds(run)]).toEqual(["error", [["nothingEvaluated", "error"]]]);
      expect(() => run.orThrow()).toThrow(ValidationError);
    }
  });

  it("nothingEvaluated is not lowered by onError", async () => {
    expect((await validate(good, of([skips], { onError: "warn" }))).status).toBe("error");
  });

  it("input: a source that ends midway is an error, of every expectation", async () => {
    async function* breaking(): AsyncGenerator<RecordBatch> {
      yield good.batches[0]!;
      throw new Error("the connection is gone");
    }
    const run = await validate(breaking(), of([passes, rowCount({ min: 1 }), fails]));
    expect([run.status, kinds(run)]).toEqual(["error", [["input", "error"]]]);
    expect(run.reasons[0]!.message).toContain("the connection is gone");
    expect(run.outcomes.map(({ status }) => status)).toEqual(["error", "error", "error"]);
    expect([run.rows, run.accepted.rows, run.quarantined.rows]).toEqual([undefined, 0, 0]);
    expect(run.toJSON()).toMatchObject({ rows: null, status: "error" });
    await expect(run.accepted.table()).rejects.toThrow(/the connection is gone/);
    await expect(run.quarantined.table()).rejects.toThrow(/the connection is gone/);
    expect(() => run.orThrow()).toThrow(/input: .*the connection is gone/);
  });

  it("input: neither is a source that is something else midway", async () => {
    const other = tableOf({ id: { type: "utf8", values: ["a"] } });
    for (const second of [other.batches[0]!, "no batch"]) {
      const run = await validate([good.batches[0]!, second] as RecordBatch[], of([passes]));
      expect([run.status, kinds(run)]).toEqual(["error", [["input", "error"]]]);
    }
  });

  it("input is not lowered by onError", async () => {
    const sources = [good.batches[0]!, "no batch"] as RecordBatch[];
    expect((await validate(sources, of([passes], { onError: "warn" }))).status).toBe("error");
  });

  it("a source that can't be opened at all is thrown", async () => {
    await expect(validate([] as RecordBatch[], of([passes]))).rejects.toThrow(InputError);
    await expect(validate("test/validate/no-such.parquet", of([passes]))).rejects.toThrow(InputError);
    await expect(validate({} as never, of([passes]))).rejects.toThrow(InputError);
  });
});

describe("orThrow", () => {
  it("gives the run back on pass and warn", async () => {
    for (const expectation of [passes, warns]) {
      const run = await validate(good, of([expectation]));
      expect(run.orThrow()).toBe(run);
    }
  });

  it("names what failed and what could not be evaluated, ten at most, and holds the run", async () => {
    const run = await validate(good, of([passes, fails, errs, schema({ id: "utf8" })]));
    try {
      run.orThrow();
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(ValidationError);
      expect(error).toMatchObject({ code: "validation/failed", run });
      const { message } = error as Error;
      expect(message).toContain('suite "s": error');
      expect(message).toContain('notNull(idd): idd is not null: no column "idd"; did you mean "id"?');
      expect(message).toContain("between(id): id is at most 2: broken by 2 of 4 rows, 50 %");
      expect(message).toContain('column "id" is int32, not utf8');
      expect(message).not.toContain("notNull(id)");
    }
    const many = await validate(good, of(Array.from({ length: 30 }, () => fails)));
    expect(() => many.orThrow()).toThrow(/and 20 more$/);
  });

  it("throws on a function that threw, though the rows it threw on are moved", async () => {
    const asked = satisfies(["id"], { function: "f", onFail: "quarantine" });
    const f = (id: unknown) => {
      if (id === 2) throw new Error("no answer");
      return true;
    };
    const run = await validate(good, of([asked]), { functions: { f } });
    expect(run.status).toBe("error");
    expect(() => run.orThrow()).toThrow(/no answer/);
    expect(Array.from((await run.quarantined.table()).getChild("id")!)).toEqual([2]);
  });
});
