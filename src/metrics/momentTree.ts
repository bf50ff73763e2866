import type { Moments } from "../kernels/moments.js";

/** Moments of the rows of 2^level blocks that start at block `index` x 2^level. */
export interface MomentNode extends Moments {
  readonly level: number;
  readonly index: number;
}

/** The moments of one block's values. */
export function leafOf(block: number, moments: Moments): MomentNode {
  return { level: 0, index: block, ...moments };
}

/** Two sets of rows together (Chan et al. 1979, pairwise update). */
function together(a: Moments, b: Moments): Moments {
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
export function combineNodes(nodes: readonly MomentNode[]): Moments {
  return nodes.reduce<Moments>(together, { count: 0, sum: 0, mean: Number.NaN, squares: 0 });
}
