import type { Random } from "fast-check";

/** One of some values, of which there is at least one. */
export function pick<T>(random: Random, from: readonly T[]): T {
  return from[random.nextInt(0, from.length - 1)]!;
}

/** True with a probability. */
export function chance(random: Random, probability: number): boolean {
  return random.nextDouble() < probability;
}

/** The values in any order. */
export function shuffled<T>(random: Random, values: readonly T[]): T[] {
  const out = [...values];
  for (let i = out.length - 1; i > 0; i--) {
    const at = random.nextInt(0, i);
    [out[i], out[at]] = [out[at]!, out[i]!];
  }
  return out;
}
