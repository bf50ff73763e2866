import { describe, expect, it } from "vitest";
import { make } from "../../src/expectations/unit/make.js";
import { OPTIONS_OF, type OptionName, optionSchemas } from "../../src/expectations/unit/options.js";
import { registry } from "../../src/expectations/unit/registry.js";
import type { AnyUnit } from "../../src/expectations/unit/unit.js";
import { givenTo } from "../../src/testing/laws/unitTables.js";
import { outcomeOf } from "./outcomes.js";
import { tableOf } from "./tables.js";

/** One value of each option that isn't its default. */
const VALUES: Readonly<Record<OptionName, unknown>> = {
  id: "mine",
  description: "said",
  tags: ["a"],
  meta: { owner: "me" },
  onFail: "warn",
  mostly: 0,
  tolerate: { warn: { rows: 1 } },
  when: { and: [{ column: "nobody", isNull: true }] },
  nulls: "fail",
  nan: "skip",
  onEmpty: "skip",
  missing: ["N/A", -999],
};

const NAMES = Object.keys(optionSchemas) as OptionName[];
const units = [...registry()];
const pairs = units.flatMap(([type, unit]) => NAMES.map((name) => [type, name, unit] as const));
const honoured = pairs.filter(([, name, unit]) => unit.options.includes(name));
const refused = pairs.filter(([, name, unit]) => !unit.options.includes(name));

function withOption(unit: AnyUnit, name: OptionName, value = VALUES[name]) {
  return make(unit, { ...unit.about.example.params, [name]: value });
}

function withoutRows(unit: AnyUnit) {
  const columns = Object.entries(unit.about.example.table);
  return tableOf(Object.fromEntries(columns.map(([name, { type }]) => [name, { type, values: [] }])));
}

/** The outcome of the example, with one option, on the violation. */
function broken(unit: AnyUnit, name: OptionName, value = VALUES[name]) {
  const { violation } = unit.about;
  return outcomeOf(tableOf(violation.table), withOption(unit, name, value), givenTo(unit, "violation"));
}

it("has every option of every expectation either honoured or refused", () => {
  expect(honoured.length + refused.length).toBe(units.length * NAMES.length);
  for (const [type, unit] of units) {
    expect(unit.options, type).toEqual(expect.arrayContaining([...OPTIONS_OF[unit.shape]]));
    expect(new Set([...unit.options, ...unit.params]).size, type).toBe(
      unit.options.length + unit.params.length,
    );
  }
});

describe.each(honoured)("%s honours %s", (_, name, unit) => {
  it("and keeps it in its stored form", () => {
    expect(withOption(unit, name)).toMatchObject({ [name]: VALUES[name] });
  });

  it("and refuses a value that is none", () => {
    expect(() => withOption(unit, name, () => 0)).toThrow(
      expect.objectContaining({ message: expect.stringContaining(name), name: "ConfigError" }),
    );
  });
});

it.each(refused)("%s refuses %s", (_, name, unit) => {
  expect(() => withOption(unit, name)).toThrow(
    expect.objectContaining({
      code: "config/unsupported-option",
      message: expect.stringContaining(`can't honour "${name}"`),
    }),
  );
});

describe.each(units)("%s", (_, unit) => {
  it("says its id, description, tags and meta in its outcome", async () => {
    expect((await broken(unit, "id")).id).toBe("mine");
    expect((await broken(unit, "description")).description).toBe("said");
    expect((await broken(unit, "tags")).tags).toEqual(["a"]);
    expect((await broken(unit, "meta")).meta).toEqual({ owner: "me" });
  });

  it("fails by default and warns on request", async () => {
    expect((await broken(unit, "onFail", "fail")).status).toBe("fail");
    expect((await broken(unit, "onFail", "warn")).status).toBe("warn");
  });

  it("takes or refuses quarantine by whether what is left meets it", async () => {
    if (unit.quarantines) {
      expect((await broken(unit, "onFail", "quarantine")).status).toBe("warn");
    } else {
      expect(() => withOption(unit, "onFail", "quarantine")).toThrow(
        expect.objectContaining({
          code: "config/unsupported-option",
          message: expect.stringContaining("can't quarantine"),
        }),
      );
    }
  });

  it("refuses mostly with tolerate, and tolerate.fail with onFail warn", () => {
    const clash = (options: object) => () => make(unit, { ...unit.about.example.params, ...options });
    const error = expect.objectContaining({ code: "config/unsupported-option" });
    expect(clash({ mostly: 0.5, tolerate: { fail: { rows: 1 } } })).toThrow(error);
    expect(clash({ onFail: "warn", tolerate: { fail: { rows: 1 } } })).toThrow(error);
  });
});

