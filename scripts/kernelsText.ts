import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { MEMORY_BYTES, RESERVED_BYTES } from "../src/kernels/layout.js";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const SOURCES = here("../src/kernels/assembly/");
const COMPILER = here("../node_modules/assemblyscript/bin/asc.js");
const PAGE = 65536;

function compile(): Buffer {
  const folder = mkdtempSync(join(tmpdir(), "veritable-kernels-"));
  const binary = join(folder, "kernels.wasm");
  const pages = String(MEMORY_BYTES / PAGE);
  try {
    execFileSync(
      process.execPath,
      [
        COMPILER,
        ...readdirSync(SOURCES).filter((file) => file.endsWith(".ts")),
        ...["--enable", "simd", "--optimizeLevel", "3", "--shrinkLevel", "0", "--noAssert"],
        ...["--runtime", "stub", "--use", "abort=", "--memoryBase", String(RESERVED_BYTES)],
        ...["--initialMemory", pages, "--maximumMemory", pages, "--outFile", binary],
      ],
      { cwd: SOURCES, stdio: ["ignore", "ignore", "inherit"] },
    );
    return readFileSync(binary);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The TypeScript module that carries the compiled kernels; the same text for the same sources. */
export function kernelsModule(): string {
  const binary = compile();
  const lines = binary.toString("base64").match(/.{1,100}/g) ?? [];
  const text = lines.map((line) => `  "${line}",`).join("\n");
  return `// Made by npm run kernels from src/kernels/assembly.
/** The kernels as a WebAssembly module of ${binary.length} bytes, in base64. */
export const WASM: readonly string[] = [\n${text}\n];\n`;
}
