import { tableFromArrays } from "apache-arrow";
import { expect, test } from "vitest";
import { implies, notNull, oneOf, satisfies } from "../../src/expectations/index.js";
import { suite } from "../../src/suite/suite.js";
import { validate } from "../../src/validate/validate.js";

const table = tableFromArrays({ a: Int32Array.of(1, 2, 3), b: Int32Array.of(0, 1, 1) });

function asking(calls: unknown[]) {
  return {
    f: (a: unknown) => {
      calls.push(a);
      if (a === 1) throw new Error("not one");
      return true;
    },
  };
}

test("a function is not called on rows that `when` leaves out", async () => {
  const calls: unknown[] = [];
  const rule = satisfies("a", { function: "f", when: { b: { eq: 1 } } });
  const run = await validate(table, suite("s", [rule]), { functions: asking(calls) });
  expect(calls).toEqual([2, 3]);
  expect(run.outcomes[0]).toMatchObject({ status: "pass", counts: { excluded: 1, judged: 2, failed: 0 } });
});

test("a member's function is not called on rows that its own `when` leaves out", async () => {
  const calls: unknown[] = [];
  const consequence = satisfies("a", { function: "f", when: { b: { eq: 1 } } });
  const rule = implies(notNull("a"), consequence);
  const run = await validate(table, suite("s", [rule, oneOf("b", [0, 1])]), { functions: asking(calls) });
  expect(calls).toEqual([2, 3]);
  expect(run.status).toBe("pass");
});

test("a function that gives a rejected promise leaves no rejection behind", async () => {
  const unhandled: unknown[] = [];
  const listen = (error: unknown) => unhandled.push(error);
  process.on("unhandledRejection", listen);
  try {
    const f = (async () => {
      throw new Error("later");
    }) as unknown as () => boolean;
    const run = await validate(table, suite("s", [satisfies("a", { function: "f" })]), { functions: { f } });
    await new Promise((resolve) => setImmediate(resolve));
    expect(run.status).toBe("error");
    expect(unhandled).toEqual([]);
  } finally {
    process.off("unhandledRejection", listen);
  }
});

test("whatever a function throws becomes the row's reason, and not more of it than a result may hold", async () => {
  const thrown = [Object.create(null), Symbol("s"), new Error("x".repeat(100_000))];
  const f = () => {
    throw thrown.shift();
  };
  const run = await validate(table, suite("s", [satisfies("a", { function: "f" })]), { functions: { f } });
  const [first, second, third] = run.outcomes[0]!.sample!.items.map(({ reason }) => reason);
  expect(first).toBe("threw: something that has no text");
  expect(second).toBe("threw: Symbol(s)");
  expect(third!.length).toBeLessThan(1100);
});
