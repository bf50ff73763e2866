import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tableFromArrays, tableToIPC } from "apache-arrow";
import { main } from "../../src/cli/main.js";

/** What came of a command line. */
export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs command lines in a folder, in this process. */
export async function runIn(
  cwd: string,
  argv: readonly string[],
  { tty = false, env = {} }: { tty?: boolean; env?: Record<string, string> } = {},
): Promise<Outcome> {
  let out = "";
  let err = "";
  const code = await main(argv, {
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    cwd,
    isTTY: { stdout: tty, stderr: false },
    env,
  });
  return { code, out, err };
}

/** A table of 6 orders: ids are unique, one quantity is out of bounds, one e-mail is missing. */
export const ORDERS_ROWS = 6;

const orders = () =>
  tableFromArrays({
    id: Int32Array.of(1, 2, 3, 4, 5, 6),
    qty: Int32Array.of(10, 20, 300, 40, 50, 60),
    email: ["a@x.example", "b@x.example", "c@x.example", null, "e@x.example", "f@x.example"],
  });

const SUITES = {
  pass: [{ type: "notNull", column: "id" }],
  warn: [{ type: "between", column: "qty", min: 1, max: 100, onFail: "quarantine" }],
  fail: [
    { type: "notNull", column: "email" },
    { type: "between", column: "qty", min: 1, max: 100, onFail: "quarantine" },
  ],
  lost: [{ type: "notNull", column: "emial" }],
};

/** Makes a folder that holds `orders.arrow` and the suites `pass`, `warn`, `fail` and `lost` as JSON. */
export async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "veritable-cli-"));
  await writeFile(join(folder, "orders.arrow"), tableToIPC(orders(), "file"));
  for (const [name, expectations] of Object.entries(SUITES)) {
    await writeFile(join(folder, `${name}.json`), JSON.stringify({ name, expectations }));
  }
  await writeFile(
    join(folder, "pass.yaml"),
    "name: pass\nexpectations:\n  - { type: notNull, column: id }\n",
  );
  return folder;
}

/** Removes such a folder. */
export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}
