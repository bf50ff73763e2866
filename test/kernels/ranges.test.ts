import fc from "fast-check";
import { expect, it } from "vitest";
import { kernelsFor } from "../../src/kernels/kernels.js";
import {
  doublesWithinByKernel,
  doublesWithinByLoop,
  longsWithinByKernel,
  longsWithinByLoop,
} from "../../src/kernels/ranges.js";
import { tallyByKernel, tallyByLoop } from "../../src/kernels/tally.js";
import { counts, doublesOf, generator } from "./draws.js";

const kernels = kernelsFor(8192)!;
const bounds = fc.oneof(fc.double(), fc.constantFrom(-1, 0, 1, 1000));

it("doubles and 32-bit integers within a range are those of the loop", () => {
  fc.assert(
    fc.property(
      counts,
      fc.nat(),
      fc.constantFrom(0, 0.1, 1),
      bounds,
      bounds,
      fc.constantFrom(0, 2),
      (count, seed, odd, low, high, ofNan) => {
        const next = generator(seed);
        const doubles = doublesOf(count, odd, next);
        const ints = Int32Array.from({ length: count }, () => next() * 2 ** 32);
        for (const values of [doubles, ints, Float32Array.from(doubles)]) {
          const [ours, theirs] = [new Uint8Array(count), new Uint8Array(count)];
          doublesWithinByKernel(kernels, values, count, low, high, ofNan, ours);
          doublesWithinByLoop(values, count, low, high, ofNan, theirs);
          expect(ours).toStrictEqual(theirs);
        }
      },
    ),
  );
});

it("64-bit integers within a range are those of BigInt, with a sign and without", () => {
  const ends = fc.tuple(
    fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
    fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  );
  fc.assert(
    fc.property(
      counts,
      fc.nat(),
      ends,
      fc.boolean(),
      fc.constantFrom(3, 33, 64),
      (count, seed, drawn, signed, width) => {
        const next = generator(seed);
        const words = Int32Array.from({ length: count * 2 }, () => next() * 2 ** 32);
        const longs = new BigInt64Array(words.buffer);
        for (let i = 0; i < count; i++) longs[i] = BigInt.asIntN(width, longs[i]!);
        const values = signed ? longs : new BigUint64Array(words.buffer);
        const [a, b] = drawn.map((end) => (signed ? BigInt.asIntN(width, end) : end));
        const range = { low: a!, high: b! };
        const [ours, theirs] = [new Uint8Array(count), new Uint8Array(count)];
        longsWithinByKernel(kernels, values, count, range, ours);
        longsWithinByLoop(values, count, range, theirs);
        expect(ours).toStrictEqual(theirs);
        expect(ours).toStrictEqual(Uint8Array.from(values, (value) => (value >= a! && value <= b! ? 1 : 0)));
      },
    ),
  );
});

it("a tally of truths is that of the loop", () => {
  fc.assert(
    fc.property(counts, fc.nat(), fc.boolean(), fc.boolean(), (count, seed, nullsFail, some) => {
      const next = generator(seed);
      const truths = Uint8Array.from({ length: count }, () => next() * 3);
      const asked = some ? Uint8Array.from({ length: count }, () => next() * 2) : undefined;
      const [ours, theirs] = [new Uint8Array(count), new Uint8Array(count)];
      const counted = tallyByKernel(kernels, truths, asked, count, nullsFail, ours);
      expect(counted).toStrictEqual(tallyByLoop(truths, asked, count, nullsFail, theirs));
      expect(ours).toStrictEqual(theirs);
    }),
  );
});
