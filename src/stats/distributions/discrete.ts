import { incompleteBeta } from "../special/incompleteBeta.js";
import { incompleteGamma, type Tails } from "../special/incompleteGamma.js";
import { binomialDensity } from "../special/stirling.js";
import type { Law } from "./law.js";

const NOTHING: Tails = { lower: 0, upper: 1 };
const EVERYTHING: Tails = { lower: 1, upper: 0 };
const count = (x: number): boolean => Number.isInteger(x) && x >= 0;

/** P(X = k) for k marked rows among `draws`, drawn without replacement from `rows` of which `marked` are marked. */
export function hypergeometricDensity(k: number, rows: number, marked: number, draws: number): number {
  if (k < Math.max(0, draws - (rows - marked)) || k > Math.min(marked, draws)) return 0;
  if (rows === 0) return 1;
  const p = draws / rows;
  const other = rows - marked;
  const rest = draws - k;
  // Three binomial densities at one p: C(marked, k) C(other, draws − k) / C(rows, draws), Loader (2000).
  const chosen = binomialDensity(k, marked - k, marked * p, marked * (1 - p));
  const passed = binomialDensity(rest, other - rest, other * p, other * (1 - p));
  return (chosen * passed) / binomialDensity(draws, rows - draws, draws, rows - draws);
}

/** The mass of the tables with k marked rows and fewer: term by term away from k, each from the one before. */
function massBelow(k: number, rows: number, marked: number, draws: number): number {
  const least = draws - (rows - marked);
  let term = hypergeometricDensity(k, rows, marked, draws);
  let sum = term;
  for (let j = k; j > Math.max(0, least) && term > sum * 1e-19; j--) {
    term *= (j / (marked - j + 1)) * ((j - least) / (draws - j + 1));
    sum += term;
  }
  return Math.min(1, sum);
}

function hypergeometricTails(x: number, rows: number, marked: number, draws: number): Tails {
  const k = Math.floor(x);
  if (k < Math.max(0, draws - (rows - marked))) return NOTHING;
  if (k >= Math.min(marked, draws)) return EVERYTHING;
  const mode = Math.floor(((draws + 1) * (marked + 1)) / (rows + 2));
  if (k < mode) {
    const lower = massBelow(k, rows, marked, draws);
    return { lower, upper: 1 - lower };
  }
  // Seen from the rows that are not marked, the upper tail is a lower one.
  const upper = massBelow(draws - k - 1, rows, rows - marked, draws);
  return { lower: 1 - upper, upper };
}

/** The discrete laws, under scipy's names and shape parameters. */
export const discreteLaws = {
  poisson: {
    shapes: ["mu"],
    valid: (mu) => mu! > 0,
    support: () => [-1, Number.POSITIVE_INFINITY],
    tails: (x, mu) => {
      if (x < 0) return NOTHING;
      if (x === Number.POSITIVE_INFINITY) return EVERYTHING;
      const { lower, upper } = incompleteGamma(Math.floor(x) + 1, mu!);
      return { lower: upper, upper: lower };
    },
  },
  binom: {
    shapes: ["n", "p"],
    valid: (n, p) => count(n!) && p! >= 0 && p! <= 1,
    support: (n) => [-1, n!],
    tails: (x, n, p) => {
      if (x < 0) return NOTHING;
      const k = Math.floor(x);
      if (k >= n!) return EVERYTHING;
      const { lower, upper } = incompleteBeta(k + 1, n! - k, p!);
      return { lower: upper, upper: lower };
    },
  },
  hypergeom: {
    shapes: ["M", "n", "N"],
    valid: (rows, marked, draws) =>
      count(rows!) && count(marked!) && count(draws!) && marked! <= rows! && draws! <= rows!,
    support: (rows, marked, draws) => [
      Math.max(0, draws! - (rows! - marked!)) - 1,
      Math.min(marked!, draws!),
    ],
    tails: (x, rows, marked, draws) => hypergeometricTails(x, rows!, marked!, draws!),
  },
} satisfies Record<string, Law>;
