import { expect, it } from "vitest";
import { GiveRate } from "../../../src/engines/arrow/threads/giveRate.js";

const ROWS = 65_536;

it("rows are given away as long as that takes less than half of what it saves", () => {
  const rate = new GiveRate();
  rate.judged(ROWS, 10);
  for (let i = 0; i < 8; i++) {
    expect(rate.isWorthwhile).toBe(true);
    rate.gave(ROWS, 4, 1);
  }
  expect(rate.isWorthwhile).toBe(true);
  for (let i = 0; i < 8; i++) rate.gave(ROWS, 6, 1);
  expect(rate.isWorthwhile).toBe(false);
});

it("what is judged here in any case isn't saved", () => {
  const rate = new GiveRate();
  rate.judged(ROWS, 10);
  for (let i = 0; i < 8; i++) rate.gave(ROWS, 1, 9);
  expect(rate.isWorthwhile).toBe(false);
});
