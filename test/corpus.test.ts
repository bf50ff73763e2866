import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { type RunJson, readSuite, validate } from "../src/entries/index.js";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Three files make a test: `fixtures/x.<format>`, `suites/x.json`, `fixtures/x.expected.json`. */
const fixtures = readdirSync(`${root}fixtures`)
  .filter((name) => !name.endsWith(".expected.json"))
  .map((file) => ({ file, name: file.split(".")[0]! }));

/** What may differ from run to run and from machine to machine. */
function settled(run: RunJson): object {
  const { startedAt: _, durationMs: __, library: ___, source, ...rest } = run;
  return { ...rest, source: { kind: source.kind, ...(source.notes ? { notes: source.notes } : {}) } };
}

describe("the corpus", () => {
  test.each(fixtures)("$file is judged as it was", async ({ file, name }) => {
    const suite = await readSuite(`${root}suites/${name}.json`);
    const run = await validate(`${root}fixtures/${file}`, suite);
    const found = JSON.parse(JSON.stringify(settled(run.toJSON({ level: "full" }))));
    await run.close();
    const expected = `${root}fixtures/${file}.expected.json`;
    const golden = existsSync(expected) ? expected : `${root}fixtures/${name}.expected.json`;
    expect(found).toEqual(JSON.parse(readFileSync(golden, "utf8")));
  });
});
