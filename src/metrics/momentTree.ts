/** Moments of the rows of 2^level blocks that start at block `index` x 2^level. `squares` is the sum of squared deviations. */
export interface MomentNode {
  readonly level: number;
  readonly index: number;
  readonly count: number;
  readonly sum: number;
  readonly mean: number;
  readonly squares: number;
}

/** Neumaier's compensated sum. */
export function compensatedSum(values: Float64Array): number {
  let sum = 0;
  let lost = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  const total = sum + lost;
  return Number.isFinite(total) ? total : sum;
}

/** The sum of the values' distances from a point. */
function driftFrom(point: number, values: Float64Array): number {
  let drift = 0;
  for (let i = 0; i < values.length; i++) drift += values[i]! - point;
  return drift;
}

/**
 * The moments of one block's values (Chan, Golub and LeVeque 1983: the corrected two-pass algorithm). The mean is corrected
 * first, so that equal values lie exactly on it and deviate by nothing.
 */
export function leafOf(block: number, values: Float64Array): MomentNode {
  const count = values.length;
  const sum = compensatedSum(values);
  // A sum may leave a double's range where the mean, which lies between the values, does not.
  const near = Number.isFinite(sum) ? sum / count : compensatedSum(values.map((value) => value / count));
  const shift = driftFrom(near, values) / count;
  const mean = Number.isFinite(shift) ? near + shift : near;
  let squares = 0;
  let drift = 0;
  for (let i = 0; i < count; i++) {
    const deviation = values[i]! - mean;
    squares += deviation * deviation;
    drift += deviation;
  }
  const corrected = squares - (drift * drift) / count;
  return { level: 0, index: block, count, sum, mean, squares: Math.max(0, corrected) };
}

interface Totals {
  readonly count: number;
  readonly sum: number;
  readonly mean: number;
  readonly squares: number;
}

/** Two sets of rows together (Chan et al. 1979, pairwise update). */
function together(a: Totals, b: Totals): Totals {
  if (a.count === 0) return b;
  if (b.count === 0) return a;
  const count = a.count + b.count;
  const apart = b.mean - a.mean;
  return {
    count,
    sum: a.sum + b.sum,
    mean: a.mean + apart * (b.count / count),
    squares: a.squares + b.squares + apart * apart * ((a.count * b.count) / count),
  };
}

function parent(a: MomentNode, b: MomentNode): MomentNode {
  return { level: a.level + 1, index: a.index >> 1, ...together(a, b) };
}

/** Adds a block behind the nodes of earlier blocks, joining siblings as they complete; returns the list it was given. */
export function addLeaf(nodes: MomentNode[], leaf: MomentNode): MomentNode[] {
  nodes.push(leaf);
  for (;;) {
    const [a, b] = nodes.slice(-2) as [MomentNode, MomentNode?];
    if (!b || a.level !== b.level || (a.index & 1) !== 0 || b.index !== a.index + 1) return nodes;
    nodes.splice(-2, 2, parent(a, b));
  }
}

const start = (node: MomentNode) => node.index * 2 ** node.level;

/** The nodes of two states; halves of one block are joined, which alone may differ in the last bits. */
export function mergeNodes(a: readonly MomentNode[], b: readonly MomentNode[]): MomentNode[] {
  const sorted = [...a, ...b].sort((x, y) => start(x) - start(y) || y.level - x.level || x.mean - y.mean);
  const merged: MomentNode[] = [];
  for (const node of sorted) {
    const last = merged.at(-1);
    if (last && start(last) + 2 ** last.level > start(node)) {
      merged.splice(-1, 1, { level: last.level, index: last.index, ...together(last, node) });
    } else {
      addLeaf(merged, node);
    }
  }
  return merged;
}

/** All nodes together, from the left. */
export function combineNodes(nodes: readonly MomentNode[]): Totals {
  return nodes.reduce<Totals>(together, { count: 0, sum: 0, mean: Number.NaN, squares: 0 });
}
