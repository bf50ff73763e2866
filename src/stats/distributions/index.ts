import { continuousLaws } from "./continuous.js";
import { discreteLaws } from "./discrete.js";
import { kolmogorovLimit, smirnovTails } from "./kolmogorov.js";
import { kolmogorovTails } from "./kolmogorovFinite.js";
import { type Distribution, distribution, type Law } from "./law.js";

export type { Distribution } from "./law.js";

const size = (n: number | undefined): boolean => Number.isInteger(n) && n! > 0;

const laws = {
  ...continuousLaws,
  ...discreteLaws,
  ksone: { shapes: ["n"], valid: size, support: () => [0, 1], tails: (d, n) => smirnovTails(d, n!) },
  kstwo: { shapes: ["n"], valid: size, support: () => [0, 1], tails: (d, n) => kolmogorovTails(d, n!) },
  kstwobign: { shapes: [], support: () => [0, Number.POSITIVE_INFINITY], tails: kolmogorovLimit },
} satisfies Record<string, Law>;

/** The name of a law that `distributions` holds. */
export type DistributionName = keyof typeof laws;

/** The probability laws, named and parametrised as in scipy.stats: `distributions.norm.sf(1.96)`. */
export const distributions: Readonly<Record<DistributionName, Distribution>> = Object.freeze(
  Object.fromEntries(Object.entries<Law>(laws).map(([name, law]) => [name, distribution(name, law)])),
) as Readonly<Record<DistributionName, Distribution>>;
