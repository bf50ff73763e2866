import { expect, it } from "vitest";
import { parseSource } from "./sourceTree.js";

it.each([
  ['import { a, type b as c } from "../plan/rule.js";', "plan/rule.ts", ["a", "b"]],
  ['import type { A } from "../plan/rule.js";', "plan/rule.ts", ["A"]],
  ['import d from "./d.js";', "room/d.ts", ["d"]],
  ['import * as all from "../../src/plan/rule.js";', "../src/plan/rule.ts", []],
  ['import "./acts.js";', "room/acts.ts", []],
  ['export { a as b } from "./parts/a.js";', "room/parts/a.ts", ["a"]],
  ['export * from "../stats/index.js";', "stats/index.ts", []],
  ['export type { T } from "../stats/index.js";', "stats/index.ts", ["T"]],
  ['const { a } = await import("../io/open.js");', "io/open.ts", []],
  ['type T = typeof import("../io/open.js");', "io/open.ts", []],
  ['let x: import("../io/open.js").Open;', "io/open.ts", []],
])("an import is seen in %s", (text, target, names) => {
  const { imports, room } = parseSource("room/file.ts", text);
  expect(room).toBe("room");
  expect(imports).toMatchObject([{ target, names }]);
});

it("an import of a package leads to no file", () => {
  const { imports } = parseSource("room/file.ts", 'import { z } from "zod"; await import("node:fs");');
  expect(imports.map(({ specifier, target }) => [specifier, target])).toEqual([
    ["zod", undefined],
    ["node:fs", undefined],
  ]);
});

it("words in comments and texts are no imports", () => {
  const { imports } = parseSource("a/b.ts", `// import "./x.js"\nconst text = 'import "./y.js"';`);
  expect(imports).toEqual([]);
});
