import fc from "fast-check";
import {
  between,
  type Expectation,
  meanBetween,
  notNull,
  rowCount,
  type Suite,
  schema,
  suite,
  validate,
} from "veritable";
import { toGreatExpectations } from "veritable/interop";
import { describe, expect, it } from "vitest";
import { anyCase, GIVEN } from "./anyCase.js";

/** Rules of every shape, and rules that can't be evaluated. */
const others: readonly Expectation[] = [
  rowCount({ min: 1 }, { id: "rows" }),
  schema({ id: "int64", nobody: "utf8" }, { id: "schema" }),
  meanBetween("price", { min: 0 }, { id: "mean" }),
  notNull("nobody", { id: "missing" }),
  between("qty", { min: "a" }, { id: "wrong" }),
  meanBetween("name", { min: 0 }, { id: "wrongToo" }),
];

describe("results are in the suite's order", () => {
  it("whatever passes, fails or can't be evaluated, in every form of the result", async () => {
    const shuffled = anyCase.chain(({ table, suite: { expectations } }) =>
      fc.tuple(
        fc.constant(table),
        fc.shuffledSubarray([...expectations, ...others], {
          minLength: expectations.length + others.length,
        }),
      ),
    );
    await fc.assert(
      fc.asyncProperty(shuffled, async ([table, expectations]) => {
        const ids = expectations.map(({ id }) => id as string);
        const run = await validate(table, suite("s", expectations as never) as Suite, GIVEN);
        expect(run.outcomes.map(({ id }) => id)).toEqual(ids);
        for (const level of ["status", "counts", "sample", "full"] as const)
          expect(run.toJSON({ level }).outcomes.map(({ id }) => id)).toEqual(ids);
        const { results } = toGreatExpectations(run);
        expect(results.map(({ success }) => success)).toEqual(
          run.outcomes.map(({ status }) => status === "pass" || status === "skipped"),
        );
        for (const { _rules } of await run.quarantined.table())
          expect([..._rules]).toEqual(ids.filter((id) => [..._rules].includes(id)));
      }),
      { numRuns: 60 },
    );
  });
});
