import type { RecordBatch } from "apache-arrow";
import { between, notNull, percent, rowCount, rows, satisfies, suite, unique } from "veritable";
import { describe, expect, it } from "vitest";
import "veritable/vitest";
import { tableOf } from "../../src/testing/plainTable.js";

const good = tableOf({
  id: { type: "int64", values: [1, 2, 3] },
  qty: { type: "int32", values: [1, 50, 100] },
});
const bad = tableOf({
  id: { type: "int64", values: [1, 1, null] },
  qty: { type: "int32", values: [1, 500, 100] },
});
const orders = suite("orders", [notNull("id"), unique("id"), between("qty", { min: 1, max: 100 })]);

/** What an assertion that must fail says. */
async function messageOf(assertion: Promise<void>): Promise<string> {
  try {
    await assertion;
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("the assertion passed");
}

describe("toMeet", () => {
  it("passes on a table that meets the suite, and its negation on one that doesn't", async () => {
    await expect(good).toMeet(orders);
    await expect(good.batches[0]!).toMeet(orders);
    await expect(good.batches).toMeet(orders);
    await expect(bad).not.toMeet(orders);
  });

  it("takes a warning for met", async () => {
    const lenient = suite("lenient", [
      between("qty", { max: 100 }, { tolerate: { warn: rows(1), fail: percent(80) } }),
    ]);
    await expect(bad).toMeet(lenient);
    expect(await messageOf(expect(bad).not.toMeet(lenient))).toContain("and it does (warn)");
  });

  it("says what broke the suite, as the report does", async () => {
    const message = await messageOf(expect(bad).toMeet(orders));
    expect(message).toContain('suite "orders": expected the table to meet it, and it doesn\'t');
    expect(message).toContain("broken by 1 of 3 rows, 33.3 %");
    expect(message).toContain("unique(id)");
    expect(message).toContain("500");
    expect(message).not.toContain("\u001b[");
  });

  it("says, negated, that the table meets it", async () => {
    const message = await messageOf(expect(good).not.toMeet(orders));
    expect(message).toContain("expected the table not to meet it, and it does (pass)");
    expect(message).toContain("PASS");
  });

  it("hands its options to the run", async () => {
    const asked = suite("asked", [satisfies(["qty"], { function: "small" })]);
    await expect(good).toMeet(asked, { functions: { small: (qty) => Number(qty) < 101 } });
    await expect(good).not.toMeet(asked, { functions: { small: (qty) => Number(qty) < 100 } });
    const message = await messageOf(expect(bad).toMeet(orders, { redact: { qty: "mask" } }));
    expect(message).not.toContain("500");
  });
});

describe("what could not be evaluated fails both ways", () => {
  const throwing = {
    functions: {
      throws: (): boolean => {
        throw new Error("no answer");
      },
    },
  };
  function* endsMidway(): Generator<RecordBatch> {
    yield good.batches[0]!;
    throw new Error("the connection is gone");
  }

  it.each([
    ["a missing column", suite("s", [notNull("idd"), rowCount({ min: 1 })]), () => good, {}],
    ["a column of the wrong type", suite("s", [between("id", { min: "a" })]), () => good, {}],
    ["a function that throws", suite("s", [satisfies(["id"], { function: "throws" })]), () => good, throwing],
    ["a suite that asks nothing", suite("s", []), () => good, {}],
    ["a source that ends midway", orders, endsMidway, {}],
  ] as const)("%s", async (_, of, source, options) => {
    for (const assertion of [
      expect(source()).toMeet(of, options),
      expect(source()).not.toMeet(of, options),
    ]) {
      expect(await messageOf(assertion)).toContain("could not be evaluated");
    }
  });

  it.each([
    ["no Arrow data", () => ({ rows: [] })],
    ["a file that isn't there", () => "test/testing/there-is-no.parquet"],
    ["a name nobody gave", () => good],
  ])("%s", async (_, source) => {
    const asked = suite("asked", [satisfies(["id"], { function: "unheard" })]);
    const received = source() as typeof good;
    await expect(expect(received).toMeet(asked)).rejects.toThrow();
    await expect(expect(received).not.toMeet(asked)).rejects.toThrow();
  });
});

it("is typed: only what can be validated can be asked", () => {
  // @ts-expect-error a number is no table
  void (() => expect(1).toMeet(orders));
  // @ts-expect-error a suite is needed
  void (() => expect(good).toMeet());
  // @ts-expect-error there is no such option
  void (() => expect(good).toMeet(orders, { samples: 3 }));
});
