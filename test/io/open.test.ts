import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import * as arrow from "apache-arrow";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { ConfigError, InputError } from "../../src/errors/index.js";
import { openPath } from "../../src/io/open.js";
import { openSink } from "../../src/io/openSink.js";
import type { Source } from "../../src/io/source.js";

const table = new arrow.Table({
  id: arrow.vectorFromArray([1n, 2n, 3n], new arrow.Int64()),
  name: arrow.vectorFromArray(["a", "b", "c"], new arrow.Utf8()),
});

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "veritable-open-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function write(name: string, options = {}): Promise<string> {
  const sink = await openSink(join(folder, name), table.schema, options);
  for (const batch of table.batches) await sink.write(batch);
  return sink.commit();
}

async function names(source: Source): Promise<string[]> {
  const found: string[] = [];
  for await (const batch of source.batches()) {
    for (const name of batch.getChildAt(1)!) found.push(String(name));
  }
  return found;
}

describe("openSink and openPath", () => {
  it.each([
    ["t.parquet", "parquet"],
    ["t.PARQUET", "parquet"],
    ["t.arrow", "arrow"],
    ["t.feather", "arrow"],
    ["t.arrows", "arrow"],
    ["t.ipc", "arrow"],
    ["t.csv", "csv"],
    ["t.tsv", "csv"],
    ["t.tab", "csv"],
    ["t.jsonl", "jsonl"],
    ["t.ndjson", "jsonl"],
  ])("know %s by its extension", async (name, kind) => {
    const source = await openPath(await write(name), { schema: table.schema });
    expect(source.description.kind).toBe(kind);
    expect(source.schema.fields.map(String)).toEqual(table.schema.fields.map(String));
    expect(await names(source)).toEqual(["a", "b", "c"]);
    await source.close();
  });

  it("take file URLs, as text and as URL, with all that paths may contain", async () => {
    await mkdir(join(folder, "a b#é"));
    const path = await write("a b#é/50%.parquet");
    const url = pathToFileURL(path);
    for (const input of [url, url.href, url.href.replace("file://", "file:")]) {
      const source = await openPath(input);
      expect(source.rows).toBe(3);
      await source.close();
    }
    const other = pathToFileURL(join(folder, "other.arrow"));
    const sink = await openSink(other, table.schema);
    expect(await sink.commit()).toBe(join(folder, "other.arrow"));
  });

  it("take the format that is given over the extension", async () => {
    const path = await write("t.data", { format: "parquet" });
    for (const options of [{ format: "parquet" as const }, {}]) {
      const source = await openPath(path, options);
      expect(source.description.kind).toBe("parquet");
      await source.close();
    }
  });

  it("refuse formats that nobody knows", async () => {
    const path = join(folder, "t.xyz");
    await writeFile(path, "a,b\n1,2\n");
    for (const name of [path, join(folder, "t")]) {
      if (name !== path) await writeFile(name, "a,b\n1,2\n");
      await expect(openPath(name)).rejects.toBeInstanceOf(ConfigError);
      await expect(openPath(name)).rejects.toThrow(/none of the extensions .*parquet.*give format/);
      await expect(openSink(name, table.schema)).rejects.toBeInstanceOf(ConfigError);
    }
    await expect(openPath(path, { format: "xml" as "csv" })).rejects.toThrow(/one of .*, not xml/);
    await expect(openSink(path, table.schema, { format: "xml" as "csv" })).rejects.toThrow(/not xml/);
  });

  it("refuse options that the format doesn't have", async () => {
    const sink = openSink(join(folder, "t.arrow"), table.schema, { compression: "snappy" });
    await expect(sink).rejects.toMatchObject({ code: "config/unsupported-option" });
    expect(await readdir(folder)).toEqual([]);
  });
});

