/** What repeated runs took, in milliseconds. */
export interface Timing {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly threads: number;
}

/** Runs once to warm up, then `repeats` times. */
export async function timed(
  threads: number,
  repeats: number,
  once: () => unknown | Promise<unknown>,
): Promise<Timing> {
  await once();
  const times: number[] = [];
  for (let i = 0; i < repeats; i++) {
    const start = performance.now();
    await once();
    times.push(performance.now() - start);
  }
  return summary(threads, times);
}

export function summary(threads: number, times: readonly number[]): Timing {
  const sorted = [...times].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  return { median, min: sorted[0]!, max: sorted.at(-1)!, threads };
}

/** Bytes a millisecond that a plain loop copies from one array of doubles to another: the yardstick for scans. */
export async function copySpeed(values: number, repeats: number): Promise<number> {
  const from = new Float64Array(values).fill(1.5);
  const to = new Float64Array(values);
  const { median } = await timed(1, repeats, () => {
    for (let i = 0; i < values; i++) to[i] = from[i]!;
  });
  return (8 * values) / median;
}
