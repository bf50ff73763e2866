import { DateDay, Decimal, Float64, Table, TimestampMicrosecond, Vector } from "apache-arrow";
import { expect, test } from "vitest";
import { pairEqual, pairGreater } from "../../src/expectations/index.js";
import { suite } from "../../src/suite/suite.js";
import { storedColumn } from "../../src/testing/storedColumn.js";
import { validate } from "../../src/validate/validate.js";

async function rowsThatHold(table: Table) {
  const rules = [pairEqual("l", "r"), pairGreater("l", "r"), pairGreater("r", "l")];
  const run = await validate(table, suite("s", rules));
  const failed = run.outcomes.map(({ sample }) => new Set(sample?.items.map(({ row }) => row)));
  return failed.map((rows) =>
    Array.from({ length: table.numRows }, (_, row) => row).filter((row) => !rows.has(row)),
  );
}

test("a double is held against a decimal as the decimal it prints as", async () => {
  const doubles = [0.07, 0.29, 0.1, 0.075, -0.075, 1e300, -1e300, Number.POSITIVE_INFINITY, -0, 12];
  const decimals = [7n, 29n, 11n, 7n, -7n, 10n ** 37n, -(10n ** 37n), 10n ** 37n, 0n, 1200n];
  const table = new Table({
    l: new Vector([storedColumn(new Float64(), doubles)]),
    r: new Vector([storedColumn(new Decimal(2, 38, 128), decimals)]),
  });
  expect(await rowsThatHold(table)).toEqual([
    [0, 1, 8, 9],
    [3, 5, 7],
    [2, 4, 6],
  ]);
});

test("a date is held against a timestamp as its first moment", async () => {
  const day = 86_400_000_000n;
  const table = new Table({
    l: new Vector([storedColumn(new DateDay(), [1, 1, 1, -1])]),
    r: new Vector([storedColumn(new TimestampMicrosecond(), [day, day + 1n, day - 1n, -day])]),
  });
  expect(await rowsThatHold(table)).toEqual([[0, 3], [2], [1]]);
});
