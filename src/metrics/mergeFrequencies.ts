import { before, type Stored } from "../columns/stored.js";

/** A distinct value in its column's storage unit, and how many rows hold it. */
export interface Frequency {
  readonly value: Stored;
  readonly count: number;
}

interface Cursor {
  readonly rest: Iterator<Frequency>;
  head: Frequency;
}

const comesFirst = (a: Cursor, b: Cursor): boolean => before(a.head.value, b.head.value);

/** Lets the cursor at `at` sink until none below it in the heap comes first. */
function sink(heap: Cursor[], at: number): void {
  const cursor = heap[at]!;
  for (;;) {
    let below = at * 2 + 1;
    if (below >= heap.length) break;
    if (below + 1 < heap.length && comesFirst(heap[below + 1]!, heap[below]!)) below++;
    if (!comesFirst(heap[below]!, cursor)) break;
    heap[at] = heap[below]!;
    at = below;
  }
  heap[at] = cursor;
}

/** Counts of distinct values as one, out of several in ascending order each; the whole is in ascending order too. */
export function* mergeFrequencies(runs: readonly Iterable<Frequency>[]): Generator<Frequency> {
  const heap: Cursor[] = [];
  for (const run of runs) {
    const rest = run[Symbol.iterator]();
    const { done, value: head } = rest.next();
    if (!done) heap.push({ rest, head });
  }
  for (let at = heap.length >> 1; at >= 0 && heap.length > 0; at--) sink(heap, at);
  let open: { value: Stored; count: number } | undefined;
  while (heap.length > 0) {
    const first = heap[0]!;
    const { value, count } = first.head;
    if (open && !before(open.value, value)) open.count += count;
    else {
      if (open) yield open;
      open = { value, count };
    }
    const next = first.rest.next();
    if (!next.done) first.head = next.value;
    else {
      const last = heap.pop()!;
      if (last !== first) heap[0] = last;
    }
    if (heap.length > 0) sink(heap, 0);
  }
  if (open) yield open;
}
