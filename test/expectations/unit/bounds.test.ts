import { Decimal, Float32, Int64, Timestamp, TimeUnit, Utf8 } from "apache-arrow";
import { describe, expect, it } from "vitest";
import {
  boundsText,
  numberBoundsProblem,
  numberWithin,
  storedWithin,
} from "../../../src/expectations/unit/bounds.js";

const utf8 = (text: string) => new TextEncoder().encode(text);

describe("numberBoundsProblem", () => {
  it("compares bounds exactly, however they are written", () => {
    expect(numberBoundsProblem({ min: "9007199254740993", max: "9007199254740992" })).toMatch(/above/);
    expect(numberBoundsProblem({ min: "9007199254740992", max: "9007199254740993" })).toBeUndefined();
    expect(numberBoundsProblem({ min: "1e3", max: 999.5 })).toMatch(/above/);
    expect(numberBoundsProblem({ min: "0.10", max: 0.1 })).toBeUndefined();
  });

  it("takes infinities at either end", () => {
    expect(numberBoundsProblem({ min: "-Infinity", max: "Infinity" })).toBeUndefined();
    expect(numberBoundsProblem({ min: "Infinity", max: 1 })).toMatch(/above/);
    expect(numberBoundsProblem({ min: 1, max: "-Infinity" })).toMatch(/above/);
    expect(numberBoundsProblem({ min: "Infinity", max: "Infinity" })).toBeUndefined();
  });
});

describe("numberWithin", () => {
  it("has NaN within no bounds, open ones neither", () => {
    expect(numberWithin(Number.NaN, { min: "-Infinity" })).toBe(false);
    expect(numberWithin(Number.NaN, {})).toBe(false);
    expect(numberWithin(0, { minExclusive: -0 })).toBe(false);
  });
});

describe("storedWithin", () => {
  it("compares in the column's own type and unit", () => {
    expect(storedWithin(new Int64(), 2n ** 53n, { max: "9007199254740991.5" })).toBe(false);
    expect(
      storedWithin(new Int64(), 2n ** 53n, {
        minExclusive: "9007199254740991.5",
        max: Number.POSITIVE_INFINITY,
      }),
    ).toBe(true);
    expect(storedWithin(new Decimal(2, 10), 110n, { min: 1.1, max: "1.100" })).toBe(true);
    expect(storedWithin(new Float32(), Math.fround(0.1), { min: 0.1, max: 0.1 })).toBe(true);
    expect(
      storedWithin(new Timestamp(TimeUnit.SECOND, null), 1n, { maxExclusive: "1970-01-01T00:00:01" }),
    ).toBe(false);
    expect(storedWithin(new Utf8(), utf8("ab"), { min: "ab", maxExclusive: "abc" })).toBe(true);
    expect(storedWithin(new Utf8(), utf8("é"), { max: "z" })).toBe(false);
  });

  it("throws a ConfigError for a bound of another kind", () => {
    expect(() => storedWithin(new Int64(), 1n, { min: "low" })).toThrow(
      expect.objectContaining({ code: "config/bad-value" }),
    );
  });
});

describe("boundsText", () => {
  it("says bounds as a person would", () => {
    expect(boundsText({ min: 1, max: 2 })).toBe("between 1 and 2");
    expect(boundsText({ min: 1, max: 1 })).toBe("exactly 1");
    expect(boundsText({ minExclusive: 1, max: 2 })).toBe("above 1 and at most 2");
    expect(boundsText({ maxExclusive: 2 })).toBe("below 2");
  });
});
