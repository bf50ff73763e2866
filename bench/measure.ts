import { cases } from "./cases.js";

/** One case in a process of its own, so that its peak memory is its own: prints one line of JSON. */
const [name = "", rows = "0", repeats = "1"] = process.argv.slice(2);
const found = cases.get(name);
if (!found) throw new Error(`no case ${JSON.stringify(name)}`);
const once = await found.prepare(Number(rows));
const times: number[] = [];
let read = 0;
for (let i = 0; i < Number(repeats); i++) {
  const start = performance.now();
  read = await once();
  times.push(performance.now() - start);
}
// Linux and macOS count in KiB here; libuv settles it.
const peak = process.resourceUsage().maxRSS * 1024;
process.stdout.write(`${JSON.stringify({ read, times, peak })}\n`);
