import { EngineError } from "../errors/index.js";

/** A place outside memory for what a run has gathered and can't hold. */
export interface Spill {
  /** Appends bytes; returns where they begin. Throws EngineError. */
  write(bytes: Uint8Array): number;
  /** Fills `bytes` with what was written from `position` on. Throws EngineError. */
  read(position: number, bytes: Uint8Array): void;
}

/** What holds memory that grows with the data. */
export interface Holder {
  /** What it is, for people. */
  readonly holds: string;
  /** Bytes held. */
  readonly byteLength: number;
  /** Puts what it holds elsewhere; absent where it can't. */
  spill?(to: Spill): void;
}

// Less than this isn't worth a write.
const WORTHWHILE = 1 << 16;

const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1e6)} MB`;

/** What a caller's limit means for the tables of a run. */
export interface Allowance {
  /** Bytes that the caller allows. */
  readonly limit: number;
  /** Bytes of these that tables may hold. */
  readonly tables: number;
  /** The least limit in which tables may hold so much. */
  limitFor(bytes: number): number;
}

/** How much the states of one run may hold together. The holder with the most gives way first. */
export class MemoryBudget {
  readonly #holders: Holder[] = [];
  readonly #allowance: Allowance;
  readonly #spill: Spill | undefined;

  /** Without `spill`, what doesn't fit ends the run. */
  constructor(allowance: Allowance, spill: Spill | undefined) {
    this.#allowance = allowance;
    this.#spill = spill;
  }

  add(holder: Holder): void {
    this.#holders.push(holder);
  }

  /** Makes room where too much is held. Throws EngineError `engine/memory-limit`, which says what would do. */
  keep(): void {
    const gaveNothing = new Set<Holder>();
    while (this.#held > this.#allowance.tables) {
      let largest: Holder | undefined;
      for (const holder of this.#holders) {
        if (!holder.spill || holder.byteLength < WORTHWHILE || gaveNothing.has(holder)) continue;
        if (!largest || holder.byteLength > largest.byteLength) largest = holder;
      }
      if (!largest?.spill || !this.#spill) this.#refuse(this.#held);
      const before = largest.byteLength;
      largest.spill(this.#spill);
      if (largest.byteLength >= before) gaveNothing.add(largest);
    }
  }

  /** Asks for bytes for a while, besides what is held. Throws as `keep` does. */
  ask(bytes: number): void {
    if (bytes > this.#allowance.tables) this.#refuse(bytes);
  }

  get #held(): number {
    let held = 0;
    for (const { byteLength } of this.#holders) held += byteLength;
    return held;
  }

  #refuse(needed: number): never {
    const most = this.#holders.reduce((a, b) => (b.byteLength > a.byteLength ? b : a));
    const { limit, limitFor } = this.#allowance;
    const why = this.#spill ? "" : "; there is no file system here to spill to";
    throw new EngineError(
      "engine/memory-limit",
      `${most.holds} can't be held in a memoryLimit of ${megabytes(limit)}: as far as the data were read, ${megabytes(limitFor(needed))} would do${why}`,
      { unit: most.holds, parameter: "memoryLimit", value: limit },
    );
  }
}
