import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { kernelsModule } from "./kernelsText.js";

/** Compiles the AssemblyScript kernels into the module that the package carries; a test fails while it is stale. */
writeFileSync(fileURLToPath(new URL("../src/kernels/wasm.ts", import.meta.url)), kernelsModule());
