/** Partitions of a log: enough that the keys of one are hashed in cache, few enough to be written to by turns. */
export const PARTS = 256;

/** Words of an entry: the two words of its key, and the row it came from. */
export const ENTRY = 3;

/** Set in an entry's row where the key is known to come again: the row itself was counted already. */
export const REPEATS = 0x8000_0000 | 0;

/** Rows that an entry can name. */
export const MOST_ROWS = 2 ** 31;

const CHUNK = 512 * ENTRY;
// Chunks of an arena, of the first and of those that follow: 1.5 and 12 MB.
const FIRST_CHUNKS = PARTS;
const CHUNKS = 2048;

/** The partition of a key: all entries of one key are in one. The bits it takes are not those of `slotOf`. */
export function partOf(low: number, high: number): number {
  return mixed(low, high) >>> 24;
}

/** Where a key is first looked for in a table of `mask + 1` slots. */
export function slotOf(low: number, high: number, mask: number): number {
  const hash = mixed(low, high);
  return (hash ^ (hash >>> 13)) & mask;
}

function mixed(low: number, high: number): number {
  const hash = Math.imul(low ^ Math.imul(high, 0x9e3779b1), 0x85ebca6b);
  return Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35);
}

/** Memory for entries, in chunks of one partition each, in the order they were taken. */
interface Arena {
  readonly words: Int32Array;
  /** By partition, the first chunk and the end of the last one; by chunk, the next of its partition. */
  readonly heads: Int32Array;
  readonly ends: Int32Array;
  readonly next: Int32Array;
  taken: number;
}

/** Keys and their rows, apart by a hash of the key and in order of arrival within a partition: 12 bytes an entry. */
export class KeyLog {
  /** Entries by partition. */
  readonly counts = new Float64Array(PARTS);
  #settled: (Int32Array | undefined)[] = [];
  #settledWords = 0;
  #arenas: Arena[] = [];
  #size = 0;

  /** Entries in all. */
  get size(): number {
    return this.#size;
  }

  get byteLength(): number {
    const arenas = this.#arenas.reduce((sum, { taken }) => sum + taken * CHUNK, 0);
    return (this.#settledWords + arenas) * 4;
  }

  /** Adds keys, two words each; their rows are `firstRow + rows[i]`, or on end from `firstRow`. */
  add(words: Int32Array, count: number, rows: Int32Array | undefined, firstRow: number): void {
    let arena = this.#arenas.at(-1) ?? this.#open();
    let { words: memory, ends } = arena;
    for (let i = 0; i < count; i++) {
      const low = words[i * 2]!;
      const high = words[i * 2 + 1]!;
      const part = partOf(low, high);
      let at = ends[part]!;
      if (at % CHUNK === 0) {
        if (arena.taken === arena.next.length) {
          arena = this.#open();
          ({ words: memory, ends } = arena);
        }
        at = take(arena, part);
      }
      memory[at] = low;
      memory[at + 1] = high;
      memory[at + 2] = firstRow + (rows ? rows[i]! : i);
      ends[part] = at + ENTRY;
      this.counts[part]!++;
    }
    this.#size += count;
  }

  #open(): Arena {
    const chunks = this.#arenas.length === 0 ? FIRST_CHUNKS : CHUNKS;
    const arena = {
      words: new Int32Array(CHUNK * chunks),
      heads: new Int32Array(PARTS).fill(-1),
      ends: new Int32Array(PARTS),
      next: new Int32Array(chunks).fill(-1),
      taken: 0,
    };
    this.#arenas.push(arena);
    return arena;
  }

  /** Copies the entries of a partition into `out`, in order of arrival; returns how many words they are. */
  gather(part: number, out: Int32Array): number {
    let length = 0;
    const settled = this.#settled[part];
    if (settled) {
      out.set(settled);
      length = settled.length;
    }
    for (const { words, heads, ends, next } of this.#arenas) {
      for (let chunk = heads[part]!; chunk >= 0; chunk = next[chunk]!) {
        const end = next[chunk]! < 0 ? ends[part]! : (chunk + 1) * CHUNK;
        out.set(words.subarray(chunk * CHUNK, end), length);
        length += end - chunk * CHUNK;
      }
    }
    return length;
  }

  /** Puts other entries in place of all there are: `entriesOf` gives those of a partition, as a view. */
  replace(entriesOf: (part: number) => Int32Array): void {
    const settled: Int32Array[] = [];
    this.#settledWords = 0;
    for (let part = 0; part < PARTS; part++) {
      const entries = entriesOf(part).slice();
      settled.push(entries);
      this.#settledWords += entries.length;
      this.counts[part] = entries.length / ENTRY;
    }
    this.#settled = settled;
    this.#arenas = [];
    this.#size = this.#settledWords / ENTRY;
  }
}

/** Gives a partition its next chunk; returns where it starts. */
function take(arena: Arena, part: number): number {
  const chunk = arena.taken++;
  const end = arena.ends[part]!;
  if (arena.heads[part]! < 0) arena.heads[part] = chunk;
  else arena.next[end / CHUNK - 1] = chunk;
  return chunk * CHUNK;
}
