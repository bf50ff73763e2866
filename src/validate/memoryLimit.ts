import { ConfigError } from "../errors/index.js";
import { spillFile } from "../io/spillFile.js";
import { type Allowance, MemoryBudget } from "../metrics/memoryBudget.js";
import type { ValidateOptions } from "./options.js";

// What a process takes besides tables, batches on their way included; and tables take up to twice what they hold, until
// what they let go is collected. Of a small limit they get an eighth.
const BESIDES = 192e6;
// A thread that decodes takes its own heap, its own decoder, and a decoded piece that waits.
const THREAD = 100e6;
const COLLECTED = 2;
const LEAST_SHARE = 8;
const LEAST = 16_000_000;
const UNITS: Readonly<Record<string, number>> = {
  "": 1,
  B: 1,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  KIB: 2 ** 10,
  MIB: 2 ** 20,
  GIB: 2 ** 30,
};

function refused(value: number | string, why: string): ConfigError {
  return new ConfigError("config/bad-value", `memoryLimit: ${JSON.stringify(value)} ${why}`, {
    parameter: "memoryLimit",
    value,
  });
}

/** The bytes of a limit such as `"512MB"` or `"1.5 GiB"`. Throws ConfigError. */
export function bytesOfLimit(limit: number | string): number {
  const [, figure, unit = ""] = /^(\d+(?:\.\d+)?) ?([kmg]?i?b)?$/i.exec(String(limit)) ?? [];
  const size = UNITS[unit.toUpperCase()];
  if (figure === undefined || size === undefined) {
    throw refused(limit, 'is no number of bytes, nor a text such as "512MB" or "2GiB"');
  }
  const bytes = Math.floor(Number(figure) * size);
  if (!Number.isSafeInteger(bytes)) throw refused(limit, "is more bytes than can be counted");
  if (bytes < LEAST) throw refused(limit, `is too little; the least is ${LEAST / 1e6}MB`);
  return bytes;
}

function allowanceOf(limit: number, threads: number): Allowance {
  const besides = BESIDES + (threads > 1 ? threads * THREAD : 0);
  return {
    limit,
    tables: Math.max(limit / LEAST_SHARE, (limit - besides) / COLLECTED),
    limitFor: (bytes) => Math.min(bytes * LEAST_SHARE, bytes * COLLECTED + besides),
  };
}

/** What a run may hold, and how to be rid of what it spilled. */
export interface RunMemory {
  readonly budget: MemoryBudget | undefined;
  close(): void;
}

/** The memory of a run as its options say: without a limit, all there is. Throws ConfigError. */
export async function memoryOf(options: ValidateOptions): Promise<RunMemory> {
  if (options.memoryLimit === undefined) return { budget: undefined, close() {} };
  const limit = bytesOfLimit(options.memoryLimit);
  const spill = await spillFile(options.spillFolder);
  return {
    budget: new MemoryBudget(allowanceOf(limit, options.threads ?? 1), spill),
    close: () => spill?.close(),
  };
}
