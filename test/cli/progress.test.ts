import { describe, expect, it } from "vitest";
import { progressBar } from "../../src/cli/progress.js";

/** A terminal that remembers what it was shown, and tells when that changes. */
function terminal() {
  let shown = "";
  let heard = () => {};
  return {
    isTTY: true,
    columns: 80,
    write(text: string) {
      shown += text;
      heard();
      return true;
    },
    get shown() {
      return shown;
    },
    /** Resolves once something is shown that fits. */
    async shows(pattern: RegExp): Promise<void> {
      while (!pattern.test(shown)) await new Promise<void>((resolve) => (heard = resolve));
    },
  };
}

describe("progressBar", () => {
  it("shows how far reading has come, and leaves nothing behind", async () => {
    const stream = terminal();
    const bar = progressBar("orders{1}.parquet\u001b[2J", stream, 0);
    bar.update({ rows: 2500, total: 10_000 });
    await stream.shows(/2,500 of 10,000 rows/);
    expect(stream.shown).toContain("orders_1_.parquet");
    expect(stream.shown).not.toContain("\u001b[2J");
    bar.update({ rows: 5000, total: 10_000 });
    bar.stop();
    // Back to the start of the line, and the line is gone.
    expect(stream.shown.endsWith("\u001b[1G\u001b[2K")).toBe(true);
  });

  it("counts rows when nobody knows how many there are", async () => {
    const stream = terminal();
    const bar = progressBar("orders.csv", stream, 0);
    bar.update({ rows: 2500, total: undefined });
    await stream.shows(/orders\.csv 2,500 rows/);
    bar.stop();
  });

  it("shows nothing for what is done at once, nor after it was stopped", async () => {
    const stream = terminal();
    const quick = progressBar("orders.csv", stream, 3_600_000);
    quick.update({ rows: 10, total: 10 });
    quick.stop();
    const stopped = progressBar("orders.csv", stream, 0);
    stopped.update({ rows: 10, total: 20 });
    stopped.stop();
    await import("cli-progress");
    await new Promise((resolve) => setImmediate(resolve));
    expect(stream.shown).toBe("");
  });
});
