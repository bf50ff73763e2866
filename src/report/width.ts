const ASCII = /^[ -~]*$/;
const NO_CELL = /^[\p{Mn}\p{Me}\p{Cf}]$/u;
// East Asian wide and fullwidth forms (Unicode TR 11), and what is drawn as a picture by default.
const TWO_CELLS =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{17000}-\u{18dff}\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}\p{Emoji_Presentation}]$/u;

function cellsOf(character: string): number {
  if (TWO_CELLS.test(character)) return 2;
  return NO_CELL.test(character) ? 0 : 1;
}

/** How many columns of a terminal a text takes: none for a combining mark, two for a wide character. */
export function widthOf(text: string): number {
  if (ASCII.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += cellsOf(character);
  return width;
}

/** A text cut to so many code points, with "…" where something is left out. */
export function headOf(text: string, most: number): string {
  if (text.length <= most) return text;
  // At least `most` code points, if there are as many; a pair cut in half stands behind them.
  const characters = Array.from(text.slice(0, most * 2));
  return characters.length <= most && text.length <= most * 2
    ? text
    : `${characters.slice(0, most - 1).join("")}…`;
}

/** A text cut to so many columns, with "…" where something is left out. */
export function cutTo(text: string, width: number): string {
  // Combining marks have no width: without a bound of their own, one cell could hold a megabyte of them.
  const head = headOf(text, width * 4);
  if (widthOf(head) <= width) return head;
  let kept = "";
  let used = 0;
  for (const character of head) {
    used += cellsOf(character);
    if (used > width - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

/** A text cut or filled with spaces to exactly so many columns. */
export function fitTo(text: string, width: number, side: "left" | "right" = "left"): string {
  const cut = cutTo(text, width);
  const fill = " ".repeat(Math.max(0, width - widthOf(cut)));
  return side === "left" ? cut + fill : fill + cut;
}

/** A text broken at spaces into at most so many lines of so many columns; a word that is too long is cut. */
export function wrapTo(text: string, width: number, most: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of headOf(text, width * most * 2).split(" ")) {
    if (line !== "" && widthOf(line) + 1 + widthOf(word) > width) {
      lines.push(line);
      line = "";
    }
    line = line === "" ? word : `${line} ${word}`;
  }
  lines.push(line);
  if (lines.length > most) lines[most - 1] += " …";
  return lines.slice(0, most).map((each) => cutTo(each, width));
}