describe("openPath", () => {
  it("refuses a file whose first bytes say otherwise than its extension or the given format", async () => {
    const bytes = await readFile(await write("t.parquet"));
    for (const name of ["t.csv", "t.arrow", "t.jsonl"]) {
      await writeFile(join(folder, name), bytes);
      await expect(openPath(join(folder, name))).rejects.toMatchObject({
        code: "input/corrupt",
        message: expect.stringContaining("its first bytes Parquet"),
      });
    }
    await expect(openPath(join(folder, "t.parquet"), { format: "csv" })).rejects.toThrow(
      /format says CSV, its first bytes Parquet/,
    );
    for (const name of ["s.arrow", "s.arrows"]) {
      await writeFile(join(folder, "lie.parquet"), await readFile(await write(name)));
      await expect(openPath(join(folder, "lie.parquet"))).rejects.toThrow(/its first bytes Arrow IPC/);
    }
  });

  it("names what else a file may be", async () => {
    const path = join(folder, "t.csv");
    await writeFile(path, Uint8Array.of(0x1f, 0x8b, 8, 0));
    await expect(openPath(path)).rejects.toMatchObject({
      code: "input/unsupported",
      message: expect.stringContaining("gzip"),
    });
    await writeFile(path, "SQLite format 3\0 and so on");
    await expect(openPath(path)).rejects.toThrow(/SQLite/);
  });

  it("refuses what isn't there, a folder, and an empty file", async () => {
    await expect(openPath(join(folder, "none.parquet"))).rejects.toMatchObject({ code: "input/unreadable" });
    await mkdir(join(folder, "d.parquet"));
    await expect(openPath(join(folder, "d.parquet"))).rejects.toMatchObject({ code: "input/unreadable" });
    for (const name of ["e.parquet", "e.arrow"]) {
      await writeFile(join(folder, name), "");
      await expect(openPath(join(folder, name))).rejects.toBeInstanceOf(InputError);
    }
  });

  it("gives the SHA-256 of the whole file, whatever the format, only when asked", async () => {
    for (const name of ["t.parquet", "t.arrow", "t.csv"]) {
      const path = await write(name);
      const sha256 = createHash("sha256")
        .update(await readFile(path))
        .digest("hex");
      const asked = await openPath(path, { sha256: true });
      expect(asked.description.sha256).toBe(sha256);
      expect(await names(asked)).toEqual(["a", "b", "c"]);
      const plain = await openPath(path);
      expect(plain.description).not.toHaveProperty("sha256");
      await asked.close();
      await plain.close();
    }
  });
});

describe("openPath on addresses", () => {
  let server: Server;
  let origin: string;
  let files: string;
  beforeAll(async () => {
    files = await mkdtemp(join(tmpdir(), "veritable-served-"));
    server = createServer(async (request, response) => {
      const { pathname } = new URL(request.url!, "http://localhost");
      if (pathname === "/cut.parquet") {
        response.writeHead(200, { "content-length": 1000 });
        response.write("PAR1");
        response.destroy();
        return;
      }
      const bytes = await readFile(join(files, pathname)).catch(() => undefined);
      const headers = { "last-modified": "Wed, 21 Oct 2015 07:28:00 GMT" };
      response.writeHead(bytes ? 200 : 404, bytes ? headers : {}).end(bytes);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(async () => {
    // The temporary folder is this test's own, to see what is left in it.
    vi.stubEnv("TMPDIR", folder);
    await writeFile(join(files, "t.parquet"), await readFile(await write("t.parquet")));
    await rm(join(folder, "t.parquet"));
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });
  afterAll(async () => {
    await new Promise((resolve) => server.close(resolve));
    await rm(files, { recursive: true, force: true });
  });

  it("fetches only what it's allowed to", async () => {
    await expect(openPath(`${origin}/t.parquet?token=secret`)).rejects.toMatchObject({
      code: "config/bad-value",
      message: expect.not.stringContaining("secret"),
    });
    for (const input of ["s3://bucket/t.parquet", "ftp://host/t.parquet", "http://%zz/t.parquet"]) {
      await expect(openPath(input, { allowUrls: true })).rejects.toBeInstanceOf(ConfigError);
    }
    const withUser = origin.replace("http://", "http://user:secret@");
    await expect(openPath(`${withUser}/t.parquet`, { allowUrls: true })).rejects.toMatchObject({
      code: "config/bad-value",
      message: expect.not.stringContaining("secret"),
    });
    await expect(openSink(`${origin}/t.parquet`, table.schema)).rejects.toThrow(/written to paths/);
  });

  it("fetches to a temporary file and removes it on close", async () => {
    const source = await openPath(`${origin}/t.parquet?token=secret`, { allowUrls: true, sha256: true });
    expect(await readdir(folder)).toHaveLength(1);
    expect(source.rows).toBe(3);
    expect(source.rowGroups).toHaveLength(1);
    expect(source.description).toMatchObject({
      kind: "parquet",
      path: `${origin}/t.parquet`,
      modified: "2015-10-21T07:28:00.000Z",
      sha256: createHash("sha256")
        .update(await readFile(join(files, "t.parquet")))
        .digest("hex"),
    });
    expect(await names(source)).toEqual(["a", "b", "c"]);
    await source.close();
    await source.close();
    expect(await readdir(folder)).toEqual([]);
  });

  it("leaves nothing behind when the answer is an error, too long, cut short, or no table", async () => {
    await writeFile(join(files, "bad.parquet"), "not Parquet at all");
    const open = (name: string, options = {}) =>
      openPath(`${origin}/${name}?token=secret`, { allowUrls: true, ...options });
    await expect(open("missing.parquet")).rejects.toMatchObject({
      code: "input/unreadable",
      message: `can't read "${origin}/missing.parquet": the server answers 404`,
    });
    await expect(open("t.parquet", { maxBytes: 50 })).rejects.toMatchObject({ code: "input/too-large" });
    await expect(open("cut.parquet")).rejects.toMatchObject({ code: "input/unreadable" });
    await expect(open("bad.parquet")).rejects.toMatchObject({ code: "input/corrupt" });
    expect(await readdir(folder)).toEqual([]);
  });
});
