import { tableFromArrays } from "apache-arrow";
import { describe, expect, test } from "vitest";
import {
  between,
  matches,
  meanBetween,
  revalidate,
  suite,
  unique,
  validate,
} from "../../src/entries/index.js";

const orders = suite("orders", [
  unique("id", { keep: "first", onFail: "quarantine" }),
  between("qty", { min: 1, max: 100 }, { onFail: "quarantine" }),
  meanBetween("qty", { min: 0, max: 1000 }),
]);
const table = tableFromArrays({ id: Int32Array.of(1, 2, 2, 4, 5), qty: Int32Array.of(5, 6, 7, 500, 900) });

async function split() {
  const run = await validate(table, orders);
  return { accepted: await run.accepted.table(), quarantined: await run.quarantined.table() };
}
const column = (of: { getChild(name: string): { toArray(): ArrayLike<number> } | null }, name: string) =>
  Array.from(of.getChild(name)!.toArray());

describe("revalidate", () => {
  test("drops our columns, judges row rules and skips the rest", async () => {
    const { accepted, quarantined } = await split();
    const run = await revalidate(quarantined, orders, { accepted });
    expect(run.outcomes.map(({ status }) => status)).toEqual(["warn", "warn", "skipped"]);
    expect(run.outcomes[2]?.message).toContain("needs the whole table");
    expect((await run.accepted.table()).schema.fields.map(({ name }) => name)).toEqual(["id", "qty"]);
  });

  test("releases what was mended, and keeps what wasn't", async () => {
    const { accepted } = await split();
    const mended = tableFromArrays({ id: Int32Array.of(3, 4, 5), qty: Int32Array.of(7, 50, 900) });
    const run = await revalidate(mended, orders, { accepted });
    expect(column(await run.accepted.table(), "id")).toEqual([3, 4]);
    expect(column(await run.quarantined.table(), "id")).toEqual([5]);
  });

  test("judges keys against the accepted rows", async () => {
    const { accepted } = await split();
    const clash = tableFromArrays({ id: Int32Array.of(1, 7, 7), qty: Int32Array.of(7, 8, 9) });
    const run = await revalidate(clash, orders, { accepted });
    expect(run.outcomes[0]?.counts).toMatchObject({ rows: 3, judged: 3, failed: 2 });
    expect(run.outcomes[0]?.sample?.items.map(({ row }) => row)).toEqual([0, 2]);
    expect(column(await run.accepted.table(), "qty")).toEqual([8]);
  });

  test("without the accepted rows it can't tell, and lets no such row go", async () => {
    const { quarantined } = await split();
    const run = await revalidate(quarantined, orders);
    expect(run.outcomes[0]?.message).toContain("can't tell");
    expect(run.outcomes[0]?.status).toBe("warn");
    expect(column(await run.quarantined.table(), "id")).toEqual([2, 4, 5]);
  });

  test("without the accepted rows it still releases rows that broke no such rule", async () => {
    const names = suite("names", [
      unique("id", { onFail: "quarantine" }),
      matches("name", "^[a-z]+$", { onFail: "quarantine" }),
    ]);
    const first = await validate(
      tableFromArrays({ id: Int32Array.of(1, 1, 3), name: ["a", "b", "C"] }),
      names,
    );
    const rows = (await first.quarantined.table()).toArray();
    expect(rows.map(({ id }) => id)).toEqual([1, 1, 3]);
    const lenient = suite("names", [
      unique("id", { onFail: "quarantine" }),
      matches("name", "^[a-zA-Z]+$", { onFail: "quarantine" }),
    ]);
    const run = await revalidate(await first.quarantined.table(), lenient);
    expect(column(await run.accepted.table(), "id")).toEqual([3]);
  });

  test("of an empty quarantine is no failure", async () => {
    const run = await revalidate(tableFromArrays({ id: new Int32Array(0), qty: new Int32Array(0) }), orders);
    expect(run.status).toBe("pass");
  });
});
