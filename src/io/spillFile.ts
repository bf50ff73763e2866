import { ConfigError, EngineError } from "../errors/index.js";

/** Bytes set aside in a file of their own: appended, read back, and gone when it is closed. */
export interface SpillFile {
  write(bytes: Uint8Array): number;
  read(position: number, bytes: Uint8Array): void;
  /** Removes the file and its folder. Safe to call twice. */
  close(): void;
}

function isFolder(fs: typeof import("node:fs"), path: string): boolean {
  try {
    return fs.statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function failed(what: string, folder: string, cause: unknown): EngineError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new EngineError(
    "engine/write-failed",
    `can't ${what} a spill file in ${JSON.stringify(folder)}: ${reason}`,
    {
      unit: folder,
      cause,
    },
  );
}

/**
 * A file to spill to, made when something is first written, in a private folder of `folder` (by default the system's for
 * temporary files); undefined where there is no file system. Its name and its folder's are removed at once where the
 * system allows that, so that nothing is left behind even by a process that is killed. Throws ConfigError where `folder`
 * is none.
 */
export async function spillFile(folder?: string): Promise<SpillFile | undefined> {
  const loaded = await Promise.all([import("node:fs"), import("node:os"), import("node:path")]).catch(
    () => undefined,
  );
  if (!loaded) return undefined;
  const [fs, os, { join }] = loaded;
  if (typeof fs.mkdtempSync !== "function") return undefined;
  const parent = folder ?? os.tmpdir();
  if (folder !== undefined && !isFolder(fs, folder)) {
    throw new ConfigError("config/bad-value", `spillFolder: no folder ${JSON.stringify(folder)}`, {
      parameter: "spillFolder",
      value: folder,
    });
  }
  let place: { readonly own: string; readonly descriptor: number } | undefined;
  let end = 0;

  function open() {
    try {
      const own = fs.mkdtempSync(join(parent, "veritable-spill-"));
      const file = join(own, "spill");
      const descriptor = fs.openSync(file, "wx+", 0o600);
      try {
        fs.unlinkSync(file);
        fs.rmdirSync(own);
      } catch {
        // Windows keeps the name of an open file: it goes with its folder.
      }
      return { own, descriptor };
    } catch (cause) {
      throw failed("make", parent, cause);
    }
  }

  return {
    write(bytes) {
      place ??= open();
      const start = end;
      try {
        for (let done = 0; done < bytes.byteLength; ) {
          const rest = Math.min(bytes.byteLength - done, 1 << 28);
          done += fs.writeSync(place.descriptor, bytes, done, rest, start + done);
        }
      } catch (cause) {
        throw failed("write", parent, cause);
      }
      end += bytes.byteLength;
      return start;
    },
    read(position, bytes) {
      try {
        for (let done = 0; done < bytes.byteLength; ) {
          const rest = Math.min(bytes.byteLength - done, 1 << 28);
          const read = place ? fs.readSync(place.descriptor, bytes, done, rest, position + done) : 0;
          if (read === 0) throw new Error("it ends too soon");
          done += read;
        }
      } catch (cause) {
        throw failed("read", parent, cause);
      }
    },
    close() {
      if (!place) return;
      const { own, descriptor } = place;
      place = undefined;
      fs.closeSync(descriptor);
      fs.rmSync(own, { recursive: true, force: true });
    },
  };
}
