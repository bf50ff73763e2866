import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { levelHash, membershipOf, memberTest, mergeMemberships } from "../../src/drift/membership.js";
import type { Profile } from "../../src/drift/profile.js";
import { profileFromJson, readProfile, writeProfile } from "../../src/drift/profileCodec.js";
import { baselineStore } from "../../src/validate/baselineStore.js";
import { profile } from "../../src/validate/profile.js";
import { tableOf } from "../expectations/tables.js";
import { draws, numbersTable, textTable } from "./samples.js";

const mixed = tableOf({
  x: { type: "float64", values: [1, 2.5, null, 1e300] },
  s: { type: "utf8", values: ["__proto__", "b", null, "b"] },
  t: { type: "date32", values: ["2024-01-01", null, null, "2024-01-02"] },
  n: { type: "null", values: [null, null, null, null] },
});

/** The code that a call throws. */
function codeOf(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
  return "nothing thrown";
}

describe("the codec", () => {
  it("gives back what it was given", async () => {
    for (const made of [
      await profile(mixed),
      await profile(numbersTable(draws("normal", 5000, 1))),
      await profile(textTable(Array.from({ length: 12_000 }, (_, i) => `id-${i}`))),
    ]) {
      expect(readProfile(writeProfile(made))).toEqual(made);
      expect(profileFromJson(JSON.parse(JSON.stringify(made)))).toEqual(made);
    }
  });

  it("refuses another format or version as unsupported", async () => {
    const made = await profile(mixed);
    expect(codeOf(() => profileFromJson({ ...made, version: 2 }))).toBe("input/unsupported");
    expect(codeOf(() => profileFromJson({ ...made, format: "veritable/run" }))).toBe("input/unsupported");
    expect(codeOf(() => profileFromJson(null))).toBe("input/unsupported");
    expect(codeOf(() => profileFromJson([]))).toBe("input/unsupported");
  });

  it("refuses what was edited, and what doesn't hold together, as corrupt", async () => {
    const made = await profile(mixed);
    const text = writeProfile(made);
    expect(codeOf(() => readProfile(text.replace('"nulls":1', '"nulls":0')))).toBe("input/corrupt");
    expect(codeOf(() => readProfile(text.slice(0, -10)))).toBe("input/corrupt");
    expect(codeOf(() => profileFromJson({ ...made, rows: -1 }))).toBe("input/corrupt");
    const [x, ...rest] = made.columns;
    const places = { ...x!.numbers!.places, at: [1, 1, 2] };
    const broken = { ...made, columns: [{ ...x, numbers: { ...x!.numbers, places } }, ...rest] };
    expect(codeOf(() => profileFromJson(broken))).toBe("input/corrupt");
    const packed = {
      ...made,
      columns: [{ ...x, numbers: { ...x!.numbers, places: { ...places, values: "A===" } } }],
    };
    expect(codeOf(() => profileFromJson(packed))).toBe("input/corrupt");
  });

  it("doesn't mind the order of keys", async () => {
    const made = await profile(mixed);
    const turned = Object.fromEntries(Object.entries(made).reverse());
    expect(profileFromJson(turned).hash).toBe(made.hash);
  });
});

describe("a store of baselines", () => {
  let folder = "";
  let made: Profile;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "veritable-baselines-"));
    made = await profile(mixed);
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("gives back what was put, under its name, and leaves nothing else behind", async () => {
    const store = baselineStore(join(folder, "made"));
    expect(await store.list()).toEqual([]);
    expect(await store.get("orders")).toBeUndefined();
    const path = await store.put("orders", made);
    await store.put("a.b-2", made);
    expect(path).toBe(join(folder, "made", "orders.json"));
    expect(await store.get("orders")).toEqual(made);
    expect(await store.list()).toEqual(["a.b-2", "orders"]);
    expect((await readdir(join(folder, "made"))).sort()).toEqual(["a.b-2.json", "orders.json"]);
    const before = await readFile(path);
    await store.put("orders", await profile(mixed));
    expect(await readFile(path)).toEqual(before);
  });

  it.each(["", "../x", "a/b", ".hidden", "x".repeat(101), "a b", "ä"])(
    "refuses the name %j",
    async (name) => {
      await expect(baselineStore(folder).get(name)).rejects.toMatchObject({ code: "config/bad-value" });
      await expect(baselineStore(folder).put(name, made)).rejects.toMatchObject({ code: "config/bad-value" });
    },
  );

  it("names the file it can't trust", async () => {
    await writeFile(join(folder, "edited.json"), writeProfile(made).replace('"nulls":1', '"nulls":0'));
    await expect(baselineStore(folder).get("edited")).rejects.toMatchObject({ code: "input/corrupt" });
    await expect(baselineStore(folder).get("edited")).rejects.toThrow(/edited\.json.*changed by hand/);
    await expect(baselineStore(folder).put("other", { ...made, rows: 5 })).rejects.toMatchObject({
      code: "input/corrupt",
    });
  });
});

