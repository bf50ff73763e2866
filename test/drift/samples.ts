import { Table, tableFromArrays, Utf8, vectorFromArray } from "apache-arrow";

/** A small seeded generator of uniform numbers in [0, 1): mulberry32. */
export function uniform(seed: number): () => number {
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

/** Laws to draw columns from, by name. */
export const LAWS = {
  normal: normal,
  lognormal: (random: () => number) => Math.exp(1.5 * normal(random)),
  pareto: (random: () => number) => (1 - random()) ** (-1 / 1.1),
  zeroInflated: (random: () => number) => (random() < 0.6 ? 0 : Math.exp(normal(random))),
  integers: (random: () => number) => Math.floor(random() * 20),
  sentinel: (random: () => number) => (random() < 1e-4 ? 1e9 : normal(random)),
} as const satisfies Record<string, (random: () => number) => number>;

/** `size` draws of a law, shifted. */
export function draws(law: keyof typeof LAWS, size: number, seed: number, shift = 0): Float64Array {
  const random = uniform(seed);
  return Float64Array.from({ length: size }, () => LAWS[law](random) + shift);
}

/** A table of one column x of doubles. */
export function numbersTable(values: Float64Array): Table {
  return tableFromArrays({ x: values });
}

/** A table of one column x of texts. */
export function textTable(values: readonly (string | null)[]): Table {
  return new Table({ x: vectorFromArray(values, new Utf8()) });
}

/** The same values in another order. */
export function shuffled(values: Float64Array, seed: number): Float64Array {
  const random = uniform(seed);
  const copy = values.slice();
  for (let i = copy.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [copy[i], copy[j]] = [copy[j]!, copy[i]!];
  }
  return copy;
}
