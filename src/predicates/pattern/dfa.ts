import { type Kernels, kernelsFor } from "../../kernels/kernels.js";
import { MOST_ROWS, type WalkTable, walkTable, walkTexts } from "../../kernels/walk.js";
import { type ByteNfa, MATCH, type NfaState } from "./byteNfa.js";
import { has, WORD } from "./charSet.js";
import type { Condition } from "./re2Condition.js";
import { ACCEPT, DEAD, scanTexts } from "./scanTexts.js";

/** States that are built at most; a pattern and a text that ask for more are left to re2js. */
const MOST_STATES = 2000;

/** Nondeterministic states held by all built states at most. */
const MOST_MEMBERS = 200_000;

// Entries of the table that are no row.
const UNKNOWN = -1;
const FULL = -2;

const NEWLINE = 0x0a;
const BYTES = 256;

/** What is known of the place where a state stands: the byte before it. */
const AT_START = 1;
const AFTER_NEWLINE = 2;
const AFTER_WORD = 4;

/** What comes next, where no byte does. */
const END = -1;

interface State {
  /** Byte and assertion states that are reached, sorted. */
  readonly members: readonly number[];
  readonly place: number;
  /** Whether assertions wait for the next byte. */
  readonly waits: boolean;
}

/**
 * A deterministic automaton over the bytes of UTF-8 text, whose states are built when a text first reaches them.
 *
 * It judges a byte with one look into a table. Bytes that are not UTF-8 are safe, but what it says of them is not
 * specified.
 */
export class ByteDfa {
  readonly #nfa: readonly NfaState[];
  readonly #byteClass: Uint8Array;
  readonly #states: State[] = [];
  readonly #rows = new Map<string, number>();
  readonly #seen: Uint32Array;
  #stamp = 0;
  #members = 0;
  /** For a row and a byte, the row after that byte. */
  #table = new Int32Array(16 * BYTES).fill(UNKNOWN);
  /** By row number: 1 where a text may end. */
  #accepts = new Uint8Array(16);
  readonly #start: number;
  /** The table as a kernel walks it, until something is entered. */
  #walked: WalkTable | undefined;

  constructor(nfa: ByteNfa) {
    this.#nfa = nfa.states;
    this.#byteClass = byteClasses(nfa.states);
    this.#seen = new Uint32Array(nfa.states.length);
    const none: State = { members: [], place: 0, waits: false };
    this.#push(none, false);
    this.#push(none, true);
    this.#table.fill(DEAD, DEAD, DEAD + BYTES);
    this.#table.fill(ACCEPT, ACCEPT, ACCEPT + BYTES);
    this.#start = this.#rowOf([nfa.start], AT_START);
  }

  /**
   * Judges `count` texts: text `i` is bytes `offsets[start + i]` to `offsets[start + i + 1]`, and `out[i]` becomes 1
   * where there is a match in it, else 0.
   *
   * Gives how many it judged: fewer than `count` when its bound was hit.
   */
  matchBlock(bytes: Uint8Array, offsets: Int32Array, start: number, count: number, out: Uint8Array): number {
    const kernels = kernelsFor(count);
    const walked = kernels ? this.#walkBlock(kernels, bytes, offsets, start, count, out) : 0;
    for (let done = walked; done < count; done++) {
      done = this.scanBlock(bytes, offsets, start, done, count, out);
      if (done === count) return count;
      const row = this.#walk(bytes, offsets[start + done]!, offsets[start + done + 1]!);
      if (row === FULL) return done;
      out[done] = this.#accepts[row >> 8]!;
    }
    return count;
  }

  /** Judges texts from number `done` on with the table as it is; gives the first that needs an entry more, or `count`. */
  scanBlock(
    bytes: Uint8Array,
    offsets: Int32Array,
    start: number,
    done: number,
    count: number,
    out: Uint8Array,
  ): number {
    return scanTexts(this.#table, this.#accepts, this.#start, bytes, offsets, start, done, count, out);
  }

  /** As scanBlock from the first text on, by the kernel. */
  #walkBlock(
    kernels: Kernels,
    bytes: Uint8Array,
    offsets: Int32Array,
    start: number,
    count: number,
    out: Uint8Array,
  ): number {
    if (this.#states.length > MOST_ROWS) return 0;
    this.#walked ??= walkTable(this.#table, this.#accepts, this.#states.length, this.#start);
    return walkTexts(kernels, this.#walked, { bytes, offsets }, start, count, out, (from, rows, done) =>
      this.scanBlock(bytes, offsets, from, 0, rows, out.subarray(done)),
    );
  }

  /** The row that a text ends in, or that decides it earlier; builds the states that it needs. */
  #walk(bytes: Uint8Array, from: number, end: number): number {
    let row = this.#start;
    for (let at = from; at < end && row > ACCEPT; at++) {
      const next = this.#table[row + bytes[at]!]!;
      row = next === UNKNOWN ? this.#build(row, bytes[at]!) : next;
    }
    return row;
  }

