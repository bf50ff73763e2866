import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: {
    alias: [
      { find: /^veritable$/, replacement: new URL("./src/entries/index.ts", import.meta.url).pathname },
      { find: /^veritable\/(.*)$/, replacement: new URL("./src/entries/$1.ts", import.meta.url).pathname },
    ],
  },
  test: {
    include: ["test/**/*.test.ts"],
    setupFiles: ["test/silence.ts", "test/seed.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    retry: 0,
    // By default a machine of two cores would run one file at a time.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
});
