/**
 * How many times as fast each kernel is as its twin, on blocks of 8,192 rows out of more memory than a cache holds.
 * `npm run bench:kernels`; a kernel stays only where it is 1.5 times as fast.
 */
import { ByteTable } from "../src/columns/byteTable.js";
import { doublesByKernel, doublesByLoop, longsByKernel, longsByLoop } from "../src/kernels/bounds.js";
import { DEALT, dealByKernel, dealByLoop, ENTRY } from "../src/kernels/entries.js";
import { hashByKernel, hashByLoop } from "../src/kernels/hash.js";
import { kernelsFor } from "../src/kernels/kernels.js";
import { KERNEL_ROWS as ROWS } from "../src/kernels/layout.js";
import { lengthsByKernel, lengthsByLoop } from "../src/kernels/lengths.js";
import { findMembers, memberTable } from "../src/kernels/members.js";
import { finish, presentByKernel, presentByLoop } from "../src/kernels/moments.js";
import {
  doublesInOrderByKernel,
  doublesInOrderByLoop,
  longsInOrderByKernel,
  longsInOrderByLoop,
} from "../src/kernels/order.js";
import {
  doublesWithinByKernel,
  doublesWithinByLoop,
  longsWithinByKernel,
  longsWithinByLoop,
} from "../src/kernels/ranges.js";
import { siftByKernel, siftByLoop } from "../src/kernels/siftEntries.js";
import { stageNumbers } from "../src/kernels/staged.js";
import { tallyByKernel, tallyByLoop } from "../src/kernels/tally.js";
import type { Texts } from "../src/kernels/texts.js";
import { atLeastByKernel, atLeastByLoop } from "../src/kernels/thresholds.js";
import { byteNfa } from "../src/predicates/pattern/byteNfa.js";
import { ByteDfa } from "../src/predicates/pattern/dfa.js";
import { parseRe2 } from "../src/predicates/pattern/parseRe2.js";

const BLOCKS = 64;
const ROUNDS = 201;
const SHORT = 4;
const kernels = kernelsFor(ROWS)!;

