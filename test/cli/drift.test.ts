import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tableToIPC } from "apache-arrow";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { draws, numbersTable, textTable } from "../drift/samples.js";
import { runIn } from "./commandLine.js";

let folder = "";
const run = (...argv: string[]) => runIn(folder, argv);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "veritable-cli-drift-"));
  const tables = {
    before: numbersTable(draws("normal", 9000, 1)),
    still: numbersTable(draws("normal", 5000, 2)),
    moved: numbersTable(draws("normal", 5000, 3, 0.6)),
    few: numbersTable(draws("normal", 30, 4)),
    texts: textTable(["a", "b"]),
    coded: numbersTable(Float64Array.of(...draws("normal", 5000, 5), ...new Array<number>(1000).fill(-999))),
  };
  for (const [name, table] of Object.entries(tables)) {
    await writeFile(join(folder, `${name}.arrow`), tableToIPC(table, "file"));
  }
  expect(await run("profile", "before.arrow", "-o", "base.json")).toMatchObject({ code: 0, err: "" });
});
afterAll(() => rm(folder, { recursive: true }));

describe("veritable profile", () => {
  it("writes a baseline, the same bytes each time, and says so", async () => {
    const { code, out } = await run("profile", "before.arrow", "--output", "again.json");
    expect([code, out]).toEqual([
      0,
      expect.stringMatching(/^baseline of before\.arrow: 9,000 rows, 1 column, written to /),
    ]);
    expect(await readFile(join(folder, "again.json"))).toEqual(await readFile(join(folder, "base.json")));
  });

  it("takes a privacy mode", async () => {
    expect((await run("profile", "before.arrow", "-o", "k.json", "--privacy", "kAnonymous=50")).code).toBe(0);
    expect(JSON.parse(await readFile(join(folder, "k.json"), "utf8")).privacy).toEqual({
      mode: "kAnonymous",
      k: 50,
    });
    const wrong = await run("profile", "before.arrow", "-o", "w.json", "--privacy", "none");
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringMatching(/--privacy takes full, binsOnly/)]);
    expect(await readdir(folder)).not.toContain("w.json");
  });

  it("can't overwrite what it reads, and needs somewhere to write", async () => {
    expect((await run("profile", "before.arrow", "-o", "before.arrow")).code).toBe(2);
    expect((await run("profile", "before.arrow")).err).toMatch(/needs --output/);
    expect((await run("profile", "before.arrow", "-o", "no/such/folder.json")).code).toBe(4);
  });
});

describe("veritable drift", () => {
  it.each([
    ["still", 0, /^stable: 1 column: 1 stable; 5,000 rows against 9,000 rows\n {2}✓ x: stable/],
    ["moved", 1, /^drift: 1 column: 1 drifted/],
    ["few", 0, /^inconclusive: .*\n {2}! x: inconclusive: .* rows would tell/],
    ["texts", 3, /^not comparable: .*\n {2}\? x: not comparable: the type was float64 and is utf8/],
  ])("of %s ends in %i", async (name, code, said) => {
    const done = await run("drift", `${name}.arrow`, "--baseline", "base.json");
    expect(done.code).toBe(code);
    expect(done.out).toMatch(said);
    expect(done.err).toBe("");
  });

  it("draws what drifted, side by side", async () => {
    const { out } = await run("drift", "moved.arrow", "--baseline", "base.json");
    const lines = out.split("\n").filter((line) => line.includes("█"));
    expect(lines.length).toBe(10);
    expect(out).not.toContain("\u001b[");
    expect(
      (await runIn(folder, ["drift", "moved.arrow", "--baseline", "base.json"], { tty: true })).out,
    ).toContain("\u001b[");
  });

  it("leaves out values that count as null, here and in the baseline", async () => {
    expect((await run("drift", "coded.arrow", "--baseline", "base.json")).code).toBe(1);
    const codes = ["--missing=-999", "--missing", "N/A"];
    const done = await run("profile", "coded.arrow", "-o", "coded.json", ...codes);
    expect([done.code, done.err]).toEqual([0, ""]);
    const said = await run("drift", "coded.arrow", "--baseline", "coded.json", ...codes);
    expect([said.code, said.out]).toEqual([0, expect.stringMatching(/^stable/)]);
    expect((await run("drift", "coded.arrow", "--baseline", "coded.json")).code).toBe(1);
  });

  it("writes JSON and Markdown, to a file or to stdout", async () => {
    const done = await run(
      "drift",
      "moved.arrow",
      "--baseline",
      "base.json",
      "--json",
      "d.json",
      "--markdown",
      "d.md",
    );
    expect(done.code).toBe(1);
    expect(JSON.parse(await readFile(join(folder, "d.json"), "utf8"))).toMatchObject({
      format: "veritable/drift",
      verdict: "drift",
      drifted: ["x"],
    });
    const markdown = await readFile(join(folder, "d.md"), "utf8");
    expect(markdown).toMatch(/^## drift: 1 column: 1 drifted\n/);
    expect(markdown).toMatch(/\| bin \| baseline \| now \|/);
    const { out } = await run("drift", "still.arrow", "--baseline", "base.json", "--json", "-");
    expect(JSON.parse(out).verdict).toBe("stable");
  });

  it("refuses what can't be meant", async () => {
    const missing = await run("drift", "still.arrow", "--baseline", "none.json");
    expect([missing.code, missing.err]).toEqual([
      2,
      expect.stringMatching(/there is no baseline .*none\.json/),
    ]);
    await writeFile(join(folder, "bad.json"), "{}");
    expect((await run("drift", "still.arrow", "--baseline", "bad.json")).code).toBe(3);
    expect((await run("drift", "still.arrow", "--baseline", "base.json", "--json", "base.json")).code).toBe(
      2,
    );
    expect((await run("drift", "still.arrow", "--baseline", "base.json", "--shift", "much")).code).toBe(2);
    expect((await run("drift", "still.arrow", "--baseline", "base.json", "--exclude", "y")).code).toBe(2);
    const loose = await run("drift", "moved.arrow", "--baseline", "base.json", "--shift", "2");
    expect(loose.code).toBe(0);
  });
});

describe("veritable check", () => {
  it("takes a folder of baselines", async () => {
    const suite = { name: "s", expectations: [{ type: "noDrift", column: "x", baseline: "base" }] };
    await writeFile(join(folder, "suite.json"), JSON.stringify(suite));
    const check = (file: string) =>
      run("check", file, "--suite", "suite.json", "--baselines", ".", "--quiet");
    expect([(await check("still.arrow")).code, (await check("moved.arrow")).code]).toEqual([0, 1]);
    const without = await run("check", "still.arrow", "--suite", "suite.json");
    expect([without.code, without.err]).toEqual([2, expect.stringMatching(/names the baseline "base"/)]);
  });
});
