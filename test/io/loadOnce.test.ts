import { expect, it } from "vitest";
import { loadOnce } from "../../src/io/loadOnce.js";

it("loads once, and again only after a failure", async () => {
  let asked = 0;
  const load = loadOnce(async () => {
    if (++asked === 1) throw new Error("not yet");
    return asked;
  });
  expect(asked).toBe(0);
  await expect(load()).rejects.toThrow("not yet");
  expect(await Promise.all([load(), load()])).toEqual([2, 2]);
  expect(await load()).toBe(2);
});
