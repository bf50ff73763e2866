/** Rows that a kernel takes at a time. */
export const KERNEL_ROWS = 8192;

const DOUBLES = 8 * KERNEL_ROWS;

/** Bytes of text that are staged at a time; a block with more of them is taken in parts. */
export const TEXT_BYTES = 1 << 20;

/** Bytes that a table, with what belongs to it, may take. */
export const TABLE_BYTES = 4 * DOUBLES;

const TEXT = 8 * DOUBLES;
const BLOCKS = TEXT + TEXT_BYTES + DOUBLES;

/** Where a kernel finds what is staged for it, in bytes from the start of its memory. Each place is a block's worth. */
export const PLACES = {
  result: 0,
  /** One bit a row. */
  bits: 1024,
  /** One byte a row. */
  flags: 4096,
  moreFlags: 4096 + KERNEL_ROWS,
  /** Eight bytes a row. */
  values: DOUBLES,
  moreValues: 2 * DOUBLES,
  /** Four bytes a row, and one more. Who puts something else here or in the place of texts forgets the texts. */
  offsets: 3 * DOUBLES,
  /** What a kernel looks up; it stays until another table is put here. */
  table: 4 * DOUBLES,
  /** The bytes of the texts, and room behind them for a word that reaches beyond the last. */
  text: TEXT,
  /** Eight bytes a row each: blocks of numbers that stay while rules and states ask for them in turns. */
  blocks: [BLOCKS, BLOCKS + DOUBLES, BLOCKS + 2 * DOUBLES, BLOCKS + 3 * DOUBLES],
} as const;

/** The compiler may put constants of its own behind this. */
export const RESERVED_BYTES = BLOCKS + 4 * DOUBLES;

/** All of a kernel's memory, whole pages; it never grows, so that views of it stay valid. */
export const MEMORY_BYTES = 32 * 65536;
