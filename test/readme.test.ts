import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { marked, type Tokens } from "marked";
import { afterAll, describe, expect, it } from "vitest";
import { compile } from "./types/compile.js";

const ROOT = fileURLToPath(new URL("../", import.meta.url));

/** A fence `ts run` and the fence `text output` that follows it. */
interface Example {
  readonly name: string;
  readonly code: string;
  readonly output: string | undefined;
}

function examplesOf(file: string): Example[] {
  const tokens = marked.lexer(readFileSync(join(ROOT, file), "utf8")).filter(({ type }) => type !== "space");
  const lang = (at: number) => (tokens[at]?.type === "code" ? (tokens[at] as Tokens.Code).lang : undefined);
  const runnable = tokens.flatMap((token, at) =>
    lang(at) === "ts run" ? [[token as Tokens.Code, at] as const] : [],
  );
  return runnable.map(([{ text }, at], nth) => {
    const output = lang(at + 1) === "text output" ? (tokens[at + 1] as Tokens.Code).text : undefined;
    return { name: `${file}, example ${nth + 1}`, code: text, output };
  });
}

/** What a run prints, without when it was and how long it took. */
function settled(text: string): string {
  return text
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, "(time)")
    .replace(/\b\d+(?:\.\d+)? m?s\b/g, "(duration)")
    .replace(/[ \t]+$/gm, "")
    .trim();
}

const pages = ["", "docs/"].flatMap((folder) =>
  readdirSync(join(ROOT, folder)).flatMap((file) => (file.endsWith(".md") ? [`${folder}${file}`] : [])),
);
const examples = pages.flatMap(examplesOf);

describe("the code of the pages", () => {
  // Beside the sources, so that the examples find the packages that they import.
  mkdirSync(join(ROOT, "out"), { recursive: true });
  const folder = mkdtempSync(join(ROOT, "out", "readme-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("is there", () => {
    expect(examples.length).toBeGreaterThan(0);
    expect(examples.filter(({ output }) => output === undefined).map(({ name }) => name)).toEqual([]);
  });

  it("compiles", () => {
    const printed = compile(Object.fromEntries(examples.map(({ code }, nth) => [`readme${nth}`, code])));
    expect([...printed.values()].flat()).toEqual([]);
  });

  it.each(examples)("prints what it says: $name", ({ code, output }) => {
    const file = join(folder, "example.mts");
    writeFileSync(file, code);
    const tsx = join(ROOT, "node_modules/tsx/dist/cli.mjs");
    const { stdout, stderr } = spawnSync(process.execPath, [tsx, file], { cwd: ROOT, encoding: "utf8" });
    expect(stderr).toBe("");
    expect(settled(stdout)).toBe(settled(output!));
  });
});
