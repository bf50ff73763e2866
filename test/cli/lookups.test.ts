import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { registry } from "../../src/expectations/unit/registry.js";
import { makeFolder, removeFolder, runIn } from "./commandLine.js";

let folder: string;
beforeAll(async () => {
  folder = await makeFolder();
});
afterAll(async () => {
  await removeFolder(folder);
});

const run = (...argv: string[]) => runIn(folder, argv);

describe("veritable explain", () => {
  it("says what would be read and what decides", async () => {
    const done = await run("explain", "orders.arrow", "--suite", "fail.json");
    expect(done).toMatchObject({ code: 0, err: "" });
    expect(done.out.replaceAll(folder, "FOLDER")).toBe(`FOLDER/orders.arrow (arrow, 6 rows) against suite fail

  reads 2 of 3 columns: qty int32, email dictionary<int32, utf8>
  leaves id

  · notNull(email)  decided by metadata, at worst by rows; local rule
  · between(qty)    decided by summary, at worst by rows; local rule
`);
  });

  it("says what can't be evaluated", async () => {
    const done = await run("explain", "orders.arrow", "--suite", "lost.json");
    expect(done.code).toBe(0);
    expect(done.out).toContain(
      '? notNull(emial)  can\'t be evaluated: no column "emial"; did you mean "email"?',
    );
  });

  it("fails as a check would before reading", async () => {
    expect(await run("explain", "none.arrow", "--suite", "pass.json")).toMatchObject({ code: 3, out: "" });
    expect(await run("explain", "orders.arrow", "--suite", "none.json")).toMatchObject({ code: 2, out: "" });
  });
});

describe("a table on a command line", () => {
  const suite = {
    name: "keyed",
    expectations: [{ type: "inTable", columns: ["id"], table: "ids", tableColumns: ["number"] }],
  };

  beforeAll(async () => {
    await writeFile(join(folder, "keyed.json"), JSON.stringify(suite));
    await writeFile(join(folder, "ids.csv"), `number\n${[1, 2, 3, 4, 5].join("\n")}\n`);
  });

  it("is what check looks up in", async () => {
    const done = await run("check", "orders.arrow", "--suite", "keyed.json", "--table", "ids=ids.csv");
    expect(done).toMatchObject({ code: 1, err: "" });
    expect(done.out).toMatch(/inTable\(id\) +broken by 1 of 6 rows/);
  });

  it("stands beside a clock that sets what ages are measured by", async () => {
    const fresh = {
      name: "fresh",
      expectations: [
        { type: "freshness", column: "at", maxAge: "6h" },
        { type: "rowCountEqualsTable", table: "ids" },
      ],
    };
    await writeFile(join(folder, "fresh.json"), JSON.stringify(fresh));
    await writeFile(join(folder, "at.csv"), `at\n${"2024-01-31T03:30:00\n".repeat(5)}`);
    const at = (...said: string[]) =>
      run("check", "at.csv", "--suite", "fresh.json", "--table", "ids=ids.csv", ...said);
    expect(await at("--now", "2024-01-31T09:30:00Z")).toMatchObject({ code: 0, err: "" });
    expect(await at("--now", "2024-01-31T09:30:01Z")).toMatchObject({ code: 1, err: "" });
    const wrong = await at("--now", "yesterday");
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain('--now takes an ISO 8601 moment, not "yesterday"');
  });

  it("is named by explain, and by lint, which read none of it", async () => {
    const explained = await run("explain", "orders.arrow", "--suite", "keyed.json", "--table", "ids=ids.csv");
    expect(explained.out).toContain("  reads table ids: number\n");
    const looked = await run("lint", "keyed.json", "orders.arrow", "--table", "ids=ids.csv");
    expect(looked).toMatchObject({ code: 0, err: "" });
  });

  it.each([
    [[], 'the table "ids", which wasn\'t given'],
    [["--table", "id=ids.csv"], 'did you mean "id"?'],
    [["--table", "ids.csv"], "--table takes NAME=FILE"],
    [["--table", "ids="], "--table ids= names no file"],
    [["--table", "ids=a.csv", "--table", "ids=b.csv"], '--table names "ids" twice'],
    [["--table", "ids=ids.csv", "--json", "ids.csv"], "would overwrite"],
  ])("is missed, or said wrongly: %j", async (said, message) => {
    const done = await run("check", "orders.arrow", "--suite", "keyed.json", ...said);
    expect(done.code).toBe(2);
    expect(done.err).toContain(message);
  });
});

