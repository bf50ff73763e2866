import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeFolder, removeFolder, runIn } from "./commandLine.js";

const GX = {
  name: "orders",
  expectations: [
    { type: "expect_column_values_to_not_be_null", kwargs: { column: "id" } },
    { type: "expect_table_row_count_to_equal", kwargs: { value: { $PARAMETER: "rows" } } },
    { type: "expect_something_else", kwargs: {} },
  ],
};

let folder: string;
beforeAll(async () => {
  folder = await makeFolder();
  await writeFile(join(folder, "gx.json"), JSON.stringify(GX));
  await writeFile(join(folder, "parameters.json"), '{ "rows": 6 }');
});
afterAll(async () => {
  await removeFolder(folder);
});

const run = (...argv: string[]) => runIn(folder, argv);

describe("veritable import", () => {
  it("writes a suite that check takes, and says what was left out", async () => {
    const done = await run(
      "import",
      "gx",
      "gx.json",
      "--parameters",
      "parameters.json",
      "--out",
      "ours.json",
    );
    expect(done).toMatchObject({ code: 0, out: "" });
    expect(done.err).toMatch(
      /^orders: 2 expectations, 1 note\n {2}expectations\[2\] expect_something_else: /,
    );
    expect(await run("check", "orders.arrow", "--suite", "ours.json", "--quiet")).toMatchObject({ code: 0 });
  });

  it("writes to stdout unless it is told otherwise", async () => {
    const done = await run("import", "gx", "gx.json", "--parameters=parameters.json");
    await run("import", "gx", "gx.json", "--parameters=parameters.json", "--out=same.json");
    expect(done.out).toBe(await readFile(join(folder, "same.json"), "utf8"));
    expect(JSON.parse(done.out)).toMatchObject({ format: "veritable/suite", name: "orders" });
  });

  it("misses parameters, files and tools", async () => {
    expect(await run("import", "gx", "gx.json")).toMatchObject({
      code: 2,
      err: expect.stringContaining('no parameter "rows"'),
    });
    expect(await run("import", "gx", "none.json")).toMatchObject({
      code: 2,
      err: expect.stringContaining("can't be read"),
    });
    expect(await run("import", "gx", "orders.arrow")).toMatchObject({
      code: 2,
      err: expect.stringContaining("no JSON"),
    });
    expect(await run("import", "dbt", "gx.json")).toMatchObject({
      code: 2,
      err: expect.stringContaining('not "dbt"'),
    });
  });
});
