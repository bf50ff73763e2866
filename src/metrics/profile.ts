import { DataType, type Dictionary } from "apache-arrow";
import type { ColumnAddress } from "../columns/address.js";
import { countOnes } from "../columns/bitmap.js";
import type { Block } from "../columns/block.js";
import { laneOf } from "../columns/view.js";
import { ClockCounts } from "./clockCounts.js";
import { LevelCounts } from "./levelCounts.js";
import { NumberRuns } from "./numberRuns.js";
import { presentRows } from "./state.js";

/**
 * The distribution of one column, in one pass: rows and nulls, numbers by value, texts by level, lengths of binary
 * values, hours and weekdays of moments. It lives for one run; what is kept of it is a profile. Decimals are numbers in
 * their own unit, moments and durations are in ticks, and integers beyond 2^53 are rounded.
 */
export class ProfileState {
  readonly address: ColumnAddress;
  rows = 0;
  nulls = 0;
  readonly numbers: NumberRuns | undefined;
  readonly levels: LevelCounts | undefined;
  readonly clock: ClockCounts | undefined;
  readonly #unit: number;

  /** @param places where the numbers will be ranked; everywhere when absent */
  constructor(address: ColumnAddress, places?: readonly number[]) {
    this.address = address;
    const { type } = address;
    const plain = DataType.isDictionary(type) ? (type as Dictionary).dictionary : type;
    const lane = laneOf(plain);
    this.numbers =
      lane === "number" || lane === "integer" || address.kind === "binary"
        ? new NumberRuns(places)
        : undefined;
    this.levels = address.kind === "string" ? new LevelCounts() : undefined;
    this.clock = ClockCounts.fits(plain) ? new ClockCounts(plain) : undefined;
    this.#unit = DataType.isDecimal(plain) ? 10 ** plain.scale : 1;
  }

  observe(block: Block, selected: Uint8Array | undefined): void {
    const present = presentRows(block.valid(this.address), selected, block.count);
    const rows = selected ? countOnes(selected, block.count) : block.count;
    this.rows += rows;
    this.nulls += rows - (present ? countOnes(present, block.count) : block.count);
    const view = block.view(this.address);
    if (this.levels) this.levels.observe(view, block.from, block.count, present);
    else if (this.address.kind === "binary") {
      for (let i = 0; i < block.count; i++) {
        if (!present || present[i] === 1) this.numbers!.add(view.bytes(block.from + i).length);
      }
    } else if (this.numbers) this.#observeNumbers(block, present);
  }

  #observeNumbers(block: Block, present: Uint8Array | undefined): void {
    const view = block.view(this.address);
    const numbers = this.numbers!;
    const { values, exact } = view.numbers(block.from, block.count);
    const isInteger = view.lane === "integer";
    for (let i = 0; i < block.count; i++) {
      if (present && present[i] === 0) continue;
      let value = values[i]!;
      if (!exact && isInteger && Number.isNaN(value)) value = Number(view.integer(block.from + i));
      numbers.add(this.#unit === 1 ? value : value / this.#unit);
      this.clock?.add(value);
    }
  }
}
