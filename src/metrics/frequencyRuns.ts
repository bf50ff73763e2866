import type { Stored } from "../columns/stored.js";
import type { Spill } from "./memoryBudget.js";
import type { Frequency } from "./mergeFrequencies.js";
import { TextList } from "./textList.js";
import { readTexts, type TextPiece, writeTexts } from "./textPiece.js";

// Values written and read together, and the bytes of texts that are enough before.
const TOGETHER = 4096;
const ENOUGH_BYTES = 2 ** 16;

type Kind = "number" | "bigint" | "bytes";

/** Values of one kind, and before them their counts. */
interface Chunk {
  readonly kind: Kind;
  readonly position: number;
  readonly count: number;
  /** Absent where they are numbers. */
  readonly texts: TextPiece | undefined;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

const bytesOf = (doubles: Float64Array) =>
  new Uint8Array(doubles.buffer, doubles.byteOffset, doubles.byteLength);

function kindOf(value: Stored): Kind {
  return typeof value === "number" ? "number" : typeof value === "bigint" ? "bigint" : "bytes";
}

/** Counts of distinct values in a file, in runs that are in ascending order each. */
export class FrequencyRuns {
  readonly #spill: Spill;
  readonly #runs: Chunk[][] = [];

  constructor(spill: Spill) {
    this.#spill = spill;
  }

  /** Writes a run. Throws EngineError. */
  write(ascending: Iterable<Frequency>): void {
    const run: Chunk[] = [];
    const counts = new Float64Array(TOGETHER);
    const numbers = new Float64Array(TOGETHER);
    const texts = new TextList();
    let kind: Kind = "number";
    let size = 0;
    const flush = (): void => {
      if (size === 0) return;
      const position = this.#spill.write(bytesOf(counts.subarray(0, size)));
      if (kind === "number") this.#spill.write(bytesOf(numbers.subarray(0, size)));
      const piece =
        kind === "number" ? undefined : writeTexts(this.#spill, { ...texts.texts(), rows: undefined });
      run.push({ kind, position, count: size, texts: piece });
      texts.clear();
      size = 0;
    };
    for (const { value, count } of ascending) {
      if (size === TOGETHER || texts.size > ENOUGH_BYTES || kindOf(value) !== kind) flush();
      kind = kindOf(value);
      if (typeof value === "number") numbers[size] = value;
      else {
        const bytes = typeof value === "bigint" ? encoder.encode(String(value)) : value;
        texts.add(size, bytes, 0, bytes.length);
      }
      counts[size++] = count;
    }
    flush();
    this.#runs.push(run);
  }

  /** What was written, run by run. A value of it stays as it is. Throws EngineError. */
  read(): Iterable<Frequency>[] {
    return this.#runs.map((run) => this.#read(run));
  }

  *#read(run: readonly Chunk[]): Generator<Frequency> {
    for (const { kind, position, count, texts } of run) {
      const counts = new Float64Array(count);
      this.#spill.read(position, bytesOf(counts));
      if (!texts) {
        const numbers = new Float64Array(count);
        this.#spill.read(position + count * 8, bytesOf(numbers));
        for (let nth = 0; nth < count; nth++) yield { value: numbers[nth]!, count: counts[nth]! };
        continue;
      }
      const { flat } = readTexts(this.#spill, texts, 0, count);
      for (let nth = 0; nth < count; nth++) {
        const bytes = flat.bytes.subarray(flat.offsets[nth]!, flat.offsets[nth + 1]!);
        yield { value: kind === "bytes" ? bytes : BigInt(decoder.decode(bytes)), count: counts[nth]! };
      }
    }
  }
}
