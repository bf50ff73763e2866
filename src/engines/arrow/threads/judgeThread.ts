import type { Worker } from "node:worker_threads";
import { EngineError, type ErrorCode, InputError, type VeritableError } from "../../../errors/index.js";
import type { Findings } from "../findings.js";
import type { Answer, Order } from "./orders.js";

/** How long a thread waits for the next run, unless the process ends before. */
const LINGERS_MS = 10_000;

// Beside this file once built, a folder up in the command, and as a source.
const PLACES = ["./judgeWorker.js", "../judgeWorker.js", "./judgeWorker.ts"];

const idle: JudgeThread[] = [];

interface Failure {
  readonly problem: string;
  readonly code?: ErrorCode | undefined;
}

/** A thread that judges rows for one run at a time. It doesn't keep the process alive, but while it is waited for. */
export class JudgeThread {
  readonly #worker: Worker;
  #waiting: { resolve(found: Findings): void; reject(reason: Error): void } | undefined;
  #broken: Error | undefined;
  #timer: NodeJS.Timeout | undefined;

  private constructor(worker: Worker) {
    this.#worker = worker;
    worker.unref();
    worker.on("message", (answer: Answer) => this.#hear(answer));
    worker.on("error", (cause: Error) => this.#fail(cause));
    worker.on("exit", (code) => this.#fail(new Error(`it ended with code ${code}`)));
  }

  /** An idle thread, or a new one; undefined where its program isn't to be found, as in a bundle of one file. */
  static async lend(): Promise<JudgeThread | undefined> {
    const known = idle.pop();
    if (known) {
      clearTimeout(known.#timer);
      return known;
    }
    const program = await programUrl();
    if (!program) return undefined;
    const { Worker: Thread } = await import("node:worker_threads");
    const isSource = program.pathname.endsWith(".ts");
    const options = { eval: isSource, execArgv: [] };
    return new JudgeThread(new Thread(isSource ? compiling(program) : program, options));
  }

  tell(order: Order): void {
    this.#worker.postMessage(order);
  }

  /** Ends the run: what the thread found among all rows that it was told to judge. Throws InputError and EngineError. */
  end(): Promise<Findings> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      if (this.#broken) this.#fail(this.#broken);
      else {
        this.#worker.ref();
        this.tell({ order: "end" });
      }
    });
  }

  /** Gives the thread back for another run, which it begins anew. */
  giveBack(): void {
    if (this.#broken) return;
    idle.push(this);
    this.#timer = setTimeout(() => {
      idle.splice(idle.indexOf(this), 1);
      void this.#worker.terminate();
    }, LINGERS_MS);
    this.#timer.unref();
  }

  #hear(answer: Answer): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    this.#worker.unref();
    if ("findings" in answer) waiting?.resolve(answer.findings);
    else waiting?.reject(failed(answer));
  }

  #fail(reason: Error): void {
    this.#broken = reason;
    const at = idle.indexOf(this);
    if (at >= 0) idle.splice(at, 1);
    this.#waiting?.reject(failed({ problem: reason.message }, reason));
    this.#waiting = undefined;
  }
}

/** What a thread failed with, as this one would have: input that can't be trusted is told from all else. */
function failed({ problem, code }: Failure, cause?: Error): VeritableError {
  const details = cause ? { cause } : {};
  if (code?.startsWith("input/")) return new InputError(code, problem, { unit: "source" });
  return new EngineError(code ?? "engine/failed", `a thread failed: ${problem}`, details);
}

/** A program that runs a source, as tests and benches do, through the loader that they have. */
function compiling({ href }: URL): string {
  return `import("tsx/esm/api").then(({ register }) => { register(); return import(${JSON.stringify(href)}); })`;
}

async function programUrl(): Promise<URL | undefined> {
  const [{ existsSync }, { pathToFileURL }] = await Promise.all([import("node:fs"), import("node:url")]);
  const here = import.meta.url;
  // In CommonJS it is a path.
  const base = here.startsWith("file:") ? here : pathToFileURL(here).href;
  return PLACES.map((place) => new URL(place, base)).find((url) => existsSync(url));
}
