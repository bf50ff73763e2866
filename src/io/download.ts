import { InputError } from "../errors/index.js";
import { inputFailed } from "./inputFile.js";
import { shownUrl } from "./location.js";

/** A fetched file and what its server said of it. */
export interface Download {
  readonly path: string;
  /** ISO 8601, by the server's `Last-Modified`. */
  readonly modified: string | undefined;
  /** Removes the file. Safe to call twice; done on a normal exit of the process at the latest. */
  remove(): Promise<void>;
}

/** Fetches an address into a temporary folder. Throws InputError that shows the address without its query. */
export async function download(url: URL, maxBytes: number): Promise<Download> {
  const fs = await import("node:fs/promises");
  const { rmSync } = await import("node:fs");
  const { tmpdir } = await import("node:os");
  const { join, posix } = await import("node:path");
  const unit = shownUrl(url);

  const folder = await fs.mkdtemp(join(tmpdir(), "veritable-"));
  const removeNow = () => rmSync(folder, { recursive: true, force: true });
  process.once("exit", removeNow);
  const remove = async () => {
    process.off("exit", removeNow);
    await fs.rm(folder, { recursive: true, force: true });
  };
  try {
    const response = await fetch(url);
    if (!response.ok || response.body === null) {
      await response.body?.cancel();
      throw new InputError("input/unreadable", `the server answers ${response.status}`);
    }
    // The name is kept for its extension and for messages, but only what is harmless in a path.
    const name = posix
      .basename(url.pathname)
      .replace(/[^A-Za-z0-9._-]/g, "_")
      .slice(-80);
    const path = join(folder, `from-${name}`);
    const handle = await fs.open(path, "wx");
    try {
      let bytes = 0;
      for await (const part of response.body as AsyncIterable<Uint8Array>) {
        bytes += part.byteLength;
        if (bytes > maxBytes) {
          throw new InputError("input/too-large", `it has more than maxBytes, ${maxBytes} bytes`, {
            parameter: "maxBytes",
            value: maxBytes,
          });
        }
        await handle.appendFile(part);
      }
    } finally {
      await handle.close();
    }
    const modified = new Date(response.headers.get("last-modified") ?? "");
    return { path, modified: Number.isNaN(modified.getTime()) ? undefined : modified.toISOString(), remove };
  } catch (cause) {
    await remove();
    throw inputFailed(unit, cause);
  }
}
