import type { BigIntStats } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { InputError, VeritableError } from "../errors/index.js";
import { loadOnce } from "./loadOnce.js";

/** One version of a file: other content under the same name differs in one of these. */
export interface FileVersion {
  readonly path: string;
  readonly bytes: number;
  /** ISO 8601. */
  readonly modified: string;
  /** What tells it from other versions: device, inode, size and time of change in nanoseconds. */
  readonly version: string;
}

/** A regular file held open, read by byte ranges. */
export interface InputFile extends FileVersion {
  /** The bytes from `start` up to `end`. Throws InputError when they can't be had. */
  read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>>;
  /** Fills `into` with the bytes from `start` on. Throws InputError. */
  readInto(into: Uint8Array, start: number): Promise<void>;
  /** Throws InputError `input/corrupt` when the file was written to since it was opened. */
  checkUnchanged(): Promise<void>;
  /** SHA-256 of the whole file, hex. */
  sha256(): Promise<string>;
  close(): Promise<void>;
}

/**
 * The InputError a failed read of `path` ends as; one that is already about a unit passes unchanged.
 * Other errors of ours keep their code, the rest get `code`.
 */
export function inputFailed(
  path: string,
  cause: unknown,
  code: "input/unreadable" | "input/corrupt" = "input/unreadable",
): InputError {
  if (cause instanceof InputError && cause.details.unit !== undefined) return cause;
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new InputError(
    cause instanceof InputError ? cause.code : code,
    `can't read ${JSON.stringify(path)}: ${reason}`,
    {
      ...(cause instanceof VeritableError ? cause.details : {}),
      unit: path,
      cause,
    },
  );
}

const loadFileSystem = loadOnce(() => import("node:fs/promises"));

/**
 * Opens a regular file for reading; folders, pipes and devices are refused.
 * With `expected`, anything but that version of the file is refused too. Throws InputError.
 */
export async function openInputFile(path: string, expected?: FileVersion): Promise<InputFile> {
  const { open, stat } = await loadFileSystem();
  let handle: FileHandle | undefined;
  try {
    // Opening a pipe would wait for its writer, so what it is comes first.
    const what = await stat(path);
    if (!what.isFile()) throw new InputError("input/unreadable", "it isn't a regular file");
    handle = await open(path, "r");
    const file = new OpenFile(path, handle, await handle.stat({ bigint: true }));
    if (expected !== undefined && expected.version !== file.version) throw changed();
    return file;
  } catch (cause) {
    await handle?.close();
    throw inputFailed(path, cause);
  }
}

// Node warns of a handle that is collected while it is open, and means to refuse it: a source that nobody closed takes
// its file along.
const forgotten = new FinalizationRegistry<FileHandle>((handle) => void handle.close().catch(() => {}));

class OpenFile implements InputFile {
  readonly path: string;
  readonly bytes: number;
  readonly modified: string;
  readonly version: string;
  readonly #handle: FileHandle;

  constructor(path: string, handle: FileHandle, stat: BigIntStats) {
    this.path = path;
    this.bytes = Number(stat.size);
    this.modified = stat.mtime.toISOString();
    this.version = versionOf(stat);
    this.#handle = handle;
    forgotten.register(this, handle, this);
  }

  async read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
    const into = new Uint8Array(end - start);
    await this.readInto(into, start);
    return into;
  }

  async readInto(into: Uint8Array, start: number): Promise<void> {
    try {
      for (let done = 0; done < into.length; ) {
        const { bytesRead } = await this.#handle.read(into, done, into.length - done, start + done);
        if (bytesRead === 0) throw new InputError("input/corrupt", `it ends at byte ${start + done}`);
        done += bytesRead;
      }
    } catch (cause) {
      throw inputFailed(this.path, cause);
    }
  }

  async checkUnchanged(): Promise<void> {
    try {
      if (versionOf(await this.#handle.stat({ bigint: true })) !== this.version) throw changed();
    } catch (cause) {
      throw inputFailed(this.path, cause);
    }
  }

  async sha256(): Promise<string> {
    const { createHash } = await import("node:crypto");
    const hash = createHash("sha256");
    const buffer = new Uint8Array(Math.min(1 << 20, this.bytes));
    for (let at = 0; at < this.bytes; at += buffer.length) {
      const part = buffer.subarray(0, Math.min(buffer.length, this.bytes - at));
      await this.readInto(part, at);
      hash.update(part);
    }
    return hash.digest("hex");
  }

  async close(): Promise<void> {
    forgotten.unregister(this);
    await this.#handle.close().catch(() => {});
  }
}

function versionOf(stat: BigIntStats): string {
  return [stat.dev, stat.ino, stat.size, stat.mtimeNs].join(" ");
}

function changed(): InputError {
  return new InputError("input/corrupt", "it was changed since it was opened");
}
