import { RowSet } from "../columns/rowSet.js";
import type { hashTexts } from "../kernels/hash.js";
import type { KeptTexts } from "./keptTexts.js";
import type { SameKey } from "./keySettling.js";
import type { MemoryBudget, Spill } from "./memoryBudget.js";
import { PartitionedTexts } from "./partitionedTexts.js";
import { SpilledTexts } from "./spilledTexts.js";

// So large a share of the texts that are held is worth writing as they are held.
const MOST = 0.75;

/** The texts of keys that a log holds by their hashes: in memory, and those that were spilled in a file. */
export class HashedTexts {
  readonly held: KeptTexts;
  readonly #hash: typeof hashTexts;
  #spill: Spill | undefined;
  #spilled: SpilledTexts | undefined;
  /** The row after all that were spilled. */
  #spilledEnd = 0;

  constructor(held: KeptTexts, hash: typeof hashTexts) {
    this.held = held;
    this.#hash = hash;
  }

  /** Whether the rows hold the same text; both are in memory. */
  readonly sameHeld: SameKey = (row, other) => this.held.same(row, other);

  /** A set to note rows in whose texts are to be spilled, unless they are about all: `rows` is how many there are. */
  rowsToSpill(rows: number): RowSet | undefined {
    return rows > this.held.count * MOST ? undefined : new RowSet();
  }

  /** Puts the texts of some rows, or of all, into a file; `end` is the row after all that were held. */
  spill(to: Spill, rows: RowSet | undefined, end: number): void {
    this.#spill = to;
    this.#spilled ??= new SpilledTexts(to);
    this.#spilled.write(this.held, rows);
    this.held.clear();
    this.#spilledEnd = end;
  }

  /** Makes some rows comparable, wherever their texts are, by the partition of their hash. */
  among(rows: RowSet, memory: MemoryBudget | undefined): (part: number) => SameKey {
    if (!this.#spill || !this.#spilled) return () => this.sameHeld;
    const texts = new PartitionedTexts(this.#spill, this.#spilled.read(), rows, this.#hash);
    return (part) => {
      memory?.ask(texts.byteLength(part));
      const read = texts.read(part);
      const placeOf = (row: number): KeptTexts => (row < this.#spilledEnd ? read : this.held);
      return (row, other) => placeOf(row).same(row, other, placeOf(other));
    };
  }
}
