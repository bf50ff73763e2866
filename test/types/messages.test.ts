import { beforeAll, describe, expect, it } from "vitest";
import { compile } from "./compile.js";
import { largeSuite } from "./largeSuite.js";

const COLUMNS = 'schema({ id: "int64", email: "utf8", price: "float64?" })';

function suiteOf(expectation: string): string {
  return `import * as v from "veritable";
export const { suite, schema, notNull, meanBetween, between } = v;
export const made = suite("made", [${COLUMNS}, ${expectation}]);`;
}

const FILES = {
  noColumn: suiteOf('notNull("emial")'),
  misfit: suiteOf('meanBetween("email", { min: 1 })'),
  noFields: suiteOf('notNull("id.low")'),
  noPath: suiteOf('notNull(["adress", "city"])'),
  bareNumber: suiteOf('between("price", { min: 1 }, { tolerate: { fail: 1 } })'),
  moved: suiteOf('meanBetween("price", { min: 1 }, { onFail: "quarantine" })'),
  large: largeSuite(300),
  largeWrong: largeSuite(300).replace('v.notNull("column6")', 'v.notNull("colunm6")'),
};

let printed: Map<string, string[]>;
const lastLine = (name: keyof typeof FILES) => printed.get(name)!.at(0)?.split("\n").at(-1)?.trim();

beforeAll(() => {
  printed = compile(FILES);
});

describe("the compiler says", () => {
  it.each([
    ["noColumn", `no column \\"emial\\" in the suite's schema`],
    ["misfit", `column \\"email\\" is utf8, which this expectation doesn't fit`],
    ["noFields", `column \\"id\\" is int64, which has no fields`],
    ["noPath", `no column \\"adress\\" in the suite's schema`],
  ] as const)("%s", (name, sentence) => {
    expect(printed.get(name)).toHaveLength(1);
    expect(lastLine(name)).toMatch(/^Type '(Row)?Expectation<.*>' is not assignable to type '".*"'\.$/);
    expect(lastLine(name)).toContain(sentence);
  });

  it.each([
    ["bareNumber", "Type 'number' is not assignable to type 'FailureBound | undefined'."],
    ["moved", `Type '"quarantine"' is not assignable to type '"fail" | "warn" | undefined'.`],
  ] as const)("%s", (name, sentence) => {
    expect(printed.get(name)).toEqual([sentence]);
  });
});

describe("a suite of 300 expectations over 60 columns", () => {
  it("is accepted", () => {
    expect(printed.get("large")).toEqual([]);
  });

  it("has its one mistake found", () => {
    expect(printed.get("largeWrong")).toHaveLength(1);
    expect(lastLine("largeWrong")).toContain(`no column \\"colunm6\\" in the suite's schema`);
  });
});
