import { beforeAll, describe, expect, it } from "vitest";
import { bundle, type StaticGraph, staticGraph } from "./bundle.js";

// What may be loaded when it is needed, or never; none of it before.
const ON_DEMAND = [
  "parquet-wasm",
  "hyparquet",
  "re2js",
  "yaml",
  "csv-parse",
  "cli-progress",
  "fast-check",
  "vitest",
  "simple-statistics",
  "zstddec",
  "@cfworker/json-schema",
  "@duckdb/node-api",
];

// A tenth above what it measured when it was last looked at. Arrow is a third of it; zod is a sixth, and four
// times that where it is imported by name instead of as a namespace.
const MOST_BYTES = 810_000;
const MOST_GZIP_BYTES = 248_000;

describe("what a browser loads of the main entry at once", () => {
  let graph: StaticGraph;
  beforeAll(async () => {
    graph = staticGraph(await bundle("src/entries/index.ts"));
  });

  it("has nothing of Node's, and nothing from outside", () => {
    expect(graph.outside).toEqual([]);
  });

  it("has no reader, no pattern library and no tool", () => {
    expect(ON_DEMAND.filter((name) => graph.modules.has(name))).toEqual([]);
    const readers = [...graph.modules].filter((name) =>
      /^src\/(io\/.*(?:Reader|Sink)|predicates\/pattern\/index)\.ts$/.test(name),
    );
    expect(readers).toEqual([]);
  });

  it("has what it is made of", () => {
    expect([...graph.modules]).toEqual(
      expect.arrayContaining(["src/validate/validate.ts", "apache-arrow", "zod"]),
    );
  });

  it("stays small", () => {
    expect(graph.bytes).toBeLessThan(MOST_BYTES);
    expect(graph.gzipBytes).toBeLessThan(MOST_GZIP_BYTES);
  });
});
