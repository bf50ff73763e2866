/**
 * What the verdicts are worth: seeded repetitions of comparisons without drift and with it, ten columns at a time.
 * `npx tsx bench/drift.ts [--quick | --repetitions N]` prints a table and writes it into docs/drift.md.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { assessColumn } from "../src/drift/assessColumn.js";
import type { Verdict } from "../src/drift/comparison.js";
import { decide } from "../src/drift/decide.js";
import { levelProfile } from "../src/drift/levelProfile.js";
import { levelHash, membershipOf } from "../src/drift/membership.js";
import { type Detail, numericProfile } from "../src/drift/numericProfile.js";
import type { ColumnProfile } from "../src/drift/profile.js";
import { settle } from "../src/drift/settings.js";
import { NumberRuns } from "../src/metrics/numberRuns.js";

const COLUMNS = 10;
const BASELINES = [2000, 20_000];
const CURRENTS = [100, 500, 5000];
const SHIFTS = [0, 0.1, 0.25, 0.5];
const LEVELS = 20;
const VERDICTS: readonly Verdict[] = ["drift", "stable", "inconclusive", "notComparable"];

/** mulberry32. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

const frame = (rows: number, kind: "number" | "string"): ColumnProfile => ({
  name: "x",
  type: kind === "number" ? "float64" : "utf8",
  kind,
  rows,
  nulls: 0,
  nans: 0,
  plusInfinities: 0,
  minusInfinities: 0,
});

function numbers(rows: number, detail: Detail, draw: () => number): ColumnProfile {
  const runs = new NumberRuns();
  for (let i = 0; i < rows; i++) runs.add(draw());
  return { ...frame(rows, "number"), numbers: numericProfile(runs.gathered(), detail) };
}

const weights = Array.from({ length: LEVELS }, (_, i) => 1 / (i + 1));
const weightTotal = weights.reduce((sum, weight) => sum + weight, 0);

function zipf(rows: number, detail: Detail, random: () => number, moved: number): ColumnProfile {
  const counts = new Array<number>(LEVELS).fill(0);
  for (let i = 0; i < rows; i++) {
    let level = 0;
    for (let at = random() * weightTotal; at > weights[level]!; level++) at -= weights[level]!;
    // What moves goes to the last level, so that the total variation distance is nearly the share that moves.
    counts[random() < moved ? LEVELS - 1 : level]!++;
  }
  const named = counts.flatMap((count, i) => (count > 0 ? [[`level ${i}`, count] as const] : []));
  const membership = membershipOf(named.map(([level]) => levelHash(level)));
  return { ...frame(rows, "string"), levels: levelProfile(named, 0, detail, membership) };
}

/** A column of a law, moved by so many standard deviations of its normal (or what that comes to in levels). */
const LAWS: Readonly<
  Record<string, (rows: number, detail: Detail, random: () => number, shift: number) => ColumnProfile>
> = {
  normal: (rows, detail, random, shift) => numbers(rows, detail, () => normal(random) + shift),
  lognormal: (rows, detail, random, shift) =>
    numbers(rows, detail, () => Math.exp(1.5 * (normal(random) + shift))),
  "Zipf, 20 levels": (rows, detail, random, shift) => zipf(rows, detail, random, shift * 0.4),
};

function repetitionsAsked(): number {
  const at = process.argv.indexOf("--repetitions");
  if (at > 0) return Number(process.argv[at + 1]);
  return process.argv.includes("--quick") ? 50 : 2000;
}

const repetitions = repetitionsAsked();
const settled = settle("bench", {});
const tally = new Map<string, Map<Verdict, number>>();
const each = (list: readonly number[], visit: (value: number) => void): void => {
  for (const value of list) visit(value);
};

for (const [law, make] of Object.entries(LAWS)) {
  each(BASELINES, (n) => {
    for (let repetition = 0; repetition < repetitions; repetition++) {
      const random = generator(repetition * 7919 + n + law.length * 104_729);
      const before = Array.from({ length: COLUMNS }, () => make(n, "kept", random, 0));
      each(CURRENTS, (m) => {
        each(SHIFTS, (shift) => {
          const drafts = before.map((column) =>
            assessColumn(column, make(m, "whole", random, shift), settled, {}),
          );
          const key = `${law}|${n}|${m}|${shift}`;
          const counts = tally.get(key) ?? new Map<Verdict, number>();
          for (const { verdict } of decide(drafts, settled))
            counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
          tally.set(key, counts);
        });
      });
    }
    process.stderr.write(`${law}, baseline of ${n}: done\n`);
  });
}

const share = (count: number): string => `${((count / repetitions / COLUMNS) * 100).toFixed(1)} %`;
const lines = [
  `${repetitions.toLocaleString("en-US")} seeded repetitions of ${COLUMNS} columns each, all defaults; shares of columns.`,
  "",
  "| law | baseline rows | current rows | shift | drift | stable | inconclusive | not comparable |",
  "|---|---|---|---|---|---|---|---|",
  ...[...tally].map(([key, counts]) => {
    const shares = VERDICTS.map((verdict) => share(counts.get(verdict) ?? 0));
    return `| ${[...key.split("|"), ...shares].join(" | ")} |`;
  }),
];
const table = lines.join("\n");
process.stdout.write(`${table}\n`);
const path = fileURLToPath(new URL("../docs/drift.md", import.meta.url));
const text = readFileSync(path, "utf8");
const marks = ["<!-- simulation -->", "<!-- end of simulation -->"] as const;
const [head] = text.split(marks[0]);
const tail = text.split(marks[1])[1];
if (head === undefined || tail === undefined) throw new Error(`${path} has no place for the table`);
writeFileSync(path, `${head}${marks[0]}\n${table}\n${marks[1]}${tail}`);
