import { incompleteBeta } from "../special/incompleteBeta.js";
import { incompleteGamma, type Tails } from "../special/incompleteGamma.js";
import { poissonDensity } from "../special/stirling.js";
import type { Law } from "./law.js";
import { normalQuantile, normalTails } from "./normal.js";

const positive = (...shapes: number[]): boolean => shapes.every((shape) => shape > 0);
const halfLine = (): readonly [number, number] => [0, Number.POSITIVE_INFINITY];
const unitInterval = (): readonly [number, number] => [0, 1];
const swap = ({ lower, upper }: Tails): Tails => ({ lower: upper, upper: lower });

/** −ln of the upper tail and of the lower one, from whichever of the two is exact. */
const minusLog = (tail: number, complement: number): number =>
  tail < 0.5 ? -Math.log(tail) : -Math.log1p(-complement);

/** The tails of a variable whose upper tail is e^−h. */
const fromHazard = (h: number): Tails => ({ lower: -Math.expm1(-h), upper: Math.exp(-h) });

/** A law on x ≥ 0 by its cumulative hazard h(x) and the inverse of h. */
function hazardLaw(
  shapes: readonly string[],
  hazard: (x: number, ...shapes: number[]) => number,
  inverse: (h: number, ...shapes: number[]) => number,
): Law {
  return {
    shapes,
    valid: positive,
    support: halfLine,
    tails: (x, ...rest) => (x <= 0 ? { lower: 0, upper: 1 } : fromHazard(hazard(x, ...rest))),
    quantile: (lower, upper, ...rest) => inverse(minusLog(upper, lower), ...rest),
  };
}

function studentTails(x: number, df: number): Tails {
  const square = x * x;
  if (square === Number.POSITIVE_INFINITY) return x > 0 ? { lower: 1, upper: 0 } : { lower: 0, upper: 1 };
  const total = df + square;
  const upper = incompleteBeta(df / 2, 0.5, df / total, square / total).lower / 2;
  return x >= 0 ? { lower: 1 - upper, upper } : { lower: upper, upper: 1 - upper };
}

/** The noncentral chi-square law as a Poisson mixture of central ones, summed outward from the likeliest term. */
function noncentralChiSquare(x: number, df: number, nc: number): Tails {
  let lower = 0;
  let upper = 0;
  const mode = Math.floor(nc / 2);
  const add = (j: number): boolean => {
    const weight = poissonDensity(j, nc / 2);
    const central = incompleteGamma(df / 2 + j, x / 2);
    lower += weight * central.lower;
    upper += weight * central.upper;
    return weight > 1e-18 || (central.upper < 1 && weight * central.upper > upper * 1e-17);
  };
  for (let j = mode; add(j); j++);
  for (let j = mode - 1; j >= 0 && add(j); j--);
  return { lower: Math.min(1, lower), upper: Math.min(1, upper) };
}

const gumbel: Law = {
  shapes: [],
  tails: (x) => {
    const h = Math.exp(-x);
    return { lower: Math.exp(-h), upper: -Math.expm1(-h) };
  },
  quantile: (lower, upper) => -Math.log(minusLog(lower, upper)),
};

