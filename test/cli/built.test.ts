import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LIBRARY_VERSION } from "../../src/results/version.js";
import { makeFolder, removeFolder } from "./commandLine.js";

const built = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

let folder: string;
beforeAll(async () => {
  folder = await makeFolder();
});
afterAll(async () => {
  await removeFolder(folder);
});

function spawn(...argv: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [built, ...argv], {
    cwd: folder,
    encoding: "utf8",
  });
  return { code: status, out: stdout, err: stderr };
}

// Skipped in a tree that was not built: there is no command to start then (npm run build makes it).
describe.skipIf(!existsSync(built))("the command as it is built", () => {
  it("tells its version", () => {
    expect(spawn("--version")).toEqual({ code: 0, out: `${LIBRARY_VERSION}\n`, err: "" });
  });

  it.each([
    ["pass.json", 0],
    ["pass.yaml", 0],
    ["fail.json", 1],
    ["none.json", 2],
    ["lost.json", 3],
  ])("exits as it should on %s", (suite, code) => {
    expect(spawn("check", "orders.arrow", "--suite", suite).code).toBe(code);
  });

  it("reads the catalogue that is shipped", () => {
    expect(spawn("expectations")).toMatchObject({ code: 0, err: "" });
  });

  it("doesn't mind a reader that has seen enough", () => {
    const quoted = [process.execPath, built].map((word) => `'${word}'`).join(" ");
    const { stderr } = spawnSync("sh", ["-c", `${quoted} expectations | head -c 1`], { encoding: "utf8" });
    expect(stderr).toBe("");
  });
});
