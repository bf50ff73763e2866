import { expect, it } from "vitest";
import { readAhead } from "../../src/io/readAhead.js";

/** Sources of some items, and what became of them: begun, asked for an item, ended. */
function sources(items: readonly (readonly string[])[], log: string[]) {
  return items.map(async function* (own, nth) {
    log.push(`begin ${nth}`);
    try {
      for (const item of own) {
        if (item === "!") throw new Error(`source ${nth} failed`);
        yield item;
      }
    } finally {
      log.push(`end ${nth}`);
    }
  });
}

async function gather(from: AsyncIterable<string>, most = Number.POSITIVE_INFINITY): Promise<string> {
  let all = "";
  for await (const item of from) {
    all += item;
    if (all.length === most) break;
  }
  return all;
}

it("gives what one source has, then what the next has, however many work ahead", async () => {
  const items = [["a", "b"], [], ["c"], ["d", "e", "f"]];
  for (const ahead of [0, 1, 2, 9]) expect(await gather(readAhead(sources(items, []), ahead))).toBe("abcdef");
  expect(await gather(readAhead([], 2))).toBe("");
});

it("begins no more than it may, and none before it is asked", async () => {
  const log: string[] = [];
  const reading = readAhead(sources([["a"], ["b"], ["c"], ["d"]], log), 1);
  expect(log).toEqual([]);
  expect(await reading.next()).toEqual({ done: false, value: "a" });
  expect(log.filter((line) => line.startsWith("begin"))).toEqual(["begin 0", "begin 1"]);
  expect(await gather(reading)).toBe("bcd");
});

it("ends what it began, when it is left or when a source fails", async () => {
  const left: string[] = [];
  expect(await gather(readAhead(sources([["a", "b"], ["c"], ["d"]], left), 1), 1)).toBe("a");
  expect(left.toSorted()).toEqual(["begin 0", "begin 1", "end 0", "end 1"]);
  const failed: string[] = [];
  const reading = readAhead(sources([["a"], ["!"], ["b"], ["!"]], failed), 2);
  await expect(gather(reading)).rejects.toThrow("source 1 failed");
  expect(failed.filter((line) => line.startsWith("end")).length).toBe(
    failed.filter((line) => line.startsWith("begin")).length,
  );
});
