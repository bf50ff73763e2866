import { describe, expect, it } from "vitest";
import { decodeLz4Frame } from "../../../src/io/ipc/lz4Frame.js";
import { xxHash32 } from "../../../src/io/ipc/xxHash32.js";

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
const rows = Array.from({ length: 60 }, (_, i) => `row ${i % 7} has value ${i % 13}\n`).join("");
const text = new TextEncoder().encode(rows);

/** What the lz4 command made of `rows`. */
const summed = bytesOf(
  "BCJNGGRApx0BAADwA3JvdyAwIGhhcyB2YWx1ZSAwChIAFzESABExEgAXMhIAETISABczEgARMxIAFzQSABE0EgAXNRIAETUSABc2EgAsNgp+AB03fgAdOH4AHTl+AC0xMH8ALTExgAAtMTKBAB0wgQAdMYEAHTKBAB0zgQAdNIAAHTV/AB02fgAdN34AHTh+AB05fgAuMTAAAR4xAAEdMoEAHTCBAB0xgQAdMoEAHTOBAB00gAAdNX8AHTZ+AB03fgAdOH4AHjl8Ah4wAAEeMQABHTKBAB4w/wENgQAdMoEAHTOBAB00gAAdNX8AHTZ+AB03fgAdOH4AHjl8Ag98AwAOfQMeMX4DD/8CAA2BAA79Ah0zgQAdNIAAHTV/ABo2fgBQdWUgNwoAAAAAXAqYCw==",
);
const sized = bytesOf(
  "BCJNGHxARAQAAAAAAAAHHQEAAPADcm93IDAgaGFzIHZhbHVlIDAKEgAXMRIAETESABcyEgARMhIAFzMSABEzEgAXNBIAETQSABc1EgARNRIAFzYSACw2Cn4AHTd+AB04fgAdOX4ALTEwfwAtMTGAAC0xMoEAHTCBAB0xgQAdMoEAHTOBAB00gAAdNX8AHTZ+AB03fgAdOH4AHTl+AC4xMAABHjEAAR0ygQAdMIEAHTGBAB0ygQAdM4EAHTSAAB01fwAdNn4AHTd+AB04fgAeOXwCHjAAAR4xAAEdMoEAHjD/AQ2BAB0ygQAdM4EAHTSAAB01fwAdNn4AHTd+AB04fgAeOXwCD3wDAA59Ax4xfgMP/wIADYEADv0CHTOBAB00gAAdNX8AGjZ+AFB1ZSA3Cti9Ix4AAAAAXAqYCw==",
);
const bare = bytesOf(
  "BCJNGGBAgo0BAADwA3JvdyAwIGhhcyB2YWx1ZSAwChIAFzESABExEgAXMhIAETISABczEgARMxIAFzQSABE0EgAXNRIAETUSABc2EgARNhIACH4AETcSAAh+ABE4EgAIfgARORIACH4AEjG1AAh/ABIxtgAIgAASMbcACIEAAjgACIEAAjcACIEAAjYACIEAAu0ACIEAAu0ACIAAAu0ACH8AAu0ACH4AAu0ACH4AAu0ACH4AAu0ACH4AA+0ACH8AA+0ACIAAA+0ACIEAAu0ACIEAAu0ACIEAAu0ACIEAAu0ACIEAAu0ACIAAAu0ACH8AAu0ACH4AAu0ACH4AAu0ACH4AAu0ACH4AA+0ACH8AA+0ACIAAA+0ACIEAAu0ACIEAAu0ACIEAAu0ACIEAAu0ACIEAAu0ACIAAAu0ACH8AAu0ACH4AAu0ACH4AAu0ACH4AAu0ACH4AA+0ACH8AA+0ACIAAA+0ACIEAAu0ACIEAAu0ACIEAAu0ACIEAAu0ACIEAAu0ACIAAAu0ACH8AAu0ABX4AUHVlIDcKAAAAAA==",
);
/** What it made of bytes that don't compress. */
const stored = bytesOf("BCJNGGRApygAAICH07RVatiFUoQKF0NDY05tuAS+RamI2tzuyCKDqVopS5IPp2Cz//5AAAAAALaSRCU=");
const random = bytesOf("h9O0VWrYhVKEChdDQ2NObbgEvkWpiNrc7sgig6laKUuSD6dgs//+QA==");

function outcome(frame: Uint8Array, size: number): Uint8Array | Error {
  try {
    return decodeLz4Frame(frame, size);
  } catch (error) {
    return error as Error;
  }
}

describe("decodeLz4Frame", () => {
  it("decodes frames with and without checksums and sizes, compressed and stored", () => {
    for (const frame of [summed, sized, bare]) expect(decodeLz4Frame(frame, text.length)).toEqual(text);
    expect(decodeLz4Frame(stored, random.length)).toEqual(random);
  });

  it("refuses a frame of another size, or cut short at any byte", () => {
    for (const frame of [summed, sized, bare]) {
      for (const size of [
        0,
        1,
        text.length - 1,
        text.length + 1,
        frame.length * 255,
        frame.length * 255 + 1,
      ]) {
        expect(outcome(frame, size)).toBeInstanceOf(RangeError);
      }
      for (let end = 0; end < frame.length; end++) {
        expect(outcome(frame.subarray(0, end), text.length)).toBeInstanceOf(RangeError);
      }
      expect(outcome(Uint8Array.of(...frame, 0), text.length)).toBeInstanceOf(RangeError);
    }
  });

  it("finds every damaged byte of a frame with a checksum, and never writes past its end without", () => {
    for (const frame of [summed, sized, bare]) {
      for (let at = 0; at < frame.length; at++) {
        for (const flip of [1, 0x80, 0xff]) {
          const damaged = frame.slice();
          damaged[at]! ^= flip;
          const result = outcome(damaged, text.length);
          if (result instanceof Error) expect(result).toBeInstanceOf(RangeError);
          else if (frame === bare) expect(result).toHaveLength(text.length);
          else expect(result).toEqual(text);
        }
      }
    }
  });
});

describe("xxHash32", () => {
  // From the reference implementation, seed 0.
  it.each([
    ["", 0x02cc5d05],
    ["a", 0x550d7456],
    ["abc", 0x32d153ff],
    ["Nobody inspects the spammish repetition", 0xe2293b2f],
  ])("hashes %j", (input, expected) => {
    expect(xxHash32(new TextEncoder().encode(input))).toBe(expected);
  });
});
