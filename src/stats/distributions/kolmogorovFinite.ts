import type { Tails } from "../special/incompleteGamma.js";
import { poissonDensity } from "../special/stirling.js";
import { smirnovTails } from "./kolmogorov.js";

const fromLower = (lower: number): Tails => ({
  lower: Math.min(1, Math.max(0, lower)),
  upper: Math.min(1, Math.max(0, 1 - lower)),
});
const fromUpper = (upper: number): Tails => ({ lower: 1 - Math.min(1, upper), upper: Math.min(1, upper) });

/**
 * The law of the two-sided D of n values.
 *
 * The regimes of Simard and L'Ecuyer (2011), "Computing the two-sided Kolmogorov-Smirnov distribution", J. Stat.
 * Softw. 39(11): closed forms at both ends (Ruben and Gambino 1982), twice the one-sided tail where it is accurate
 * (Miller 1956), the matrix of Durbin (1968) and Marsaglia, Tsang and Wang (2003), and the series of Pelz and Good
 * (1976) for large n.
 */
export function kolmogorovTails(d: number, n: number): Tails {
  if (d >= 1) return { lower: 1, upper: 0 };
  const t = n * d;
  if (d <= 0 || t <= 0.5) return { lower: 0, upper: 1 };
  if (t <= 1) return fromLower(shortest(t, n));
  if (t >= n - 1) return fromUpper(2 * (1 - d) ** n);
  if (d >= 0.5) return fromUpper(2 * smirnovTails(d, n).upper);
  const square = t * d;
  if (n <= 140) {
    return square <= 4 ? fromLower(durbin(d, n)) : fromUpper(2 * smirnovTails(d, n).upper);
  }
  if (square >= 370) return { lower: 1, upper: 0 };
  if (square >= 2.2) return fromUpper(2 * smirnovTails(d, n).upper);
  return fromLower(n <= 100_000 && n * d ** 1.5 <= 1.4 ? durbin(d, n) : pelzGood(Math.sqrt(n) * d, n));
}

/** n! ((2t − 1) / n)^n, the lower tail for t = nd in (½, 1]; n! / n^n is e^−n over the Poisson density of n at n. */
function shortest(t: number, n: number): number {
  return Math.exp(n * Math.log(2 * t - 1) - n - Math.log(poissonDensity(n, n)));
}

/** A square matrix times 2^exponent. */
interface Scaled {
  readonly cells: Float64Array;
  readonly exponent: number;
}

function multiply(a: Scaled, b: Scaled, size: number): Scaled {
  const cells = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < size; k++) {
      const factor = a.cells[i * size + k]!;
      if (factor === 0) continue;
      for (let j = 0; j < size; j++) cells[i * size + j]! += factor * b.cells[k * size + j]!;
    }
  }
  const middle = cells[(size >> 1) * size + (size >> 1)]!;
  if (middle < 2 ** 400) return { cells, exponent: a.exponent + b.exponent };
  for (let i = 0; i < cells.length; i++) cells[i]! *= 2 ** -400;
  return { cells, exponent: a.exponent + b.exponent + 400 };
}

/** P(D < d) as n! / n^n times the middle cell of the n-th power of Durbin's matrix. */
function durbin(d: number, n: number): number {
  const t = n * d;
  const k = Math.floor(t) + 1;
  const size = 2 * k - 1;
  const h = k - t;
  let base: Scaled = { cells: durbinMatrix(h, size), exponent: 0 };
  let power: Scaled | undefined;
  for (let left = n; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) power = power ? multiply(power, base, size) : base;
    if (left > 1) base = multiply(base, base, size);
  }
  let value = power!.cells[(k - 1) * size + k - 1]!;
  let exponent = power!.exponent;
  for (let i = 1; i <= n; i++) {
    value *= i / n;
    if (value < 2 ** -400) {
      value *= 2 ** 400;
      exponent -= 400;
    }
  }
  return value * 2 ** exponent;
}

function durbinMatrix(h: number, size: number): Float64Array {
  const inverse = [1];
  for (let i = 1; i <= size; i++) inverse.push(inverse[i - 1]! / i);
  const cells = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= Math.min(i + 1, size - 1); j++) {
      let numerator = 1;
      if (j === 0) numerator -= h ** (i + 1);
      if (i === size - 1) numerator -= h ** (size - j);
      if (i === size - 1 && j === 0) numerator += Math.max(0, 2 * h - 1) ** size;
      cells[i * size + j] = numerator * inverse[i - j + 1]!;
    }
  }
  return cells;
}

/** P(D < z / √n) to order n^−3/2, with the four series of Pelz and Good (1976) in Simard and L'Ecuyer's notation. */
function pelzGood(z: number, n: number): number {
  const z2 = z * z;
  const z4 = z2 * z2;
  const z6 = z4 * z2;
  let k0 = 0;
  let k1 = 0;
  let k2 = 0;
  let k3 = 0;
  for (let k = 40; k >= 0; k--) {
    const p2 = (Math.PI * (k + 0.5)) ** 2;
    const weight = Math.exp(-p2 / (2 * z2));
    k0 += weight;
    k1 += weight * (p2 - z2);
    k2 += weight * (6 * z6 + 2 * z4 + p2 * (2 * z4 - 5 * z2) + p2 * p2 * (1 - 2 * z2));
    k3 +=
      weight *
      (p2 ** 3 * (5 - 30 * z2) +
        p2 * p2 * (212 * z4 - 60 * z2) +
        p2 * (135 * z4 - 96 * z6) -
        30 * z6 -
        90 * z4 * z4);
  }
  let even2 = 0;
  let even3 = 0;
  for (let k = 40; k >= 1; k--) {
    const q2 = (Math.PI * k) ** 2;
    const weight = Math.exp(-q2 / (2 * z2));
    even2 += weight * q2;
    even3 += weight * (3 * q2 * z2 - q2 * q2);
  }
  // Each series runs over all integers and is symmetric: twice the half that was summed.
  const root = 2 * Math.sqrt(Math.PI / 2);
  const first = (root / z) * k0;
  const second = (root / (6 * z4)) * k1;
  const third = (root / (72 * z6 * z)) * k2 - (root / (36 * z2 * z)) * even2;
  const fourth = (root / (6480 * z6 * z4)) * k3 + (root / (216 * z6)) * even3;
  return first + second / Math.sqrt(n) + third / n + fourth / n ** 1.5;
}
