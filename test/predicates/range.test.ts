import { Int64, makeVector, Table, vectorFromArray } from "apache-arrow";
import { describe, expect, test } from "vitest";
import { between } from "../../src/expectations/index.js";
import { suite } from "../../src/suite/suite.js";
import { validate } from "../../src/validate/validate.js";

async function failing(table: Table, bounds: Parameters<typeof between>[1]): Promise<number[]> {
  const run = await validate(table, suite("s", [between("a", bounds)]));
  return (run.outcomes[0]!.sample?.items ?? []).map(({ row }) => row);
}

describe("infinite bounds on integers that no double holds", () => {
  const table = new Table({ a: vectorFromArray([1n, 2n ** 60n, -(2n ** 60n)], new Int64()) });
  test.each([
    [{ min: Number.POSITIVE_INFINITY }, [0, 1, 2]],
    [{ max: Number.NEGATIVE_INFINITY }, [0, 1, 2]],
    [{ minExclusive: Number.POSITIVE_INFINITY }, [0, 1, 2]],
    [{ maxExclusive: Number.NEGATIVE_INFINITY }, [0, 1, 2]],
    [{ min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY }, []],
  ])("%j", async (bounds, rows) => {
    expect(await failing(table, bounds)).toEqual(rows);
  });
});

describe("bounds beyond what a float32 holds", () => {
  const table = new Table({
    a: makeVector(Float32Array.of(1, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY)),
  });
  test.each([
    [{ max: 1e39 }, [1]],
    [{ min: -1e39 }, [2]],
    [{ minExclusive: 1e39 }, [0, 2]],
    [{ maxExclusive: -1e39 }, [0, 1]],
  ])("%j", async (bounds, rows) => {
    expect(await failing(table, bounds)).toEqual(rows);
  });
});
