import * as z from "zod";

/** How near is near: by an absolute distance, or by a share of the baseline's value. */
export interface Near {
  /** The name the baseline is given under at run time. */
  readonly baseline: string;
  /** The largest distance. */
  readonly within?: number;
  /** The largest distance as a share of the baseline's value: 0.1 is 10 %. */
  readonly relative?: number;
}

const distance = z.number().min(0);

/** The stored form of nearness to a baseline. */
export const nearShape = {
  baseline: z.string().min(1),
  within: distance.optional(),
  relative: distance.optional(),
};

/** Nearness as it is stored. */
export interface StoredNear {
  readonly baseline: string;
  readonly within?: number | undefined;
  readonly relative?: number | undefined;
}

/** What is wrong with a nearness: none of the ways to say it, or two. */
export function nearProblem(ways: Readonly<Record<string, unknown>>): string | undefined {
  const names = Object.keys(ways);
  const given = names.filter((name) => ways[name] !== undefined);
  if (given.length === 1) return undefined;
  return given.length === 0 ? `needs ${names.join(" or ")}` : `takes ${given.join(" or ")}, not both`;
}

/** The distance that is still near a value. */
export function reachOf({ within, relative }: StoredNear, value: number): number {
  return within ?? relative! * Math.abs(value);
}

/** `within 3 of baseline orders`. */
export function nearText({ baseline, within, relative }: StoredNear): string {
  const reach = within === undefined ? `${Number((relative! * 100).toPrecision(6))} %` : String(within);
  return `within ${reach} of baseline ${baseline}`;
}
