import type { Data, Union } from "apache-arrow";
import { gatherFixed } from "./gatherBuffers.js";
import { RunList, type Runs, rowsIn } from "./runs.js";

/** The rows of a dense union: type ids, new offsets, and for each child the runs that they point into. */
export interface GatheredUnion {
  readonly typeIds: Uint8Array;
  readonly offsets: Int32Array;
  readonly children: readonly Float64Array[];
}

/** Takes `runs` out of a dense union, each value by its own offset: they need not follow one another. */
export function gatherDenseUnion(data: Data<Union>, runs: Runs): GatheredUnion {
  const typeIds = gatherFixed(data.typeIds, 1, runs);
  const source = data.valueOffsets as Int32Array;
  const offsets = new Int32Array(rowsIn(runs));
  const taken = data.children.map(() => ({ list: new RunList(), count: 0 }));
  let row = 0;
  for (let r = 0; r < runs.length; r += 2) {
    for (let i = runs[r]!; i < runs[r + 1]!; i++, row++) {
      const child = taken[data.type.typeIdToChildIndex[data.typeIds[i]!]!];
      // Padding under a null parent has no type id that means something, and points nowhere.
      if (child === undefined) continue;
      child.list.add(source[i]!, source[i]! + 1);
      offsets[row] = child.count++;
    }
  }
  return { typeIds, offsets, children: taken.map(({ list }) => list.runs) };
}
