import type { Reason, Sample } from "./result.js";
import { flaw, type Sorted, sortSample } from "./sample.js";

/** Further samples for the tests that take any number of them. */
export interface GroupOptions {
  /** Samples beside the reference and the current one. */
  readonly others?: readonly Sample[];
}

/** All samples of a test in increasing order, or why one of them can't be used. */
export function sortGroups(
  reference: Sample,
  current: Sample,
  options: GroupOptions,
  least: number,
  infinities: "kept" | "refused",
): Sorted[] | Reason {
  const samples = [reference, current, ...(options.others ?? [])].map(sortSample);
  for (const sample of samples) {
    const problem = flaw(sample, least, infinities);
    if (problem) return problem;
  }
  return samples;
}

/** Visits the distinct values of several sorted samples pooled: the rows of each at the value, and below it. */
export function walkGroups(
  samples: readonly Sorted[],
  visit: (here: readonly number[], below: readonly number[]) => void,
): void {
  const at = samples.map(() => 0);
  for (;;) {
    let value = Number.POSITIVE_INFINITY;
    let any = false;
    for (const [g, sample] of samples.entries()) {
      if (at[g]! >= sample.length) continue;
      any = true;
      if (sample[at[g]!]! < value) value = sample[at[g]!]!;
    }
    if (!any) return;
    const below = [...at];
    for (const [g, sample] of samples.entries()) {
      while (at[g]! < sample.length && sample[at[g]!] === value) at[g]!++;
    }
    visit(
      at.map((end, g) => end - below[g]!),
      below,
    );
  }
}
