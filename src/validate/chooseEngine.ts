import { arrowEngine } from "../engines/arrow/arrowEngine.js";
import type { Engine } from "../engines/engine.js";
import { bytesOfLimit } from "./memoryLimit.js";
import type { ValidateOptions } from "./options.js";

/** The engine that a call asks for, within the call's limits; it is loaded when it is needed. */
export async function chooseEngine(options: ValidateOptions): Promise<Engine> {
  const { threads, memoryLimit, spillFolder } = options;
  const engine = await engineOf(options);
  const limits = {
    ...(threads === undefined ? {} : { threads }),
    ...(memoryLimit === undefined ? {} : { memoryLimit: bytesOfLimit(memoryLimit) }),
    ...(spillFolder === undefined ? {} : { tempDirectory: spillFolder }),
  };
  return engine.within?.(limits) ?? engine;
}

async function engineOf({ engine = "arrow" }: ValidateOptions): Promise<Engine> {
  if (typeof engine === "object") return engine;
  if (engine === "arrow") return arrowEngine;
  if (engine === "auto") return (await import("../engines/duckdb/autoEngine.js")).autoEngine();
  const { duckdb } = await import("../engines/duckdb/duckdbEngine.js");
  return duckdb();
}
