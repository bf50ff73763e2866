import type { ColumnAddress } from "../columns/address.js";
import type { Block } from "../columns/block.js";
import { laneOf } from "../columns/view.js";
import { findRepeats, type RepeatFinder } from "./findRepeats.js";
import { KnownTexts } from "./knownTexts.js";
import type { MemoryBudget } from "./memoryBudget.js";
import { presentRows } from "./state.js";

type Counter = Pick<RepeatFinder, "distinct" | "observe">;

/** The distinct values of a column and how many rows hold one. Exact; it lives for one run and is not stored. */
export class DistinctState {
  readonly #address: ColumnAddress;
  readonly #keys: Counter;
  readonly #known: KnownTexts | undefined;
  readonly #scratch = new Uint8Array(8192);
  /** Rows that hold a value. */
  values = 0;

  constructor(
    address: ColumnAddress,
    memory?: MemoryBudget,
    keys: Counter = findRepeats([address], { marks: false, memory }),
  ) {
    this.#address = address;
    this.#keys = keys;
    this.#known = laneOf(address.type) === "bytes" ? new KnownTexts(address) : undefined;
  }

  /** The state of a column whose distinct values someone else counted; it takes no more rows. */
  static known(address: ColumnAddress, distinct: number, values: number): DistinctState {
    const observe = () => {
      throw new TypeError("counted elsewhere");
    };
    return Object.assign(new DistinctState(address, undefined, { distinct, observe }), { values });
  }

  get distinct(): number {
    return this.#keys.distinct;
  }

  observe(block: Block, selected: Uint8Array | undefined): void {
    if (laneOf(this.#address.type) === "opaque") return;
    const present = presentRows(block.valid(this.#address), selected, block.count);
    let values = block.count;
    if (present) {
      values = 0;
      for (let i = 0; i < block.count; i++) values += present[i]!;
    }
    this.values += values;
    // A look at every row of a block is too much for a few of them.
    const rest = this.#known && values * 4 >= block.count ? this.#known.sift(block, present) : present;
    if (rest !== "none") this.#keys.observe(block, rest, this.#scratch);
  }
}
