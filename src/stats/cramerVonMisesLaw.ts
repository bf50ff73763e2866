import { besselKScaled } from "./special/besselK.js";
import { logGamma } from "./special/stirling.js";

const NODES = 200;

/**
 * The upper tail of the limit law of the Cramér-von Mises statistic, Σ Z²ⱼ / (jπ)²:
 * (2/π) Σ (−1)^(k−1) ∫ e^(−x s²/2) / √(−s sin s) ds over ((2k − 1)π, 2kπ), which keeps its relative accuracy however
 * far in the tail. Each integral is a midpoint sum after s is made the sine of an angle, which takes the two
 * singular ends away.
 *
 * Source: Smirnov (1936), "Sur la distribution de ω²".
 */
export function cramerVonMisesLimitTail(x: number): number {
  // The lower tail is about e^(−1/8x): nothing is left of it in a double here.
  if (x < 0.003) return 1;
  let total = 0;
  for (let k = 1; ; k++) {
    const start = (2 * k - 1) * Math.PI;
    const lead = Math.exp((-x * start * start) / 2);
    let sum = 0;
    for (let i = 0; i < NODES; i++) {
      const angle = ((i + 0.5) / NODES - 0.5) * Math.PI;
      const u = (Math.PI / 2) * (1 + Math.sin(angle));
      const decay = Math.exp(-x * u * (start + u / 2));
      sum += (Math.cos(angle) * decay) / Math.sqrt((start + u) * Math.cos((Math.PI / 2) * Math.sin(angle)));
    }
    const term = lead * sum * (Math.PI / NODES);
    total += k % 2 === 1 ? term : -term;
    if (term <= total * 1e-17) return Math.min(1, Math.max(0, total));
  }
}

/**
 * The upper tail for n values: the limit law with the first term of its expansion in 1/n,
 * V(x) (1 + 1/12n) + ψ(x)/n. Below 1e-10, where the expansion has cancelled away, it is the limit law's.
 *
 * Source: Csörgő and Faraway (1996), "The exact and asymptotic distributions of Cramér-von Mises statistics",
 * equations 1.8 and 1.10.
 */
export function cramerVonMisesTail(x: number, n: number): number {
  if (x <= 1 / (12 * n)) return 1;
  if (x >= n / 3) return 0;
  const limit = cramerVonMisesLimitTail(x);
  if (limit < 1e-10) return limit;
  const lower = (1 - limit) * (1 + 1 / (12 * n)) + secondTerm(x) / n;
  return Math.min(1, Math.max(0, 1 - lower));
}

/** ψ without its part V/12. */
function secondTerm(x: number): number {
  const root = 2 * Math.sqrt(x);
  let total = 0;
  for (let k = 0; ; k++) {
    const m = 2 * k + 1;
    const gamma = Math.exp(logGamma(k + 0.5) - logGamma(k + 1));
    const twos =
      m * (second((4 * k + 3) / root) / 9) +
      (7 * m * (second((4 * k + 1) / root) + second((4 * k + 5) / root))) / 144;
    const threes = third((4 * k + 1) / root) / 72 + ((m + 2) * (k + 0.5) * third((4 * k + 5) / root)) / 6;
    const term = (gamma / Math.PI) * (twos / x ** 0.75 + threes / x ** 1.25);
    total -= term;
    if (term < 1e-16) return total;
  }
}

/** The parabolic cylinder functions behind the expansion, through K of orders 1/4, 3/4 and 5/4. */
function second(y: number): number {
  const z = (y * y) / 4;
  return decay(y, 1.5) * (besselKScaled(1 / 4, z) + besselKScaled(3 / 4, z));
}

function third(y: number): number {
  const z = (y * y) / 4;
  const [a, b, c] = [besselKScaled(1 / 4, z), besselKScaled(3 / 4, z), besselKScaled(5 / 4, z)];
  return decay(y, 2.5) * (2 * a + 3 * b - c);
}

/** e^(−2z) (y/2)^power / √π: both the factor e^(−z) of the formula and the one taken out of the Bessel functions. */
function decay(y: number, power: number): number {
  return (Math.exp((-y * y) / 2) * (y / 2) ** power) / Math.sqrt(Math.PI);
}
