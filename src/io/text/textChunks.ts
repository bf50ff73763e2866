import { InputError } from "../../errors/index.js";
import type { InputFile } from "../inputFile.js";

const CHUNK = 2 ** 19;
const LINE_FEED = 10;

/** The lines of a file as bytes, without what ends them. */
async function* byteLines(file: InputFile): AsyncGenerator<Uint8Array> {
  let rest = new Uint8Array(0);
  for (let at = 0; at < file.bytes; at += CHUNK) {
    const part = await file.read(at, Math.min(file.bytes, at + CHUNK));
    const bytes = new Uint8Array(rest.length + part.length);
    bytes.set(rest);
    bytes.set(part, rest.length);
    let from = 0;
    for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, from)) {
      yield bytes.subarray(from, end);
      from = end + 1;
    }
    rest = bytes.slice(from);
  }
  yield rest;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Finds the line that a fault is on, which takes a second reading, and says so. */
async function lineFault(
  file: InputFile,
  problem: string,
  isFaulty: (line: Uint8Array) => boolean,
): Promise<InputError> {
  let number = 0;
  for await (const line of byteLines(file)) {
    number++;
    if (isFaulty(line)) break;
  }
  return new InputError("input/corrupt", `line ${number} of ${JSON.stringify(file.path)} ${problem}`, {
    unit: file.path,
  });
}

/**
 * The text of a UTF-8 file in order, in parts that end anywhere; a byte order mark is left out.
 * Throws InputError for UTF-16, and names the line of a NUL byte or of bytes that are not UTF-8.
 */
export async function* textChunks(file: InputFile): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const decode = async (bytes: Uint8Array, stream: boolean): Promise<string> => {
    try {
      return decoder.decode(bytes, { stream });
    } catch {
      throw await lineFault(file, "is not valid UTF-8", (line) => !isUtf8(line));
    }
  };
  const buffer = new Uint8Array(Math.min(CHUNK, file.bytes));
  for (let at = 0; at < file.bytes; at += CHUNK) {
    const part = buffer.subarray(0, Math.min(CHUNK, file.bytes - at));
    await file.readInto(part, at);
    const isUtf16 =
      at === 0 && ((part[0] === 0xff && part[1] === 0xfe) || (part[0] === 0xfe && part[1] === 0xff));
    if (isUtf16) {
      throw new InputError(
        "input/unsupported",
        `${JSON.stringify(file.path)} is UTF-16; only UTF-8 is read`,
        {
          unit: file.path,
        },
      );
    }
    if (part.includes(0)) throw await lineFault(file, "has a NUL byte", (line) => line.includes(0));
    yield await decode(part, true);
  }
  yield await decode(new Uint8Array(0), false);
  await file.checkUnchanged();
}
