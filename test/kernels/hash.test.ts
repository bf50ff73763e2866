import fc from "fast-check";
import { expect, it } from "vitest";
import { hashByKernel, hashByLoop } from "../../src/kernels/hash.js";
import { kernelsFor } from "../../src/kernels/kernels.js";
import { TEXT_BYTES } from "../../src/kernels/layout.js";
import { counts, generator, textsOf } from "./draws.js";

const kernels = kernelsFor(8192)!;

function bothWays(texts: { bytes: Uint8Array; offsets: Int32Array }, from: number, count: number) {
  const [ours, theirs] = [new Int32Array(2 * count), new Int32Array(2 * count)];
  hashByKernel(kernels, texts, from, count, ours);
  hashByLoop(texts, from, count, theirs, 0);
  return [ours, theirs] as const;
}

it("hashes of texts are those of the loop", () => {
  fc.assert(
    fc.property(counts, fc.nat(3), fc.nat(), (count, from, seed) => {
      const [ours, theirs] = bothWays(textsOf(count, generator(seed)), from, count);
      expect(ours).toStrictEqual(theirs);
    }),
  );
});

it("texts that are too long to be staged have hashes too", () => {
  const lengths = [10, TEXT_BYTES + 1, 3, TEXT_BYTES - 1, TEXT_BYTES, 0];
  const offsets = new Int32Array(lengths.length + 1);
  for (const [i, length] of lengths.entries()) offsets[i + 1] = offsets[i]! + length;
  const bytes = new Uint8Array(offsets.at(-1)!).map((_, i) => i * 7 + (i >> 8));
  const [ours, theirs] = bothWays({ bytes, offsets }, 0, lengths.length);
  expect(ours).toStrictEqual(theirs);
});

it("hashes follow the definition in 64-bit arithmetic, and tell texts apart", () => {
  const MIX = 0x9e3779b97f4a7c15n;
  const FINISH = 0xbf58476d1ce4e5b9n;
  const cut = (value: bigint) => BigInt.asUintN(64, value);
  const texts = textsOf(500, generator(7));
  const out = new Int32Array(1000);
  hashByLoop(texts, 0, 500, out, 0);
  const hashes = new Map<string, bigint>();
  for (let i = 0; i < 500; i++) {
    const text = texts.bytes.subarray(texts.offsets[i]!, texts.offsets[i + 1]!);
    let hash = cut(BigInt(text.length) * FINISH);
    for (let at = 0; at < text.length; at += 8) {
      const word = [...text.subarray(at, at + 8)].reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
      hash = cut((hash ^ word) * MIX);
      hash ^= hash >> 32n;
    }
    hash = cut(hash * FINISH);
    hash ^= hash >> 29n;
    expect(new BigUint64Array(out.buffer)[i]).toBe(hash);
    hashes.set(String(text), hash);
  }
  expect(new Set(hashes.values()).size).toBe(hashes.size);
});
