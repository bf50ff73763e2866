import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RecordBatch } from "apache-arrow";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { baselineStore, profile } from "../../src/entries/drift.js";
import { noDrift, noDriftAll, notNull, rowCountNear, suite } from "../../src/entries/index.js";
import { runJson } from "../../src/results/run.js";
import type { RunDrift } from "../../src/validate/runDrift.js";
import { validate } from "../../src/validate/validate.js";
import { draws, numbersTable, textTable } from "../drift/samples.js";

const before = numbersTable(draws("normal", 9000, 1));
const moved = numbersTable(draws("normal", 4000, 2, 0.6));
const orders = suite("orders", [
  notNull("x"),
  noDrift("x", { baseline: "orders" }),
  noDriftAll({ baseline: "orders" }),
  rowCountNear({ baseline: "orders", relative: 0.9 }),
]);

describe("baselines of a run", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "veritable-run-baselines-"));
    await baselineStore(folder).put("orders", await profile(before));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("come from a store, or as profiles by name", async () => {
    const stored = await validate(moved, orders, { baselines: baselineStore(folder) });
    const given = await validate(moved, orders, { baselines: { orders: await profile(before) } });
    expect(stored.outcomes).toEqual(given.outcomes);
    expect(stored.outcomes.map(({ status }) => status)).toEqual(["pass", "fail", "fail", "pass"]);
  });

  it("are reported, and drift is called out", async () => {
    const seen: RunDrift[] = [];
    const run = await validate(moved, orders, {
      baselines: baselineStore(folder),
      onDrift: (one) => seen.push(one),
    });
    expect(run.drift.map(({ id, baseline }) => [id, baseline])).toEqual([
      ["noDrift(x)", "orders"],
      ["noDriftAll", "orders"],
    ]);
    expect(seen).toEqual(run.drift);
    const { drift } = runJson.parse(JSON.parse(JSON.stringify(run.toJSON({ level: "full" }))));
    expect(drift?.map(({ report }) => report)).toEqual(run.drift.map(({ report }) => report));
    expect(run.toJSON()).not.toHaveProperty("drift");
    expect(run.drift[0]!.report.columns[0]!.explanation.length).toBeGreaterThan(0);
    const calm: RunDrift[] = [];
    const still = await validate(before, orders, {
      baselines: baselineStore(folder),
      onDrift: (one) => calm.push(one),
    });
    expect([still.status, calm.length, still.drift.length]).toEqual(["pass", 0, 2]);
  });

  it("that are missing are a ConfigError before any data is read", async () => {
    let read = 0;
    function* batches(): Generator<RecordBatch> {
      read++;
      yield* moved.batches;
    }
    for (const baselines of [
      undefined,
      {},
      { order: await profile(before) },
      baselineStore(join(folder, "none")),
    ]) {
      const run = validate(batches(), orders, baselines ? { baselines } : {});
      await expect(run).rejects.toMatchObject({
        name: "ConfigError",
        code: "config/missing-runtime-input",
      });
    }
    await expect(validate(moved, orders, { baselines: { order: await profile(before) } })).rejects.toThrow(
      /did you mean "order"/,
    );
    expect(read).toBeLessThanOrEqual(4);
  });

  it("that can't be trusted are an InputError", async () => {
    const edited = { ...(await profile(before)), rows: 1 };
    await expect(validate(moved, orders, { baselines: { orders: edited } })).rejects.toMatchObject({
      code: "input/corrupt",
    });
    await writeFile(join(folder, "broken.json"), "{");
    const broken = suite("s", [noDrift("x", { baseline: "broken" })]);
    await expect(validate(moved, broken, { baselines: baselineStore(folder) })).rejects.toThrow(
      /broken\.json/,
    );
  });

  it("with hashed levels want their key", async () => {
    const levels = (a: number, b: number) =>
      textTable([...Array<string>(a).fill("anna"), ...Array<string>(b).fill("bob")]);
    const hashed = await profile(levels(3000, 3000), { privacy: { mode: "hashedLevels", key: "k" } });
    const names = suite("s", [noDrift("x", { baseline: "names" })]);
    const baselines = { names: hashed };
    await expect(validate(levels(1, 1), names, { baselines })).rejects.toMatchObject({
      code: "config/missing-runtime-input",
    });
    const run = await validate(levels(3000, 3000), names, { baselines, baselineKey: "k" });
    expect(run.status).toBe("pass");
    expect(JSON.stringify(run.drift)).not.toContain("anna");
  });

  it("tell nothing of redacted columns", async () => {
    const secret = textTable([...Array<string>(800).fill("hush"), ...Array<string>(100).fill("quiet")]);
    const baselines = { names: await profile(textTable([...Array<string>(900).fill("hush"), "quiet"])) };
    const names = suite("s", [noDrift("x", { baseline: "names" }), noDriftAll({ baseline: "names" })]);
    const run = await validate(secret, names, { baselines, redact: { x: "mask" } });
    expect(run.status).toBe("fail");
    expect(JSON.stringify([run.drift, run.toJSON({ level: "full" })])).not.toMatch(/hush|quiet/);
    const open = await validate(secret, names, { baselines });
    expect(JSON.stringify(open.toJSON({ level: "full" }))).toMatch(/hush/);
  });

  it("are compared in the pass that judges everything else", async () => {
    let reads = 0;
    const source = {
      async *[Symbol.asyncIterator]() {
        reads++;
        yield* moved.batches;
      },
    };
    const run = await validate(source, orders, { baselines: baselineStore(folder) });
    expect([run.status, reads]).toEqual(["fail", 1]);
  });
});
