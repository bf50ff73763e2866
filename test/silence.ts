import { format } from "node:util";
import { afterAll, afterEach } from "vitest";

// A library that prints is noise in someone's pipeline: whatever reaches the console fails the test that let it.
const METHODS = ["debug", "error", "info", "log", "trace", "warn"] as const;
const heard: string[] = [];

for (const method of METHODS) {
  console[method] = (...said: unknown[]) => {
    heard.push(`console.${method}: ${format(...said)}`);
  };
}

function requireSilence(): void {
  const noise = heard.splice(0);
  if (noise.length > 0) throw new Error(`the console was written to\n${noise.join("\n")}`);
}

afterEach(requireSilence);
afterAll(requireSilence);