describe("a number on a command line", () => {
  beforeAll(async () => {
    const suite = { name: "sized", expectations: [{ type: "scalar", name: "modelSizeMb", atMost: 20 }] };
    await writeFile(join(folder, "sized.json"), JSON.stringify(suite));
  });
  const check = (...said: string[]) => run("check", "orders.arrow", "--suite", "sized.json", ...said);

  it("is what check judges, and explain and lint take", async () => {
    expect(await check("--scalar", "modelSizeMb=2e1")).toMatchObject({ code: 0, err: "" });
    expect(await check("--scalar", "modelSizeMb=20.5", "--scalar", "other=-1")).toMatchObject({
      code: 1,
      err: "",
    });
    const explained = await run(
      "explain",
      "orders.arrow",
      "--suite",
      "sized.json",
      "--scalar",
      "modelSizeMb=1",
    );
    expect(explained.out).toContain("reads 0 of 3 columns");
    const looked = await run("lint", "sized.json");
    expect(looked.out).toContain('a run has to be given scalars: "modelSizeMb"');
  });

  it.each([
    [[], 'names the scalar "modelSizeMb", which wasn\'t given'],
    [["--scalar", "modelSizeMB=1"], 'did you mean "modelSizeMB"?'],
    [["--scalar", "modelSizeMb"], "--scalar takes NAME=NUMBER"],
    [["--scalar", "modelSizeMb="], '--scalar modelSizeMb= takes a number, not ""'],
    [["--scalar", "modelSizeMb=small"], '--scalar modelSizeMb= takes a number, not "small"'],
    [["--scalar", "modelSizeMb=Infinity"], "takes a number"],
    [["--scalar", "modelSizeMb=1", "--scalar", "modelSizeMb=2"], '--scalar names "modelSizeMb" twice'],
  ])("is missed, or said wrongly: %j", async (said, message) => {
    const done = await check(...said);
    expect(done.code).toBe(2);
    expect(done.err).toContain(message);
  });
});

describe("a parameter on a command line", () => {
  beforeAll(async () => {
    const suite = {
      name: "open",
      expectations: [
        { type: "between", column: "qty", min: { $param: "least" }, max: { $param: "most" } },
        { type: "matches", column: "email", pattern: { $param: "mail" } },
      ],
    };
    await writeFile(join(folder, "open.json"), JSON.stringify(suite));
  });

  it("is JSON, or else text", async () => {
    const given = [
      "--param",
      "least=10",
      "--param",
      "most=9007199254740993",
      "--param",
      "mail=^[a-f]@x[.]example$",
    ];
    const done = await run("check", "orders.arrow", "--suite", "open.json", ...given, "--json", "-");
    expect(done).toMatchObject({ code: 0, err: "" });
    expect(done.out).toContain("qty is between 10 and 9007199254740993");
    const explained = await run("explain", "orders.arrow", "--suite", "open.json", ...given);
    expect(explained).toMatchObject({ code: 0, err: "" });
  });

  it("is missed, and listed by lint", async () => {
    const done = await run("check", "orders.arrow", "--suite", "open.json", "--param", "leest=1");
    expect(done).toMatchObject({ code: 2 });
    expect(done.err).toContain('"least", which wasn\'t given; did you mean "leest"?');
    const listed = await run("lint", "open.json");
    expect(listed).toMatchObject({ code: 0, err: "" });
    expect(listed.out).toContain("0 errors, 0 warnings");
    expect(listed.out).toContain('a run has to be given params: "least", "most", "mail"');
  });
});

