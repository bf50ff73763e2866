import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { kernelsModule } from "../../scripts/kernelsText.js";

it("the module carries what its sources compile to: else npm run kernels", () => {
  const committed = readFileSync(new URL("../../src/kernels/wasm.ts", import.meta.url), "utf8");
  expect(committed).toBe(kernelsModule());
});
