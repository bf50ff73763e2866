import type { InputFile } from "../inputFile.js";

const CHUNK = 2 ** 20;
const [NUL, LINE_FEED, RETURN, QUOTE] = [0, 10, 13, 34];

/** What can't be told from its bytes alone. */
const ODD = "it has quotes, carriage returns, empty lines, or rows of another width";

/**
 * Why a CSV file is more than lines of cells between delimiters, as many in each line, of valid UTF-8; undefined where it is
 * just that, so that whoever splits it gets the same cells. Throws InputError when it can't be read.
 */
export async function whyNotPlainCsv(
  file: InputFile,
  delimiter: string,
  columns: number,
): Promise<string | undefined> {
  const { isUtf8 } = await import("node:buffer");
  const parts = delimiter.charCodeAt(0);
  const buffer = new Uint8Array(CHUNK);
  // Bytes of a line that the chunk before began.
  let kept = 0;
  for (let at = 0; at < file.bytes; ) {
    const read = Math.min(CHUNK - kept, file.bytes - at);
    await file.readInto(buffer.subarray(kept, kept + read), at);
    if (at === 0 && buffer[0] === 0xef && buffer[1] === 0xbb) return "it begins with a byte order mark";
    at += read;
    const held = buffer.subarray(0, kept + read);
    const end = at === file.bytes ? held.length : held.lastIndexOf(LINE_FEED) + 1;
    if (end === 0) return "it has lines of a million bytes";
    const lines = held.subarray(0, end);
    if (!isUtf8(lines)) return "it isn't valid UTF-8";
    if (!isPlain(lines, parts, columns)) return ODD;
    buffer.copyWithin(0, end, held.length);
    kept = held.length - end;
  }
  return undefined;
}

/** Whether whole lines have as many delimiters each, and nothing that would need a parser; the last may lack its end. */
function isPlain(lines: Uint8Array, delimiter: number, columns: number): boolean {
  let cells = 1;
  let start = 0;
  for (let i = 0; i < lines.length; i++) {
    const byte = lines[i]!;
    if (byte > QUOTE && byte !== delimiter) continue;
    if (byte === delimiter) cells++;
    else if (byte === LINE_FEED) {
      if (cells !== columns || i === start) return false;
      cells = 1;
      start = i + 1;
    } else if (byte === QUOTE || byte === RETURN || byte === NUL) return false;
  }
  return start === lines.length || cells === columns;
}