let state = 1;
function next(): number {
  state = (state + 0x6d2b79f5) >>> 0;
  let mixed = Math.imul(state ^ (state >>> 15), state | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
}

const doubles = Float64Array.from({ length: ROWS * BLOCKS }, () => next() * 100);
const longs = BigInt64Array.from({ length: ROWS * BLOCKS }, () => BigInt(Math.floor(next() * 2 ** 34)));
const bits = new Uint8Array(ROWS / 8).map(() => {
  let byte = 0;
  for (let bit = 0; bit < 8; bit++) if (next() >= 0.02) byte |= 1 << bit;
  return byte;
});
const encoder = new TextEncoder();
const emails = Array.from({ length: ROWS }, (_, i) => encoder.encode(`user${i * 977}@example${i % 10}.com`));
const texts = { bytes: new Uint8Array(ROWS * 32), offsets: new Int32Array(ROWS + 1) };
for (const [i, email] of emails.entries()) {
  texts.bytes.set(email, texts.offsets[i]);
  texts.offsets[i + 1] = texts.offsets[i]! + email.length;
}
const hashes = new Int32Array(2 * ROWS);
const doublesAt = (block: number) => doubles.subarray(block * ROWS, (block + 1) * ROWS);
const longsAt = (block: number) => longs.subarray(block * ROWS, (block + 1) * ROWS);

const flags = new Uint8Array(ROWS);
const truths = flags.map(() => (next() < 0.01 ? 0 : next() < 0.02 ? 2 : 1));
const ints = Int32Array.from({ length: ROWS }, () => next() * 100);
const wide = new Float64Array(ROWS);
const known = Array.from({ length: 200 }, (_, i) => encoder.encode(`C${String(i).padStart(3, "0")}`));
const countries = {
  bytes: new Uint8Array(4 * ROWS),
  offsets: Int32Array.from({ length: ROWS + 1 }, (_, i) => 4 * i),
};
for (let i = 0; i < ROWS; i++) countries.bytes.set(known[Math.floor(next() * 200)]!, 4 * i);
const keys = new ByteTable();
for (const key of known) keys.add(key);
const members = memberTable(kernels, known)!;
const findByLoop = (from: number, count: number, done: number): void => {
  const { bytes, offsets } = countries;
  for (let i = 0; i < count; i++) {
    flags[done + i] = keys.find(bytes, offsets[from + i]!, offsets[from + i + 1]!) < 0 ? 0 : 1;
  }
};
const dfa = new ByteDfa(byteNfa(parseRe2("^[^@]+@[^@]+\\.com$"))!);

const randomWords = Int32Array.from({ length: 2 * DEALT }, () => next() * 2 ** 32);
const rowsOfKeys = Int32Array.from({ length: DEALT }, (_, i) => i);
const dealt = dealByLoop(randomWords, rowsOfKeys, DEALT).entries;
const sifted = new Int32Array(DEALT * ENTRY);
const siftOf = (sift: (length: number) => number) => {
  sifted.set(dealt);
  return sift(dealt.length);
};
/** The same texts as arrays that no kernel has in place. */
const anew = ({ bytes, offsets }: Texts): Texts => ({ bytes: bytes.subarray(), offsets });

type Work = (block: number) => unknown;
const cases: Record<string, readonly [kernel: Work, twin: Work]> = {
  "bounds of doubles": [
    (block) => doublesByKernel(kernels, doublesAt(block), undefined, ROWS),
    (block) => doublesByLoop(doublesAt(block), undefined, ROWS),
  ],
  "bounds of doubles, 2 % nulls": [
    (block) => doublesByKernel(kernels, doublesAt(block), bits, ROWS),
    (block) => doublesByLoop(doublesAt(block), bits, ROWS),
  ],
  "bounds of 64-bit integers": [
    (block) => longsByKernel(kernels, longsAt(block), undefined, ROWS),
    (block) => longsByLoop(longsAt(block), undefined, ROWS),
  ],
  "32-bit integers as doubles": [
    () => stageNumbers(kernels, ints.subarray(), undefined, ROWS),
    () => {
      for (let i = 0; i < ROWS; i++) wide[i] = ints[i]!;
    },
  ],
  "moments, 2 % nulls": [
    (block) => finish(presentByKernel(kernels, doublesAt(block), bits, ROWS)),
    (block) => finish(presentByLoop(doublesAt(block), bits, ROWS)),
  ],
  "doubles within a range": [
    (block) => doublesWithinByKernel(kernels, doublesAt(block), ROWS, 1, 99, 0, flags),
    (block) => doublesWithinByLoop(doublesAt(block), ROWS, 1, 99, 0, flags),
  ],
  "64-bit integers within a range": [
    (block) => longsWithinByKernel(kernels, longsAt(block), ROWS, range, flags),
    (block) => longsWithinByLoop(longsAt(block), ROWS, range, flags),
  ],
  "histogram on ten bins, 2 % nulls": [
    (block) => atLeastByKernel(kernels, doublesAt(block), bits, ROWS, edges, found),
    (block) => atLeastByLoop(doublesAt(block), bits, ROWS, edges, found),
  ],
  "order of 64-bit integers": [
    () => longsInOrderByKernel(kernels, sorted.subarray(), ROWS, upwards),
    () => longsInOrderByLoop(sorted, ROWS, upwards),
  ],
  "order of doubles": [
    () => doublesInOrderByKernel(kernels, ranked.subarray(), ROWS, upwards),
    () => doublesInOrderByLoop(ranked, ROWS, upwards),
  ],
  "tally of truths": [
    () => tallyByKernel(kernels, truths, undefined, ROWS, false, flags),
    () => tallyByLoop(truths, undefined, ROWS, false, flags),
  ],
  "hashes of e-mails": [
    () => hashByKernel(kernels, anew(texts), 0, ROWS, hashes),
    () => hashByLoop(texts, 0, ROWS, hashes, 0),
  ],
  "lengths of e-mails in code points": [
    () => lengthsByKernel(kernels, anew(texts), 0, ROWS, { least: 10, most: 40, inBytes: false }, flags),
    () => lengthsByLoop(texts, 0, ROWS, { least: 10, most: 40, inBytes: false }, flags, 0),
  ],
  "membership in 200 short texts": [
    () => findMembers(kernels, members, anew(countries), 0, ROWS, flags, findByLoop),
    () => findByLoop(0, ROWS, 0),
  ],
  "32,768 keys dealt to partitions": [
    () => dealByKernel(kernels, randomWords, rowsOfKeys, DEALT),
    () => dealByLoop(randomWords, rowsOfKeys, DEALT),
  ],
  "32,768 keys sifted for repeats": [
    () => siftOf((length) => siftByKernel(kernels, sifted, length)),
    () => siftOf((length) => siftByLoop(sifted, length)),
  ],
  "e-mail pattern": [
    () => dfa.matchBlock(anew(texts).bytes, texts.offsets, 0, ROWS, flags),
    () => dfa.scanBlock(texts.bytes, texts.offsets, 0, 0, ROWS, flags),
  ],
};
const edges = Float64Array.from({ length: 11 }, (_, i) => i * 9.5);
const found = new Float64Array(11);
const upwards = { isUp: true, isStrict: true };
const ranked = Float64Array.from({ length: ROWS }, (_, i) => i);
const sorted = BigInt64Array.from(ranked, BigInt);
const range = { low: 10n, high: 2n ** 33n };

/** Microseconds a block, the median of many short rounds: a long one would measure what else the machine does. */
function measure(work: Work): number {
  const times: number[] = [];
  for (let first = 0; first < ROUNDS * SHORT; first += SHORT) {
    const start = performance.now();
    for (let nth = 0; nth < SHORT; nth++) work((first + nth) % BLOCKS);
    times.push(((performance.now() - start) * 1000) / SHORT);
  }
  return times.sort((a, b) => a - b)[times.length >> 1]!;
}

process.stdout.write("| kernel | µs a block | twin | ratio |\n| --- | --- | --- | --- |\n");
for (const [name, [kernel, twin]] of Object.entries(cases)) {
  const [ours, theirs] = [measure(kernel), measure(twin)];
  const cells = [name, ours.toFixed(1), theirs.toFixed(1), (theirs / ours).toFixed(1)];
  process.stdout.write(`| ${cells.join(" | ")} |\n`);
}
