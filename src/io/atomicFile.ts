import { EngineError } from "../errors/index.js";

/** A file that appears under its own name whole, or not at all. */
export interface AtomicFile {
  /** The final path, absolute. */
  readonly path: string;
  /** Where the bytes are until `commit`, in the same folder. */
  readonly temporary: string;
  /** Appends bytes; the buffer may be reused once the promise resolves. Throws EngineError. */
  write(bytes: Uint8Array): Promise<void>;
  /** Flushes to disk, then renames over `path` and resolves to it. Throws EngineError and leaves nothing behind. */
  commit(): Promise<string>;
  /** Removes what was written; does nothing after a commit or an earlier abort. */
  abort(): Promise<void>;
}

/** The error every failed write ends as: `engine/write-failed`, with the path and the system's reason. */
export function writeFailed(path: string, cause: unknown): EngineError {
  if (cause instanceof EngineError) return cause;
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new EngineError("engine/write-failed", `can't write ${JSON.stringify(path)}: ${reason}`, {
    unit: path,
    cause,
  });
}

/**
 * Starts a file aside, in the folder of `path`, so that the rename can't cross file systems.
 * A symbolic link or a folder under the final name is refused with EngineError `engine/write-failed`.
 */
export async function createAtomicFile(path: string): Promise<AtomicFile> {
  const fs = await import("node:fs/promises");
  const { dirname, join, resolve } = await import("node:path");
  const { randomBytes } = await import("node:crypto");
  const target = resolve(path);
  const folder = dirname(target);
  const temporary = join(folder, `.veritable-${randomBytes(8).toString("hex")}.tmp`);

  const existing = await fs.lstat(target).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") return undefined;
    throw writeFailed(target, cause);
  });
  if (existing !== undefined && !existing.isFile()) {
    const what = existing.isSymbolicLink() ? "a symbolic link" : "not a regular file";
    throw writeFailed(target, `the name is taken by ${what}, which is never replaced`);
  }
  // "wx" is O_EXCL: it follows no link and reuses no file that someone else put there.
  const handle = await fs.open(temporary, "wx", (existing?.mode ?? 0o666) & 0o777).catch((cause) => {
    throw writeFailed(target, cause);
  });

  let state: "open" | "committed" | "gone" = "open";
  let position = 0;
  let failure: EngineError | undefined;

  async function remove(): Promise<void> {
    state = "gone";
    await handle.close().catch(() => {});
    await fs.rm(temporary, { force: true }).catch(() => {});
  }

  return {
    path: target,
    temporary,
    async write(bytes) {
      if (state !== "open") throw writeFailed(target, `the file is already ${state}`);
      if (failure !== undefined) throw failure;
      // The place is taken before the first await, so that unawaited writes still land in order.
      const start = position;
      position += bytes.byteLength;
      try {
        for (let done = 0; done < bytes.byteLength; ) {
          const { bytesWritten } = await handle.write(bytes, done, bytes.byteLength - done, start + done);
          done += bytesWritten;
        }
      } catch (cause) {
        failure = writeFailed(target, cause);
        throw failure;
      }
    },
    async commit() {
      if (state === "committed") return target;
      if (state === "gone") throw writeFailed(target, "the file was aborted");
      try {
        if (failure !== undefined) throw failure;
        await handle.sync();
        await handle.close();
        await fs.rename(temporary, target);
      } catch (cause) {
        await remove();
        throw writeFailed(target, cause);
      }
      state = "committed";
      await syncFolder(folder);
      return target;
    },
    async abort() {
      if (state === "open") await remove();
    },
  };
}

/** Makes the rename itself durable where the system lets a folder be opened; Windows doesn't. */
async function syncFolder(folder: string): Promise<void> {
  const { open } = await import("node:fs/promises");
  const handle = await open(folder, "r").catch(() => undefined);
  await handle?.sync().catch(() => {});
  await handle?.close().catch(() => {});
}
