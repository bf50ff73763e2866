import type { IpcBytes } from "./ipcBytes.js";
import type { BufferPlan, ColumnPlan } from "./layout.js";

// Reading a small gap is cheaper than asking twice.
const GAP = 16_384;

interface Span {
  readonly start: number;
  end: number;
}

/** Every buffer of the plans, those of children included. */
function buffersOf(plans: readonly ColumnPlan[]): BufferPlan[] {
  return plans.flatMap((plan) => [...plan.buffers, ...buffersOf(plan.children)]);
}

function spansOf(buffers: readonly BufferPlan[]): Span[] {
  const spans: Span[] = [];
  for (const { offset, length } of [...buffers].sort((a, b) => a.offset - b.offset)) {
    if (length === 0) continue;
    const last = spans.at(-1);
    if (last && offset - last.end <= GAP) last.end = Math.max(last.end, offset + length);
    // A span starts on a boundary, so that its buffers do.
    else spans.push({ start: offset - (offset % 8), end: offset + length });
  }
  return spans;
}

/** Reads what the planned columns need of a body, in few reads, and gives each buffer its bytes. */
export async function readBuffers(
  bytes: IpcBytes,
  bodyStart: number,
  plans: readonly ColumnPlan[],
): Promise<(buffer: BufferPlan) => Uint8Array> {
  const spans: { start: number; end: number; bytes: Uint8Array }[] = [];
  for (const { start, end } of spansOf(buffersOf(plans))) {
    spans.push({ start, end, bytes: await bytes.read(bodyStart + start, bodyStart + end) });
  }
  return ({ offset, length }) => {
    const span = spans.find(({ start, end }) => start <= offset && offset + length <= end);
    return span ? span.bytes.subarray(offset - span.start, offset - span.start + length) : new Uint8Array(0);
  };
}
