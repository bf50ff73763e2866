import { makeVector, Table } from "apache-arrow";
import { expect, test } from "vitest";
import { distinctCount, unique } from "../../src/expectations/index.js";
import { suite } from "../../src/suite/suite.js";
import { validate } from "../../src/validate/validate.js";

test("repeats are found on both sides of the row from which keys are too far apart for bitmaps", async () => {
  // The first thousand are dense, the rest each a page of its own; every tenth comes again at the end.
  const keys = Array.from({ length: 3000 }, (_, i) =>
    i < 1000 ? BigInt(i - 500) : BigInt(i - 4000) * 2n ** 40n,
  );
  const again = keys.filter((_, i) => i % 10 === 0);
  const values = [...keys, ...again];
  const table = new Table({ a: makeVector(BigInt64Array.from(values)) });
  const sample = { sample: 10_000 };
  const run = await validate(
    table,
    suite("s", [unique("a"), unique("a", { keep: "first" }), distinctCount("a", { min: 0 })]),
    sample,
  );
  const repeated = new Set(again);
  const members = values.flatMap((value, row) => (repeated.has(value) ? [row] : []));
  expect(run.outcomes[0]!.sample!.items.map(({ row }) => row)).toEqual(members);
  expect(run.outcomes[1]!.sample!.items.map(({ row }) => row)).toEqual(again.map((_, i) => 3000 + i));
  expect(run.outcomes[2]!.observed).toBe(new Set(values).size);
});
