import type { DenseBits } from "./denseBits.js";
import type { NumberWords } from "./numberWords.js";

/** Keys of a block, as a log takes them: see `NumberWords`. */
export type LoggedKeys = Pick<NumberWords, "words" | "count" | "places">;

/** The keys that aren't in bitmaps which take no new ones; `onInside` is told of the others, by number and place in the block. */
export function keysOutside(
  bits: DenseBits,
  keys: NumberWords,
  onInside: (nth: number, place: number) => void,
): LoggedKeys {
  if (bits.size === 0 || keys.min > bits.max || keys.max < bits.min) return keys;
  const { values, words } = keys;
  const kept = new Int32Array(keys.count * 2);
  const places = new Int32Array(keys.count);
  let count = 0;
  for (let nth = 0; nth < keys.count; nth++) {
    const place = keys.places ? keys.places[nth]! : nth;
    if (bits.has(values[nth]!)) {
      onInside(nth, place);
      continue;
    }
    kept[count * 2] = words[nth * 2]!;
    kept[count * 2 + 1] = words[nth * 2 + 1]!;
    places[count++] = place;
  }
  return { words: kept, count, places };
}
