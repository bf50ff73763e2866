import type { Sorted } from "./sample.js";

/**
 * A power of two that brings the largest absolute value of a finite sorted sample into [1, 2), as two factors whose
 * product may not itself be a double: multiplying by them is exact, and squares of the scaled values can't overflow.
 */
export interface Scale {
  /** x in scaled units. */
  down(x: number): number;
  /** A scaled length in the sample's own units. */
  up(x: number): number;
  /** √(scale): what a scaled square root must be multiplied by. */
  readonly root: number;
}

/** The scale that suits all of the given finite sorted samples. */
export function scaleOf(...samples: readonly Sorted[]): Scale {
  let most = 0;
  for (const sample of samples) {
    most = Math.max(most, Math.abs(sample[0] ?? 0), Math.abs(sample[sample.length - 1] ?? 0));
  }
  const exponent = most === 0 ? 0 : exponentOf(most);
  const half = Math.trunc(exponent / 2);
  const rest = exponent - half;
  const first = 2 ** half;
  const second = 2 ** rest;
  return {
    down: (x) => x / first / second,
    up: (x) => x * first * second,
    root: first * Math.sqrt(2 ** (rest - half)),
  };
}

function exponentOf(x: number): number {
  let exponent = Math.floor(Math.log2(x));
  // log2 rounds: the power may be one off next to a power of two.
  if (2 ** exponent > x) exponent--;
  return exponent;
}
