import fc from "fast-check";

/** Finite doubles of everyday size, ties included. */
export const value = fc.oneof(
  fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  fc.integer({ min: -5, max: 5 }),
);

/** Samples of everyday values. */
export const sample = fc.array(value, { minLength: 1, maxLength: 40 });

/** Samples large enough for every test. */
export const longSample = fc.array(value, { minLength: 8, maxLength: 40 });

/** Two vectors of counts over the same levels, neither all zero. */
export const counts = fc
  .array(fc.tuple(fc.nat(500), fc.nat(500)), { minLength: 1, maxLength: 12 })
  .filter((pairs) => pairs.some(([a]) => a > 0) && pairs.some(([, b]) => b > 0))
  .map((pairs) => ({ reference: pairs.map(([a]) => a), current: pairs.map(([, b]) => b) }));

/** A repeatable stream of numbers in (0, 1): Park and Miller's generator. */
export function uniforms(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

/** `count` standard normal numbers, repeatable. */
export function normals(seed: number, count: number): number[] {
  const next = uniforms(seed);
  return Array.from(
    { length: count },
    () => Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next()),
  );
}

/** All ways to choose `size` of `total` places, as lists of places. */
export function choices(total: number, size: number): number[][] {
  if (size === 0) return [[]];
  if (total < size) return [];
  return [
    ...choices(total - 1, size),
    ...choices(total - 1, size - 1).map((places) => [...places, total - 1]),
  ];
}

/** The exact permutation p-value of a statistic, by listing every split of the pooled rows. */
export function permutationP(
  reference: readonly number[],
  current: readonly number[],
  statistic: (reference: number[], current: number[]) => number,
): number {
  const pooled = [...reference, ...current];
  const seen = statistic([...reference], [...current]);
  const splits = choices(pooled.length, reference.length);
  const reached = splits.filter((places) => {
    const chosen = new Set(places);
    const first = pooled.filter((_, i) => chosen.has(i));
    const second = pooled.filter((_, i) => !chosen.has(i));
    return statistic(first, second) >= seen - 1e-9;
  });
  return reached.length / splits.length;
}
