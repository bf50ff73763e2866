import { mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { EngineError } from "../../src/errors/index.js";
import { createAtomicFile } from "../../src/io/atomicFile.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "veritable-atomic-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const bytes = (text: string) => new TextEncoder().encode(text);

describe("createAtomicFile", () => {
  it("shows nothing under the final name before commit, and everything after", async () => {
    const path = join(folder, "out.bin");
    const file = await createAtomicFile(path);
    await file.write(bytes("one "));
    await file.write(bytes("two"));
    expect(await readdir(folder)).not.toContain("out.bin");
    expect(await file.commit()).toBe(path);
    expect(await readdir(folder)).toEqual(["out.bin"]);
    expect(await readFile(path, "utf8")).toBe("one two");
    expect(await file.commit()).toBe(path);
    await file.abort();
    expect(await readFile(path, "utf8")).toBe("one two");
  });

  it("keeps the order of writes that nobody waited for", async () => {
    const path = join(folder, "out.bin");
    const file = await createAtomicFile(path);
    await Promise.all(Array.from({ length: 50 }, (_, i) => file.write(bytes(`${i},`))));
    await file.commit();
    expect(await readFile(path, "utf8")).toBe(Array.from({ length: 50 }, (_, i) => `${i},`).join(""));
  });

  it("replaces an older file only at commit, and keeps its permissions", async () => {
    const path = join(folder, "out.bin");
    await writeFile(path, "old", { mode: 0o600 });
    const file = await createAtomicFile(path);
    await file.write(bytes("new"));
    expect(await readFile(path, "utf8")).toBe("old");
    await file.commit();
    expect(await readFile(path, "utf8")).toBe("new");
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it("leaves nothing behind after abort, twice over, and refuses to go on", async () => {
    const file = await createAtomicFile(join(folder, "out.bin"));
    await file.write(bytes("x"));
    await file.abort();
    await file.abort();
    expect(await readdir(folder)).toEqual([]);
    await expect(file.write(bytes("y"))).rejects.toMatchObject({ code: "engine/write-failed" });
    await expect(file.commit()).rejects.toBeInstanceOf(EngineError);
    expect(await readdir(folder)).toEqual([]);
  });

  it("never follows a symbolic link", async () => {
    await writeFile(join(folder, "victim"), "precious");
    await symlink(join(folder, "victim"), join(folder, "link"));
    await expect(createAtomicFile(join(folder, "link"))).rejects.toMatchObject({
      code: "engine/write-failed",
      message: expect.stringContaining("symbolic link"),
    });
    await symlink(join(folder, "nowhere"), join(folder, "dangling"));
    await expect(createAtomicFile(join(folder, "dangling"))).rejects.toBeInstanceOf(EngineError);
    expect(await readFile(join(folder, "victim"), "utf8")).toBe("precious");
  });

  it("refuses a folder under the final name, and a folder that isn't there", async () => {
    await expect(createAtomicFile(folder)).rejects.toMatchObject({ code: "engine/write-failed" });
    const missing = join(folder, "no", "such", "out.bin");
    await expect(createAtomicFile(missing)).rejects.toMatchObject({
      code: "engine/write-failed",
      message: expect.stringContaining("ENOENT"),
    });
  });

  it("cleans up when the rename fails", async () => {
    const path = join(folder, "out.bin");
    const file = await createAtomicFile(path);
    await file.write(bytes("x"));
    await rm(file.temporary);
    await expect(file.commit()).rejects.toMatchObject({
      code: "engine/write-failed",
      details: { unit: path },
    });
    expect(await readdir(folder)).toEqual([]);
  });
});