/** The continuous laws in standard form, under scipy's names and shape parameters. */
export const continuousLaws = {
  norm: { shapes: [], tails: normalTails, quantile: normalQuantile },
  uniform: {
    shapes: [],
    support: unitInterval,
    tails: (x) => ({ lower: Math.min(1, Math.max(0, x)), upper: Math.min(1, Math.max(0, 1 - x)) }),
    quantile: (lower, upper) => (lower < upper ? lower : 1 - upper),
  },
  expon: hazardLaw(
    [],
    (x) => x,
    (h) => h,
  ),
  weibull_min: hazardLaw(
    ["c"],
    (x, c) => x ** c!,
    (h, c) => h ** (1 / c!),
  ),
  rayleigh: hazardLaw(
    [],
    (x) => (x * x) / 2,
    (h) => Math.sqrt(2 * h),
  ),
  lomax: hazardLaw(
    ["c"],
    (x, c) => c! * Math.log1p(x),
    (h, c) => Math.expm1(h / c!),
  ),
  pareto: {
    shapes: ["b"],
    valid: positive,
    support: () => [1, Number.POSITIVE_INFINITY],
    tails: (x, b) => (x <= 1 ? { lower: 0, upper: 1 } : fromHazard(b! * Math.log(x))),
    quantile: (lower, upper, b) => Math.exp(minusLog(upper, lower) / b!),
  },
  gumbel_r: gumbel,
  gumbel_l: {
    shapes: [],
    tails: (x) => swap(gumbel.tails(-x)),
    quantile: (lower, upper) => Math.log(minusLog(upper, lower)),
  },
  lognorm: {
    shapes: ["s"],
    valid: positive,
    support: halfLine,
    tails: (x, s) => (x <= 0 ? { lower: 0, upper: 1 } : normalTails(Math.log(x) / s!)),
    quantile: (lower, upper, s) => Math.exp(s! * normalQuantile(lower, upper)),
  },
  halfnorm: {
    shapes: [],
    support: halfLine,
    tails: (x) => incompleteGamma(0.5, x <= 0 ? 0 : (x * x) / 2),
  },
  logistic: {
    shapes: [],
    tails: (x) => ({ lower: 1 / (1 + Math.exp(-x)), upper: 1 / (1 + Math.exp(x)) }),
    quantile: (lower, upper) => Math.log(lower / upper),
  },
  laplace: {
    shapes: [],
    tails: (x) => {
      const tail = Math.exp(-Math.abs(x)) / 2;
      return x < 0 ? { lower: tail, upper: 1 - tail } : { lower: 1 - tail, upper: tail };
    },
    quantile: (lower, upper) => (lower < upper ? Math.log(2 * lower) : -Math.log(2 * upper)),
  },
  cauchy: {
    shapes: [],
    tails: (x) => ({ lower: Math.atan2(1, -x) / Math.PI, upper: Math.atan2(1, x) / Math.PI }),
    quantile: (lower, upper) =>
      lower < upper ? -1 / Math.tan(Math.PI * lower) : 1 / Math.tan(Math.PI * upper),
  },
  triang: {
    shapes: ["c"],
    valid: (c) => c! >= 0 && c! <= 1,
    support: unitInterval,
    tails: (x, c) => {
      if (x <= 0) return { lower: 0, upper: 1 };
      if (x >= 1) return { lower: 1, upper: 0 };
      const lower = x < c! ? (x * x) / c! : 1 - (1 - x) ** 2 / (1 - c!);
      return { lower, upper: x < c! ? 1 - lower : (1 - x) ** 2 / (1 - c!) };
    },
  },
  powerlaw: {
    shapes: ["a"],
    valid: positive,
    support: unitInterval,
    tails: (x, a) => {
      if (x <= 0) return { lower: 0, upper: 1 };
      return x >= 1 ? { lower: 1, upper: 0 } : swap(fromHazard(-a! * Math.log(x)));
    },
    quantile: (lower, upper, a) => Math.exp(-minusLog(lower, upper) / a!),
  },
  gamma: {
    shapes: ["a"],
    valid: positive,
    support: halfLine,
    tails: (x, a) => incompleteGamma(a!, x),
  },
  invgamma: {
    shapes: ["a"],
    valid: positive,
    support: halfLine,
    tails: (x, a) => (x <= 0 ? { lower: 0, upper: 1 } : swap(incompleteGamma(a!, 1 / x))),
  },
  chi2: {
    shapes: ["df"],
    valid: positive,
    support: halfLine,
    tails: (x, df) => incompleteGamma(df! / 2, x / 2),
  },
  ncx2: {
    shapes: ["df", "nc"],
    valid: (df, nc) => df! > 0 && nc! >= 0,
    support: halfLine,
    tails: (x, df, nc) => (x <= 0 ? { lower: 0, upper: 1 } : noncentralChiSquare(x, df!, nc!)),
  },
  beta: {
    shapes: ["a", "b"],
    valid: positive,
    support: unitInterval,
    tails: (x, a, b) => incompleteBeta(a!, b!, x),
  },
  t: { shapes: ["df"], valid: positive, tails: (x, df) => studentTails(x, df!) },
  f: {
    shapes: ["dfn", "dfd"],
    valid: positive,
    support: halfLine,
    tails: (x, dfn, dfd) => {
      if (x <= 0) return { lower: 0, upper: 1 };
      if (x === Number.POSITIVE_INFINITY) return { lower: 1, upper: 0 };
      const total = dfd! + dfn! * x;
      return incompleteBeta(dfn! / 2, dfd! / 2, (dfn! * x) / total, dfd! / total);
    },
  },
} satisfies Record<string, Law>;