describe("veritable lint", () => {
  it("finds nothing wrong with a suite by itself", async () => {
    expect(await run("lint", "pass.json")).toEqual({
      code: 0,
      out: "suite pass, 1 expectation: 0 errors, 0 warnings\n",
      err: "",
    });
  });

  it("holds a suite against a table's schema", async () => {
    expect(await run("lint", "lost.json", "orders.arrow")).toEqual({
      code: 2,
      out: `suite lost, 1 expectation against orders.arrow: 1 error, 1 warning
  ✗ notNull(emial): no column "emial"; did you mean "email"?
  ! no expectation looks at "id", "qty", "email"
`,
      err: "",
    });
  });

  it("refuses what is no suite, and names the nearest name", async () => {
    await writeFile(
      join(folder, "typo.json"),
      '{"name":"a","expectations":[{"type":"notNul","column":"id"}]}',
    );
    const done = await run("lint", "typo.json");
    expect(done).toMatchObject({ code: 2, out: "" });
    expect(done.err).toContain('did you mean "notNull"?');
  });
});

describe("veritable expectations", () => {
  it("lists every one, with what it says", async () => {
    const done = await run("expectations");
    expect(done).toMatchObject({ code: 0, err: "" });
    for (const name of registry().keys()) expect(done.out).toMatch(new RegExp(`^  ${name} +\\S`, "m"));
  });

  it.each([...registry().keys()])("describes %s", async (name) => {
    const done = await run("expectations", name);
    expect(done).toMatchObject({ code: 0, err: "" });
    expect(done.out).toMatch(new RegExp(`^${name}\\(`));
    expect(done.out).toContain(`{"type":"${name}"`);
  });

  it("names the nearest when there is no such one", async () => {
    const err = 'veritable: no expectation is called "betwen"; did you mean "between"?\n';
    expect(await run("expectations", "betwen")).toEqual({ code: 2, out: "", err });
  });
});

describe("how FILE is read", () => {
  const suiteFile = "read.json";
  const reading = ["--format", "csv", "--delimiter", "\\t", "--null-value", "N/A", "--null-value=-"];

  beforeAll(async () => {
    await writeFile(join(folder, "export.txt"), "qty\tname\n3\ta\nN/A\tb\n-\tc\n");
    const expectations = [{ type: "between", column: "qty", max: 5 }];
    await writeFile(join(folder, suiteFile), JSON.stringify({ name: "read", expectations }));
  });

  it("is said by options of check, explain and lint", async () => {
    const checked = await run("check", "export.txt", "--suite", suiteFile, ...reading);
    expect(checked).toMatchObject({ code: 0, err: "" });
    expect(checked.out).toMatch(/between\(qty\) +all 1 row \(2 null\)/);
    const explained = await run("explain", "export.txt", "--suite", suiteFile, ...reading);
    expect(explained.out).toContain("reads 1 of 2 columns: qty int64");
    expect(await run("lint", suiteFile, "export.txt", ...reading)).toMatchObject({ code: 0, err: "" });
  });

  it("is refused where it can't be meant", async () => {
    const unknown = await run("check", "export.txt", "--suite", suiteFile, "--format", "xml");
    expect([unknown.code, unknown.err]).toEqual([
      2,
      expect.stringMatching(/--format takes parquet, arrow, csv/),
    ]);
    const parquet = await run("check", "orders.arrow", "--suite", "pass.json", "--delimiter", ";");
    expect([parquet.code, parquet.err]).toEqual([2, expect.stringMatching(/delimiter is for CSV/)]);
    const nothing = await run("lint", suiteFile, "--delimiter", ";");
    expect([nothing.code, nothing.err]).toEqual([2, expect.stringMatching(/there is none/)]);
  });
});
