import type { Worker } from "node:worker_threads";
import { trapped } from "./decode.js";
import { BATCH_ROWS } from "./window.js";

/**
 * What a worker runs: one window of one file at a time. It is text, and the decoder is all it loads, so that it works
 * from sources, from either built form and from bundles alike.
 */
const PROGRAM = `
const { parentPort, workerData } = require("node:worker_threads");
const { readParquet } = require(workerData.decoder);
parentPort.on("message", ({ file, ...options }) => {
  const streams = [];
  try {
    const table = readParquet(file, options);
    try {
      for (let i = 0; i < table.numBatches; i++) streams.push(table.recordBatch(i).intoIPCStream());
    } finally {
      table.free();
    }
  } catch (cause) {
    const isTrap = cause instanceof WebAssembly.RuntimeError || cause instanceof RangeError;
    parentPort.postMessage({ problem: cause instanceof Error ? cause.message : String(cause), isTrap });
    return;
  }
  parentPort.postMessage({ streams }, streams.map(({ buffer }) => buffer));
});
`;

type Reply =
  | { readonly streams: readonly Uint8Array[] }
  | { readonly problem: string; readonly isTrap: boolean };

interface Task {
  readonly file: Uint8Array;
  readonly offset: number;
  readonly limit: number;
  readonly resolve: (streams: readonly Uint8Array[]) => void;
  readonly reject: (reason: Error) => void;
}

/**
 * Worker threads that decode windows of Parquet files, each with a decoder of its own. They keep the process alive only
 * while someone waits for them.
 */
export class DecodePool {
  readonly threads: number;
  readonly #idle: Worker[] = [];
  readonly #all = new Set<Worker>();
  readonly #busy = new Map<Worker, Task>();
  readonly #queue: Task[] = [];
  #broken: Error | undefined;

  private constructor(threads: number, start: () => Worker) {
    this.threads = threads;
    for (let i = 0; i < threads; i++) this.#adopt(start());
  }

  static async open(threads: number): Promise<DecodePool> {
    const { Worker: Thread } = await import("node:worker_threads");
    const { createRequire } = await import("node:module");
    const workerData = { decoder: createRequire(import.meta.url).resolve("parquet-wasm") };
    return new DecodePool(threads, () => new Thread(PROGRAM, { eval: true, workerData, execArgv: [] }));
  }

  /** The rows from `offset` on, at most `limit`, as Arrow streams; `file` lies in shared memory. */
  decode(file: Uint8Array, offset: number, limit: number): Promise<readonly Uint8Array[]> {
    return new Promise((resolve, reject) => {
      if (this.#broken) reject(this.#broken);
      else this.#queue.push({ file, offset, limit, resolve, reject });
      this.#next();
    });
  }

  /** True when a thread ended, so that nothing is decoded any more. */
  get isBroken(): boolean {
    return this.#broken !== undefined;
  }

  async close(): Promise<void> {
    this.#fail(new Error("the decoders were stopped"));
    await Promise.all([...this.#all].map((worker) => worker.terminate()));
  }

  #adopt(worker: Worker): void {
    this.#all.add(worker);
    this.#idle.push(worker);
    worker.unref();
    worker.on("message", (reply: Reply) => this.#settle(worker, reply));
    worker.on("error", (cause) => this.#fail(cause instanceof Error ? cause : new Error(String(cause))));
    worker.on("exit", (code) => this.#fail(new Error(`a decoder ended with code ${code}`)));
  }

  #next(): void {
    while (this.#idle.length > 0 && this.#queue.length > 0) {
      const worker = this.#idle.pop()!;
      const task = this.#queue.shift()!;
      const { file, offset, limit } = task;
      this.#busy.set(worker, task);
      worker.ref();
      worker.postMessage({ file, offset, limit, batchSize: BATCH_ROWS });
    }
  }

  #settle(worker: Worker, reply: Reply): void {
    const task = this.#busy.get(worker);
    if (!task) return;
    this.#busy.delete(worker);
    this.#idle.push(worker);
    worker.unref();
    this.#next();
    if ("streams" in reply) task.resolve(reply.streams);
    else task.reject(reply.isTrap ? trapped(new Error(reply.problem)) : new Error(reply.problem));
  }

  /** A thread that is gone took its task along: nobody may wait for it. */
  #fail(reason: Error): void {
    this.#broken ??= reason;
    for (const task of [...this.#busy.values(), ...this.#queue]) task.reject(this.#broken);
    this.#busy.clear();
    this.#queue.length = 0;
  }
}

// Starting a thread takes longer than decoding a small file, and whoever read one file often reads another.
const LINGERS_MS = 1000;

/** Lends one pool to reads that follow each other; it is closed soon after the last is done. */
export class PoolLender {
  readonly #threads: number;
  #pool: Promise<DecodePool> | undefined;
  #lent = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(threads: number) {
    this.#threads = threads;
  }

  /** A pool, where `tasks` are worth one; to be given back. */
  async borrow(tasks: number): Promise<DecodePool | undefined> {
    if (this.#threads < 2 || tasks < 2) return undefined;
    clearTimeout(this.#timer);
    this.#lent++;
    const held = this.#pool;
    const known = await held;
    if (known?.isBroken && this.#pool === held) {
      this.#pool = undefined;
      await known.close();
    }
    this.#pool ??= DecodePool.open(this.#threads);
    return this.#pool;
  }

  giveBack(pool: DecodePool | undefined): void {
    if (!pool || --this.#lent > 0) return;
    this.#timer = setTimeout(() => void this.close(), LINGERS_MS);
    this.#timer.unref();
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    const pool = this.#pool;
    this.#pool = undefined;
    await (await pool)?.close();
  }
}

const lenders = new Map<number, PoolLender>();

/** The lender of all sources that decode with so many threads. */
export function lenderOf(threads: number): PoolLender {
  const known = lenders.get(threads) ?? new PoolLender(threads);
  lenders.set(threads, known);
  return known;
}
