const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** A text as a literal. */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Bytes as a literal. */
export function sqlBytes(bytes: Uint8Array): string {
  const digits = Array.from(bytes, (byte) => `\\x${byte.toString(16).padStart(2, "0")}`);
  return `CAST('${digits.join("")}' AS BLOB)`;
}

/** UTF-8 text as a literal: what a statement's text can't hold (NUL, above all) is spelled out in bytes. */
export function sqlUtf8(bytes: Uint8Array): string {
  const isPlain = bytes.every((byte) => byte >= 0x20 && byte !== 0x7f);
  return isPlain ? sqlText(decoder.decode(bytes)) : `decode(${sqlBytes(bytes)})`;
}

/** A double as a literal of exactly that double; a bare number would be a decimal. */
export function sqlDouble(value: number): string {
  return `CAST('${Object.is(value, -0) ? "-0" : value}' AS DOUBLE)`;
}
