import { readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { describe, expect, it } from "vitest";
import { packageFields } from "../scripts/entries.js";
import { readSources } from "./sourceTree.js";

const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

function packageOf(specifier: string): string {
  return /^(@[^/]+\/)?[^/]+/.exec(specifier)![0];
}

const imported = new Set(
  readSources()
    .flatMap(({ imports }) => imports)
    .filter(({ target }) => target === undefined)
    .map(({ specifier }) => packageOf(specifier))
    .filter((name) => !name.startsWith("node:")),
);

describe("package.json", () => {
  it("says what src/entries holds", () => {
    expect(manifest).toMatchObject(packageFields());
  });

  it("depends on what is imported, and on nothing else", () => {
    const optional = Object.keys(manifest.peerDependencies);
    expect([...imported].filter((name) => !optional.includes(name)).sort()).toEqual(
      Object.keys(manifest.dependencies).sort(),
    );
  });

  it("tells a browser's bundler of every module of Node's that is imported", () => {
    const ofNode = readSources()
      .filter(({ room }) => room !== "cli")
      .flatMap(({ imports }) => imports.map(({ specifier }) => specifier))
      .filter((specifier) => specifier.startsWith("node:"))
      .map((specifier) => specifier.slice("node:".length));
    expect(Object.keys(manifest.browser)).toEqual(expect.arrayContaining([...new Set(ofNode)]));
    const known = [...builtinModules, ...Object.keys(manifest.dependencies)];
    expect(
      Object.keys(manifest.browser).filter(
        (name) => !known.includes(name) && !known.includes(packageOf(name)),
      ),
    ).toEqual([]);
  });
});