describe.each(units.filter(([, unit]) => unit.shape === "row"))("%s, about rows,", (_, unit) => {
  it("judges by mostly and by tolerate", async () => {
    expect((await broken(unit, "mostly", 0)).status).toBe("pass");
    expect((await broken(unit, "mostly", 1)).status).toBe("fail");
    const tolerated = await broken(unit, "tolerate", { warn: { rows: 1 } });
    expect([tolerated.status, tolerated.crossed]).toEqual(["warn", ["warn"]]);
    expect((await broken(unit, "tolerate", { fail: { percent: 0.001 } })).status).toBe("fail");
    expect((await broken(unit, "tolerate", { fail: { rows: 1000 } })).status).toBe("pass");
  });

  it("asks only where its condition holds", async () => {
    const [column] = Object.keys(unit.about.violation.table);
    const never = {
      and: [
        { column, isNull: true },
        { column, isNull: false },
      ],
    };
    const outcome = await broken(unit, "when", never);
    expect(outcome.counts).toMatchObject({ excluded: outcome.counts!.rows, judged: 0, failed: 0 });
    expect(outcome.status).toBe("pass");
  });
});

describe.each(units.filter(([, unit]) => unit.options.includes("onEmpty")))("%s, on no rows,", (_, unit) => {
  it.each(["pass", "fail", "skip"] as const)("is judged by onEmpty: %s", async (onEmpty) => {
    const outcome = await outcomeOf(withoutRows(unit), withOption(unit, "onEmpty", onEmpty), givenTo(unit));
    expect(outcome.status).toBe(onEmpty === "skip" ? "skipped" : onEmpty);
  });
});

describe.each(units.filter(([, unit]) => unit.options.includes("nulls")))("%s", (_, unit) => {
  it("skips rows without a value by default, and fails them with nulls: fail", async () => {
    const { example } = unit.about;
    const given = givenTo(unit);
    const columns = Object.entries(example.table).map(([name, { type }]) => [
      name,
      { type, values: [null, null] },
    ]);
    const table = tableOf(Object.fromEntries(columns));
    const skipping = await outcomeOf(table, make(unit, example.params), given);
    const failing = await outcomeOf(table, withOption(unit, "nulls"), given);
    expect(failing.counts!.failed).toBeGreaterThanOrEqual(skipping.counts!.failed);
    expect(failing.counts!.nulls).toBe(0);
  });
});

describe.each(units.filter(([, unit]) => unit.options.includes("nan")))("%s", (_, unit) => {
  it("fails NaN by default, leaves it out, or takes it for a null", async () => {
    const { table: example } = unit.about.example;
    // A column of classes stays as it is beside a column of floats.
    const isFloat = ({ type }: { type: string }) => type.startsWith("float");
    const hasFloats = unit.shape !== "row" && Object.values(example).some(isFloat);
    const columns = Object.entries(example).map(([name, column]) => [
      name,
      hasFloats && !isFloat(column)
        ? { ...column, values: column.values.slice(0, 2) }
        : { type: "float64", values: [Number.NaN, Number.NaN] },
    ]);
    const table = tableOf(Object.fromEntries(columns));
    const params = unit.type.endsWith("neOf")
      ? { ...unit.about.example.params, values: [1] }
      : unit.about.example.params;
    const given = givenTo(unit);
    const outcome = (nan: string) => outcomeOf(table, make(unit, { ...params, nan }), given);
    expect((await outcome("fail")).status).toBe("fail");
    if (unit.shape !== "row") return;
    expect((await outcome("skip")).counts).toMatchObject({ nan: 2, judged: 0, nulls: 0 });
    const asNull = (await outcome("null")).counts!;
    expect(asNull).toMatchObject({ nan: 0, judged: 0 });
    expect(asNull.nulls + asNull.ignored).toBe(2);
  });
});
