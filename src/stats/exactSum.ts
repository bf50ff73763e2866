/**
 * The correctly rounded sum of finite doubles; overflows to an infinity only where the sum itself does not fit.
 *
 * Source: Shewchuk (1997), "Adaptive precision floating-point arithmetic", section 4: a list of non-overlapping
 * partial sums, rounded half to even at the end.
 */
export function exactSum(values: ArrayLike<number>): number {
  const partials: number[] = [];
  for (let i = 0; i < values.length; i++) {
    let x = values[i]!;
    let used = 0;
    for (let k = 0; k < partials.length; k++) {
      let y = partials[k]!;
      if (Math.abs(x) < Math.abs(y)) [x, y] = [y, x];
      const high = x + y;
      const low = y - (high - x);
      if (low !== 0) partials[used++] = low;
      x = high;
    }
    partials.length = used;
    partials.push(x);
  }
  return roundPartials(partials) + 0;
}

function roundPartials(partials: readonly number[]): number {
  let k = partials.length - 1;
  let sum = partials[k] ?? 0;
  let low = 0;
  while (k > 0) {
    const x = sum;
    const y = partials[--k]!;
    sum = x + y;
    low = y - (sum - x);
    if (low !== 0) break;
  }
  // A tie that the parts below would break: the last bit goes to the side they are on.
  const beneath = k > 0 ? partials[k - 1]! : 0;
  if ((low < 0 && beneath < 0) || (low > 0 && beneath > 0)) {
    const doubled = 2 * low;
    if (sum + doubled - sum === doubled) return sum + doubled;
  }
  return sum;
}

/** The sum of finite doubles with the first order of the rounding errors put back: Neumaier (1974). */
export function compensatedSum(values: ArrayLike<number>): number {
  let sum = 0;
  let lost = 0;
  for (let i = 0; i < values.length; i++) {
    const x = values[i]!;
    const next = sum + x;
    lost += Math.abs(sum) >= Math.abs(x) ? sum - next + x : x - next + sum;
    sum = next;
  }
  return sum + lost;
}
