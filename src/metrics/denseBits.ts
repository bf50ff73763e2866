// Below this many bits a bitmap is small whatever is in it; beyond, it may take so many bits for a row.
const SMALL = 2 ** 23;
const BITS_PER_ROW = 32;
// Of a shuffled column the first block already spans nearly all of the range: so many bits a row are borne, up to 16 MB.
const EARLY_BITS_PER_ROW = 2 ** 14;
const EARLY = 2 ** 27;
const MOST_BITS = 2 ** 31;

/** Integers in one bitmap from the least to the greatest, and in another those that came more than once. */
export class DenseBits {
  size = 0;
  repeated = 0;
  min = Number.POSITIVE_INFINITY;
  max = Number.NEGATIVE_INFINITY;
  #base = 0;
  #once = new Int32Array(0);
  #more: Int32Array | undefined;

  get byteLength(): number {
    return this.#once.byteLength + (this.#more?.byteLength ?? 0);
  }

  /** Makes room for `count` integers from `min` to `max`; false when bitmaps would be large for so few. */
  reserve(min: number, max: number, count: number): boolean {
    const least = Math.min(this.min, min);
    const most = Math.max(this.max, max);
    const span = most - least + 1;
    if (span > MOST_BITS || span > mostBitsFor(this.size + count)) return false;
    const base = Math.floor(least / 32) * 32;
    if (this.size === 0) {
      this.#base = base;
      this.#once = new Int32Array(Math.floor((most - base) / 32) + 1);
      return true;
    }
    const end = this.#base + this.#once.length * 32;
    if (base >= this.#base && most < end) return true;
    // Room is doubled on the side that grows, so that a run of blocks copies little.
    const spare = Math.ceil(span / 32) * 32;
    const from = base < this.#base ? base - spare : this.#base;
    const words = Math.ceil((Math.max(most + 1 + (most < end ? 0 : spare), end) - from) / 32);
    this.#once = moved(this.#once, (this.#base - from) / 32, words);
    this.#more &&= moved(this.#more, (this.#base - from) / 32, words);
    this.#base = from;
    return true;
  }

  /** Adds all integers from `first` to `last`, none of which is here yet. */
  addRange(first: number, last: number): void {
    const start = first - this.#base;
    const end = last - this.#base + 1;
    const firstWord = Math.ceil(start / 32);
    const lastWord = Math.floor(end / 32);
    if (firstWord <= lastWord) {
      this.#once.fill(-1, firstWord, lastWord);
      for (let bit = start; bit < firstWord * 32; bit++) this.#once[bit >>> 5]! |= 1 << (bit & 31);
      for (let bit = lastWord * 32; bit < end; bit++) this.#once[bit >>> 5]! |= 1 << (bit & 31);
    } else for (let bit = start; bit < end; bit++) this.#once[bit >>> 5]! |= 1 << (bit & 31);
    this.#widen(first, last, end - start);
  }

  /** Says that `count` new integers from `min` to `max` were added. */
  #widen(min: number, max: number, count: number): void {
    this.min = Math.min(this.min, min);
    this.max = Math.max(this.max, max);
    this.size += count;
  }

  /**
   * Adds integers from `min` to `max`, two words each; tells of each that was here before, with whether this is the
   * second time. Returns how many were told of.
   */
  addAll(
    words: Int32Array,
    count: number,
    min: number,
    max: number,
    onRepeat: (nth: number, isSecond: boolean) => void,
  ): number {
    const once = this.#once;
    // The range is less than 2^32, so that low words say where in it an integer lies.
    const base = this.#base | 0;
    let told = 0;
    for (let nth = 0; nth < count; nth++) {
      const bit = (words[nth * 2]! - base) | 0;
      const mask = 1 << bit;
      const word = once[bit >>> 5]!;
      if ((word & mask) === 0) once[bit >>> 5] = word | mask;
      else {
        told++;
        onRepeat(nth, this.#again(bit));
      }
    }
    this.#widen(min, max, count - told);
    return told;
  }

  has(value: number): boolean {
    if (!(value >= this.min && value <= this.max)) return false;
    const bit = value - this.#base;
    return (this.#once[bit >>> 5]! & (1 << (bit & 31))) !== 0;
  }

  /** Says that a value that is here came again; true when that is the second time. */
  again(value: number): boolean {
    return this.#again(value - this.#base);
  }

  #again(bit: number): boolean {
    this.#more ??= new Int32Array(this.#once.length);
    const mask = 1 << (bit & 31);
    if ((this.#more[bit >>> 5]! & mask) !== 0) return false;
    this.#more[bit >>> 5]! |= mask;
    this.repeated++;
    return true;
  }

  /** True for a value that came more than once. */
  isRepeated(value: number): boolean {
    if (!this.#more || !(value >= this.min && value <= this.max)) return false;
    const bit = value - this.#base;
    return (this.#more[bit >>> 5]! & (1 << (bit & 31))) !== 0;
  }
}

function mostBitsFor(rows: number): number {
  return Math.max(SMALL, Math.min(EARLY, rows * EARLY_BITS_PER_ROW), rows * BITS_PER_ROW);
}

function moved(old: Int32Array, by: number, words: number): Int32Array<ArrayBuffer> {
  const wider = new Int32Array(words);
  wider.set(old, by);
  return wider;
}
