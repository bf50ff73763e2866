import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { registry } from "../src/expectations/unit/registry.js";
import { stateLaws } from "../src/testing/laws/stateLaws.js";
import { STATES } from "../src/testing/laws/states.js";
import { unitLaws } from "../src/testing/laws/unitLaws.js";

const runs = Number(process.env.RUNS ?? 25);

describe("expectations", () => {
  for (const unit of registry().values()) {
    describe(unit.type, () => {
      for (const { name, check } of unitLaws(unit, { runs })) it(name, check);
    });
  }
});

describe("states", () => {
  for (const spec of Object.values(STATES)) {
    for (const { name, check } of stateLaws(spec as never, { runs: runs * 2 })) it(name, check);
  }

  it("all stand under the laws", () => {
    const folder = new URL("../src/metrics/", import.meta.url);
    const sources = readdirSync(folder).map((file) => readFileSync(new URL(file, folder), "utf8"));
    const merged = sources.flatMap((text) => [...text.matchAll(/class (\w+)State implements MetricState/g)]);
    const names = merged.map(([, name]) => `${name![0]!.toLowerCase()}${name!.slice(1)}`);
    expect(names.sort()).toEqual(Object.keys(STATES).sort());
  });
});
