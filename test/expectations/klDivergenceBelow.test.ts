import { describe, expect, it } from "vitest";
import { klDivergenceBelow } from "../../src/expectations/index.js";
import { verdict } from "./frequencies.js";

const coin = { values: ["heads", "tails"], weights: [0.5, 0.5] };

describe("klDivergenceBelow, by value", () => {
  it("is the divergence of what is observed from what is expected, in nats", async () => {
    const cells = ["heads", "heads", "heads", "tails", null];
    const divergence = 0.75 * Math.log(1.5) + 0.25 * Math.log(0.5);
    const { status, observed } = await verdict("utf8", cells, klDivergenceBelow("x", coin, 0.13));
    expect(status).toBe("fail");
    expect(observed).toBeCloseTo(divergence, 14);
    expect((await verdict("utf8", cells, klDivergenceBelow("x", coin, 0.131))).status).toBe("pass");
  });

  it("is infinite of a value that isn't expected, unless a holdout leaves it a share", async () => {
    const cells = ["heads", "tails", "edge"];
    expect(await verdict("utf8", cells, klDivergenceBelow("x", coin, 9))).toMatchObject({
      status: "fail",
      observed: null,
      details: { reason: "infinite" },
    });
    const held = klDivergenceBelow("x", coin, 9, { tailHoldout: 0.2 });
    const expected = (2 / 3) * Math.log(1 / 3 / 0.4) + (1 / 3) * Math.log(1 / 3 / 0.2);
    expect((await verdict("utf8", cells, held)).observed).toBeCloseTo(expected, 14);
  });
});

describe("klDivergenceBelow, by interval", () => {
  const thirds = { bins: [0, 1, 2, 3], weights: [0.25, 0.25, 0.5] };

  it("closes the last interval on both sides, the others on the left", async () => {
    const exact = klDivergenceBelow("x", thirds, 0);
    expect((await verdict("float64", [0, 1, 2, 3], exact)).status).toBe("pass");
    expect((await verdict("float64", [0.5, 1, 2, 2.5], exact)).status).toBe("pass");
    expect((await verdict("float64", [0, 1, 2, 3.1], exact)).observed).toBeNull();
  });

  it("gives tails their weight, or a share of the holdout", async () => {
    const tails = { bins: [0, 1], weights: [0.5], tailWeights: [0.25, 0.25] as const };
    expect((await verdict("float64", [-1, 0, 1, 2], klDivergenceBelow("x", tails, 0))).status).toBe("pass");
    const open = { bins: ["-Infinity", 0, 1, "Infinity"] as const, weights: [0.25, 0.5, 0.25] };
    expect((await verdict("float64", [-1, 0, 1, 2], klDivergenceBelow("x", open, 0))).status).toBe("pass");
    const held = klDivergenceBelow("x", { bins: [0, 1], weights: [1] }, 1e-12, { tailHoldout: 0.5 });
    expect((await verdict("float64", [-1, 0, 1, 2], held)).status).toBe("pass");
  });

  it("reads decimals in their own unit, and fails NaN", async () => {
    const exact = klDivergenceBelow("x", thirds, 0);
    expect((await verdict("decimal128(10, 2)", ["0.99", "1.00", "2.50", "3.00"], exact)).status).toBe("pass");
    expect(await verdict("float64", [0, 1, 2, 3, Number.NaN], exact)).toMatchObject({
      status: "fail",
      observed: null,
    });
    const without = klDivergenceBelow("x", thirds, 0, { nan: "null" });
    expect((await verdict("float64", [0, 1, 2, 3, Number.NaN], without)).status).toBe("pass");
  });
});

it("is an error where bins are held against what is no number", async () => {
  const expectation = klDivergenceBelow("x", { bins: [0, 1], weights: [1] }, 1);
  expect((await verdict("utf8", ["a"], expectation)).status).toBe("error");
});

it("refuses shares that are none, and holdouts that have no place", () => {
  const refuses = (expected: object, why: RegExp, options = {}) =>
    expect(() => klDivergenceBelow("x", expected as never, 1, options)).toThrow(why);
  refuses({ values: ["a"], weights: [0.5] }, /add up to 0.5/);
  refuses({ values: ["a", "a"], weights: [0.5, 0.5] }, /names a value twice/);
  refuses({ bins: [1, 0], weights: [1] }, /ascending/);
  refuses({ bins: ["-Infinity", "Infinity"], weights: [1] }, /don't reach infinity/, { tailHoldout: 0.1 });
  refuses(coin, /internalHoldout is for bins/, { internalHoldout: 0.1 });
  refuses({ bins: [0, 1], weights: [1] }, /more than 1/, { tailHoldout: 0.6, internalHoldout: 0.6 });
});