describe("membership", () => {
  const names = (from: number, count: number): number[] =>
    Array.from({ length: count }, (_, i) => levelHash(`level ${from + i}`));

  it("never forgets a level, and takes few others for one", () => {
    for (const count of [10, 9_000, 25_000]) {
      const { has, falsePositive } = memberTest(membershipOf(names(0, count)));
      expect(Array.from({ length: count }, (_, i) => `level ${i}`).every(has)).toBe(true);
      const wrong = Array.from({ length: 20_000 }, (_, i) => `other ${i}`).filter(has).length / 20_000;
      expect(wrong).toBeLessThan(falsePositive * 1.5 + 0.002);
      expect(falsePositive).toBeLessThan(0.02);
    }
  });

  it("merges to the structure of the whole", () => {
    for (const [a, b] of [
      [100, 50],
      [9000, 9000],
      [20_000, 10],
    ] as const) {
      const merged = mergeMemberships(membershipOf(names(0, a)), membershipOf(names(a, b)));
      expect(merged).toEqual(membershipOf(names(0, a + b)));
    }
  });
});

describe("privacy", () => {
  const values = draws("lognormal", 3000, 5);

  it("kAnonymous tells nothing that fewer than k rows share", async () => {
    const k = 25;
    const table = numbersTable(values);
    const { numbers } = (await profile(table, { privacy: { mode: "kAnonymous", k } })).columns[0]!;
    const { values: edges, at, gaps } = numbers!.places;
    const originals = new Set(values);
    expect(edges.length).toBeGreaterThan(50);
    expect(edges.filter((edge) => originals.has(edge))).toEqual([]);
    expect(edges.every((edge) => Number(edge.toPrecision(3)) === edge)).toBe(true);
    expect(gaps.filter((rows) => rows > 0 && rows < k)).toEqual([]);
    expect(at.filter((rows) => rows > 0 && rows < k)).toEqual([]);
    expect(numbers!.extremesKnown).toBe(false);
  });

  it("kAnonymous keeps common levels only, and no word on the others", async () => {
    const levels = [...Array(30).fill("common"), ...Array(3).fill("rare"), "only"];
    const made = await profile(textTable(levels), { privacy: { mode: "kAnonymous", k: 10 } });
    expect(made.columns[0]!.levels).toMatchObject({ levels: [["common", 30]], otherRows: 4 });
    expect(writeProfile(made)).not.toContain("rare");
    expect(made.columns[0]!.levels!.membership).toBeUndefined();
  });

  it("kAnonymous says nothing of a column with too few values", async () => {
    const made = await profile(numbersTable(Float64Array.of(1, 2, 3)), {
      privacy: { mode: "kAnonymous", k: 2 },
    });
    expect(made.columns[0]!.numbers).toBeUndefined();
  });

  it("hashedLevels names no level, and means the same under the same key", async () => {
    const privacy = { mode: "hashedLevels", key: "secret" } as const;
    const made = await profile(textTable(["anna", "bob", "anna"]), { privacy });
    expect(writeProfile(made)).not.toMatch(/anna|bob|secret/);
    expect(await profile(textTable(["bob", "anna", "anna"]), { privacy })).toEqual(made);
    const other = await profile(textTable(["anna", "bob", "anna"]), {
      privacy: { mode: "hashedLevels", key: "other" },
    });
    expect(other.privacy.key).not.toBe(made.privacy.key);
    expect(other.columns[0]!.levels!.levels[0]![0]).not.toBe(made.columns[0]!.levels!.levels[0]![0]);
  });

  it("binsOnly keeps twentieths, and neither moments nor levels", async () => {
    const numbers = (await profile(numbersTable(values), { privacy: "binsOnly" })).columns[0]!.numbers!;
    expect(numbers.places.values.length).toBeLessThanOrEqual(21);
    expect(numbers.moments).toBeUndefined();
    const texts = await profile(textTable(["a", "b"]), { privacy: "binsOnly" });
    expect(texts.columns[0]!.levels).toBeUndefined();
  });

  it.each([
    "fulll",
    { mode: "kAnonymous", k: 1 },
    { mode: "kAnonymous", k: 2.5 },
    { mode: "hashedLevels" },
    { mode: "hashedLevels", key: "" },
  ])("refuses %j", async (privacy) => {
    const made = profile(numbersTable(values), { privacy: privacy as never });
    await expect(made).rejects.toMatchObject({ code: "config/bad-value" });
  });
});
