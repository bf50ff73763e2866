/**
 * Whether JavaScript finds `source` with `flags`, in u mode, in `text`.
 *
 * The search starts at each code point in turn, as the standard says: V8's own search also starts `\B` inside of one.
 */
export function javaScriptSearch(source: string, flags: string, text: string): boolean {
  const sticky = new RegExp(source, `${flags.replace("u", "")}uy`);
  let at = 0;
  for (const char of [...text, ""]) {
    sticky.lastIndex = at;
    if (sticky.test(text)) return true;
    at += char.length;
  }
  return false;
}
