import type { SingleBar } from "cli-progress";
import { visibleText } from "../report/escape.js";
import { cutTo } from "../report/width.js";
import type { Progress } from "../validate/options.js";
import type { Output } from "./surroundings.js";

/** A progress bar that comes when reading takes a while, and leaves nothing behind. */
export interface ProgressBar {
  update(progress: Progress): void;
  stop(): void;
}

// What is done by then needs no bar, and the package that draws it isn't loaded.
const PATIENCE_MS = 250;

function label(name: string): string {
  // cli-progress reads {} in its format as a placeholder.
  return cutTo(visibleText(name), 30).replace(/[{}]/g, "_");
}

async function drawBar(name: string, stream: Output): Promise<(progress: Progress) => SingleBar> {
  const { default: progressBars } = await import("cli-progress");
  return ({ rows, total }) => {
    const counted = total === undefined ? "{value} rows" : "{bar} {percentage} % | {value} of {total} rows";
    const bar = new progressBars.SingleBar({
      format: `${label(name)} ${counted}`,
      stream: stream as unknown as NodeJS.WritableStream,
      clearOnComplete: true,
      hideCursor: true,
      barsize: 30,
      formatValue: (value) => value.toLocaleString("en-US"),
    });
    bar.start(total ?? rows, rows);
    return bar;
  };
}

/** Shows on a terminal how far reading has come, once it has taken `patience` milliseconds. */
export function progressBar(name: string, stream: Output, patience: number = PATIENCE_MS): ProgressBar {
  const from = performance.now();
  let bar: SingleBar | undefined;
  let latest: Progress = { rows: 0, total: undefined };
  let state: "waiting" | "loading" | "stopped" = "waiting";
  return {
    update(progress) {
      latest = progress;
      if (bar) {
        if (progress.total === undefined) bar.setTotal(progress.rows);
        bar.update(progress.rows);
      } else if (state === "waiting" && performance.now() - from >= patience) {
        state = "loading";
        // A bar that can't be drawn is no reason to stop reading.
        drawBar(name, stream).then(
          (start) => {
            if (state === "loading") bar = start(latest);
          },
          () => {},
        );
      }
    },
    stop() {
      state = "stopped";
      bar?.stop();
      bar = undefined;
    },
  };
}
