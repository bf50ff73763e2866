import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { openInputFile } from "../../src/io/inputFile.js";

test("a file that nobody closed is closed when it is forgotten, and Node has nothing to warn of", async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const warnings: string[] = [];
  const listen = (warning: Error) => warnings.push(warning.message);
  process.on("warning", listen);
  const folder = await mkdtemp(join(tmpdir(), "veritable-forgotten-"));
  try {
    const path = join(folder, "a.csv");
    await writeFile(path, "a\n1\n");
    for (let i = 0; i < 20; i++) await (await openInputFile(path)).read(0, 1);
    for (let i = 0; i < 10; i++) {
      collect();
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(warnings).toEqual([]);
  } finally {
    process.off("warning", listen);
    await rm(folder, { recursive: true });
  }
});
