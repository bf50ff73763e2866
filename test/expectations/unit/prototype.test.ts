import { Field, Int32, makeData, Schema } from "apache-arrow";
import { expect, test } from "vitest";
import { batchOf } from "../../../src/columns/batchOf.js";
import { between } from "../../../src/expectations/index.js";
import { suite } from "../../../src/suite/suite.js";
import { validate } from "../../../src/validate/validate.js";

test("a condition on a column called __proto__ is refused where it would be lost, and holds where it is named", async () => {
  const lost = { ["__proto__"]: { gt: 100 }, a: { gt: 0 } };
  expect(() => between("a", { min: 5 }, { when: lost })).toThrow(/"__proto__"/);
  const schema = new Schema(["__proto__", "a"].map((name) => new Field(name, new Int32(), true)));
  const columns = [Int32Array.of(1, 200), Int32Array.of(1, 2)];
  const children = columns.map((data) => makeData({ type: new Int32(), data }));
  const table = batchOf(schema, 2, children);
  const rule = between("a", { min: 5 }, { when: { column: "__proto__", gt: 100 } });
  const run = await validate(table, suite("s", [rule]));
  expect(run.outcomes[0]!.counts).toMatchObject({ excluded: 1, failed: 1 });
});
