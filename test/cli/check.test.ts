import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openPath } from "../../src/io/open.js";
import { parseRun } from "../../src/results/index.js";
import { makeFolder, ORDERS_ROWS, removeFolder, runIn } from "./commandLine.js";

let folder: string;
beforeEach(async () => {
  folder = await makeFolder();
});
afterEach(async () => {
  await removeFolder(folder);
});

const check = (suite: string, ...more: string[]) =>
  runIn(folder, ["check", "orders.arrow", "--suite", suite, ...more]);
const text = (name: string) => readFile(join(folder, name), "utf8");

async function rowsOf(name: string): Promise<Record<string, unknown>[]> {
  const source = await openPath(join(folder, name));
  const rows: Record<string, unknown>[] = [];
  for await (const batch of source.batches()) {
    for (let row = 0; row < batch.numRows; row++) rows.push({ ...batch.get(row)!.toJSON() });
  }
  await source.close();
  return rows;
}

describe("veritable check", () => {
  it.each([
    ["pass.json", 0, "✓ PASS  pass · 6 rows: 6 accepted, 0 quarantined"],
    ["pass.yaml", 0, "✓ PASS  pass · 6 rows: 6 accepted, 0 quarantined"],
    ["warn.json", 0, "! WARN  warn · 6 rows: 5 accepted, 1 quarantined"],
    ["fail.json", 1, "✗ FAIL  fail · 6 rows: 5 accepted, 1 quarantined"],
    ["lost.json", 3, "? ERROR  lost · 6 rows: 6 accepted, 0 quarantined"],
  ])("reports on %s and exits with %i", async (suite, code, verdict) => {
    const done = await check(suite);
    expect(done).toMatchObject({ code, err: "" });
    expect(done.out.split("\n")[0]).toContain(verdict);
  });

  it("writes results in every form, whole and under their own names", async () => {
    const done = await check("fail.json", "--json", "r.json", "--junit=r.xml", "--markdown", "r.md");
    expect(done).toMatchObject({ code: 1, err: "" });
    const run = parseRun(JSON.parse(await text("r.json")));
    expect(run).toMatchObject({ status: "fail", rows: ORDERS_ROWS, level: "sample" });
    expect(await text("r.xml")).toMatch(/^<\?xml [\s\S]*<failure [\s\S]*<\/testsuites>\n$/);
    expect(await text("r.md")).toMatch(/^### ❌ fail: `fail`\n/);
    expect((await readdir(folder)).filter((name) => name.includes("tmp"))).toEqual([]);
  });

  it("prints a result on stdout in place of the report", async () => {
    const done = await check("fail.json", "--json", "-");
    expect(parseRun(JSON.parse(done.out)).status).toBe("fail");
    expect(done.code).toBe(1);
  });

  it("splits the rows into files", async () => {
    const done = await check("warn.json", "--accepted", "good.arrow", "--quarantine", "bad.arrow");
    expect(done).toMatchObject({ code: 0, err: "" });
    const [good, bad] = [await rowsOf("good.arrow"), await rowsOf("bad.arrow")];
    expect(good.map(({ id }) => id)).toEqual([1, 2, 4, 5, 6]);
    expect(bad.map(({ id, _row }) => [id, _row])).toEqual([[3, 2n]]);
  });

  it("writes no accepted rows when the data failed", async () => {
    const done = await check("fail.json", "--accepted", "good.arrow", "--quarantine", "bad.arrow");
    expect(done.code).toBe(1);
    expect(await readdir(folder)).toContain("bad.arrow");
    expect(await readdir(folder)).not.toContain("good.arrow");
  });

  it("honours sample, key and redact", async () => {
    const options = [
      "--sample",
      "1",
      "--key",
      "id",
      "--key=email",
      "--redact",
      "qty=mask",
      "--redact=email=drop",
    ];
    const done = await check("fail.json", "--json", "-", ...options);
    const run = parseRun(JSON.parse(done.out));
    expect(run.sampleLimit).toBe(1);
    expect(run.outcomes[1]?.sample?.items).toEqual([{ row: 2, values: { qty: "***" }, keys: { id: 3 } }]);
    const without = await check("fail.json", "--json", "-", "--sample=0");
    expect(parseRun(JSON.parse(without.out)).outcomes[1]?.sample).toEqual({
      items: [],
      total: 1,
      truncated: true,
    });
  });

  it("prints nothing when it is quiet, but for errors", async () => {
    expect(await check("fail.json", "--quiet")).toEqual({ code: 1, out: "", err: "" });
    expect(await check("none.json", "-q")).toMatchObject({
      code: 2,
      out: "",
      err: expect.stringContaining("none.json"),
    });
  });

  it("colours a terminal, unless it is told not to", async () => {
    const argv = ["check", "orders.arrow", "--suite", "warn.json"];
    const coloured = async (more: string[], env: Record<string, string>, tty = true) =>
      (await runIn(folder, [...argv, ...more], { tty, env })).out.includes("\u001b[");
    expect(await coloured([], {})).toBe(true);
    expect(await coloured([], { NO_COLOR: "" })).toBe(true);
    expect(await coloured([], { NO_COLOR: "1" })).toBe(false);
    expect(await coloured([], { TERM: "dumb" })).toBe(false);
    expect(await coloured(["--no-color"], {})).toBe(false);
    expect(await coloured([], {}, false)).toBe(false);
  });
});

describe("veritable check, when something is wrong", () => {
  it.each([
    ["a suite that isn't there", 2, ["check", "orders.arrow", "--suite", "none.json"], "none.json"],
    ["a file that isn't there", 3, ["check", "none.arrow", "--suite", "pass.json"], "none.arrow"],
    ["a file that isn't a table", 3, ["check", "broken.arrow", "--suite", "pass.json"], "broken.arrow"],
    [
      "a key that isn't a column",
      2,
      ["check", "orders.arrow", "--suite", "pass.json", "--key", "di"],
      'did you mean "id"',
    ],
    [
      "a redaction there is none of",
      2,
      ["check", "orders.arrow", "--suite", "pass.json", "--redact", "id=hide"],
      "hash|mask|drop",
    ],
    [
      "a column redacted twice",
      2,
      ["check", "orders.arrow", "--suite", "pass.json", "--redact=id=mask", "--redact=id=hash"],
      "twice",
    ],
    [
      "a sample that is no number",
      2,
      ["check", "orders.arrow", "--suite", "pass.json", "--sample", "many"],
      "whole number",
    ],
    [
      "a sample without end",
      2,
      ["check", "orders.arrow", "--suite", "pass.json", "--sample", "1000000"],
      "sample",
    ],
    [
      "rows in a format there is none of",
      2,
      ["check", "orders.arrow", "--suite", "warn.json", "--quarantine", "bad.docx"],
      "bad.docx",
    ],
    [
      "rows to stdout",
      2,
      ["check", "orders.arrow", "--suite", "warn.json", "--quarantine", "-"],
      "--quarantine",
    ],
    [
      "a result over the table",
      2,
      ["check", "orders.arrow", "--suite", "pass.json", "--accepted", "./orders.arrow"],
      "overwrite",
    ],
    [
      "a result over the suite",
      2,
      ["check", "orders.arrow", "--suite", "pass.json", "--json", "pass.json"],
      "overwrite",
    ],
    [
      "two results in one file",
      2,
      ["check", "orders.arrow", "--suite", "pass.json", "--json", "r", "--junit", "r"],
      "overwrite",
    ],
    [
      "two results on stdout",
      2,
      ["check", "orders.arrow", "--suite", "pass.json", "--json", "-", "--junit", "-"],
      "overwrite",
    ],
    [
      "a result in a folder that isn't there",
      4,
      ["check", "orders.arrow", "--suite", "pass.json", "--json", "no/r.json"],
      "r.json",
    ],
    [
      "rows in a folder that isn't there",
      4,
      ["check", "orders.arrow", "--suite", "warn.json", "--quarantine", "no/bad.arrow"],
      "bad.arrow",
    ],
    ["an address", 2, ["check", "https://x.example/a.arrow", "--suite", "pass.json"], "x.example"],
  ])("says so in a line or two: %s", async (_, code, argv, said) => {
    await writeFile(join(folder, "broken.arrow"), "ARROW1 and nothing else");
    const before = await readdir(folder);
    const done = await runIn(folder, argv);
    expect(done.err).toContain(said);
    expect(done).toMatchObject({ code, out: "" });
    const lines = done.err.trimEnd().split("\n");
    expect(lines.length).toBeLessThanOrEqual(2);
    expect(lines[0]).toMatch(/^veritable: /);
    expect(await readdir(folder)).toEqual(before);
  });

  it("keeps the old result when there is no new one", async () => {
    await writeFile(join(folder, "r.json"), "old");
    expect(await check("lost.json", "--json", "r.json", "--key", "nothing")).toMatchObject({ code: 2 });
    expect(await text("r.json")).toBe("old");
    expect((await readdir(folder)).filter((name) => name.includes("tmp"))).toEqual([]);
  });

  it("shows where an error arose when VERITABLE_DEBUG is set", async () => {
    const { err } = await runIn(folder, ["check", "orders.arrow", "--suite", "none.json"], {
      env: { VERITABLE_DEBUG: "1" },
    });
    expect(err).toMatch(/\n\s+at .*readSuite/);
  });

  it("makes what it says of hostile names harmless", async () => {
    const suite = { name: "pass", expectations: [{ type: "notNull", column: "id", "\u001b[2J\u202e\n": 1 }] };
    await writeFile(join(folder, "evil.json"), JSON.stringify(suite));
    const { code, err } = await check("evil.json");
    expect(code).toBe(2);
    expect(err).toContain("\\");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not occur
    expect(err).not.toMatch(/[\u001b\u202e]|\n.+\n.+\n/);
  });
});