  /** Finds the row that `byte` leads to from `row`, and enters it for all bytes of its class. */
  #build(row: number, byte: number): number {
    const next = this.#step(this.#states[row >> 8]!, byte);
    this.#walked = undefined;
    const byteClass = this.#byteClass[byte]!;
    for (let other = 0; other < BYTES; other++) {
      if (this.#byteClass[other] === byteClass) this.#table[row + other] = next;
    }
    return next;
  }

  #step(state: State, byte: number): number {
    const members = state.waits ? this.#close(state.members, state.place, byte) : state.members;
    if (members.includes(MATCH)) return ACCEPT;
    const reached: number[] = [];
    for (const member of members) {
      const from = this.#nfa[member]!;
      if (from.kind !== "byte") continue;
      const range = from.ranges.findIndex((bound, i) => i % 2 === 1 && byte <= bound) - 1;
      if (range >= 0 && from.ranges[range]! <= byte) reached.push(from.targets[range / 2]!);
    }
    return this.#rowOf(reached, (byte === NEWLINE ? AFTER_NEWLINE : 0) | (has(WORD, byte) ? AFTER_WORD : 0));
  }

  /** The row of the state that stands at `place` with all that `reached` stands for. */
  #rowOf(reached: readonly number[], place: number): number {
    const members = this.#close(reached, place).sort((a, b) => a - b);
    if (members[0] === MATCH) return ACCEPT;
    if (members.length === 0) return DEAD;
    const waits = members.some((member) => this.#nfa[member]!.kind === "assert");
    const key = `${waits ? place : 0}|${members}`;
    const known = this.#rows.get(key);
    if (known !== undefined) return known;
    this.#members += members.length;
    if (this.#states.length >= MOST_STATES || this.#members > MOST_MEMBERS) return FULL;
    const row = this.#push(
      { members, place, waits },
      waits && this.#close(members, place, END).includes(MATCH),
    );
    this.#rows.set(key, row);
    return row;
  }

  /**
   * The byte states, the match and the waiting assertions that `from` stands for at `place`.
   *
   * With what comes `next` known, a byte or the END, no assertion waits.
   */
  #close(from: readonly number[], place: number, next?: number): number[] {
    const stamp = ++this.#stamp;
    const stack = [...from];
    const out: number[] = [];
    for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
      if (this.#seen[id] === stamp) continue;
      this.#seen[id] = stamp;
      const state = this.#nfa[id]!;
      if (state.kind === "split") stack.push(...state.targets);
      else if (state.kind !== "assert") out.push(id);
      else {
        const holds = check(state.condition, place, next);
        if (holds === undefined) out.push(id);
        else if (holds) stack.push(state.target);
      }
    }
    return out;
  }

  #push(state: State, accepts: boolean): number {
    const index = this.#states.push(state) - 1;
    if (index >= this.#accepts.length) {
      const table = new Int32Array(this.#table.length * 2).fill(UNKNOWN);
      table.set(this.#table);
      this.#table = table;
      const flags = new Uint8Array(this.#accepts.length * 2);
      flags.set(this.#accepts);
      this.#accepts = flags;
    }
    this.#accepts[index] = accepts ? 1 : 0;
    return index * BYTES;
  }
}

/** Whether a condition holds at `place` before `next`, or undefined where that depends on what comes next. */
function check(condition: Condition, place: number, next: number | undefined): boolean | undefined {
  if (condition === "textStart") return (place & AT_START) !== 0;
  if (condition === "lineStart") return (place & (AT_START | AFTER_NEWLINE)) !== 0;
  if (next === undefined) return undefined;
  if (condition === "textEnd") return next === END;
  if (condition === "lineEnd") return next === END || next === NEWLINE;
  const boundary = ((place & AFTER_WORD) !== 0) !== has(WORD, next);
  return condition === "boundary" ? boundary : !boundary;
}

/** Numbers the bytes so that bytes of one number lead to the same states everywhere. */
function byteClasses(states: readonly NfaState[]): Uint8Array {
  const begins = new Uint8Array(BYTES + 1);
  const cut = (ranges: readonly number[]) => {
    for (let i = 0; i < ranges.length; i += 2) {
      begins[ranges[i]!] = 1;
      begins[ranges[i + 1]! + 1] = 1;
    }
  };
  for (const state of states) {
    if (state.kind === "byte") cut(state.ranges);
    else if (state.kind === "assert") cut([NEWLINE, NEWLINE, ...WORD]);
  }
  let last = 0;
  return Uint8Array.from({ length: BYTES }, (_, byte) => (begins[byte] === 1 && byte > 0 ? ++last : last));
}
