import { expect, test } from "vitest";
import { notNull } from "../../src/expectations/index.js";
import { identify, suite } from "../../src/suite/suite.js";

test("ids of one rule repeated are numbered, around those the author took", () => {
  const rules = [
    notNull("a"),
    notNull("a"),
    notNull("b", { id: "notNull(a)#2" }),
    notNull("a"),
    notNull("b"),
  ];
  expect(identify(suite("s", rules)).map(({ id }) => id)).toEqual([
    "notNull(a)",
    "notNull(a)#3",
    "notNull(a)#2",
    "notNull(a)#4",
    "notNull(b)",
  ]);
});

test("a suite of one rule ten thousand times over is made in no time", () => {
  const rules = Array.from({ length: 10_000 }, () => notNull("a"));
  expect(identify(suite("s", rules)).at(-1)!.id).toBe("notNull(a)#10000");
});
