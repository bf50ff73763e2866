import { describe, expect, it } from "vitest";
import * as z from "zod";
import type { ColumnAddress } from "../../src/columns/address.js";
import type { Block } from "../../src/columns/block.js";
import { aggregateUnit } from "../../src/expectations/unit/aggregateUnit.js";
import { rowUnit } from "../../src/expectations/unit/rowUnit.js";
import { tableUnit } from "../../src/expectations/unit/tableUnit.js";
import type { AnyUnit } from "../../src/expectations/unit/unit.js";
import type { Json, MetricState } from "../../src/metrics/state.js";
import type { Law } from "../../src/testing/laws/law.js";
import { type StateSpec, stateLaws } from "../../src/testing/laws/stateLaws.js";
import { unitLaws } from "../../src/testing/laws/unitLaws.js";

const params = z.strictObject({ column: z.string() });
let made = 0;

/** A unit of one's own: every value is 0 or 1. */
function flags(): AnyUnit {
  return rowUnit({
    type: `law${made++}`,
    params,
    honours: ["nulls", "nan"],
    columns: ({ column }) => [column],
    claim: ({ column }) => `${column} is a flag`,
    rule: ({ column }, { nan }) => ({
      kind: "local",
      test: { op: "in", column, values: [0, 1], nan: nan === "null" ? "unknown" : "false" },
    }),
    about: {
      fits: ["number"],
      example: { params: { column: "x" }, table: { x: { type: "int32", values: [0, 1, null] } } },
      violation: { table: { x: { type: "int32", values: [0, 2, null, 7] } }, rows: [1, 3] },
    },
  });
}

/** A unit of one's own about a whole column: no value is above 9. */
function digits(): AnyUnit {
  return aggregateUnit({
    type: `law${made++}`,
    params,
    honours: [],
    columns: ({ column }) => [column],
    claim: ({ column }) => `${column} holds digits`,
    metrics: ({ column }, where) => [{ state: "extremes", column, ...where }],
    measure(findings, _, [request]) {
      const { max } = findings.metric({ ...request!, state: "extremes" });
      return max === undefined ? { empty: "no value" } : { observed: Number(max), holds: Number(max) <= 9 };
    },
    about: {
      fits: ["number"],
      example: { params: { column: "x" }, table: { x: { type: "int32", values: [0, 9, null] } } },
      violation: { table: { x: { type: "int32", values: [0, 91827364] } } },
    },
  });
}

function named(): AnyUnit {
  return tableUnit({
    type: `law${made++}`,
    params,
    columns: ({ column }) => [column],
    claim: ({ column }) => `there is ${column}`,
    inspect(schema, { column }) {
      const isThere = schema.fields.some(({ name }) => name === column);
      return { faults: isThere ? [] : [`no ${column}`], observed: null };
    },
    about: {
      fits: [],
      example: { params: { column: "x" }, table: { x: { type: "int32", values: [1] } } },
      violation: { table: { y: { type: "int32", values: [1] } } },
    },
  });
}

/** A unit of one's own about a number that is given at run time. */
function limited(): AnyUnit {
  return tableUnit({
    type: `law${made++}`,
    params: z.strictObject({ name: z.string() }),
    claim: ({ name }) => `${name} is at most 9`,
    scalars: ({ name }) => [name],
    inspect(_schema, { name }, findings) {
      const value = findings.scalar(name);
      return { faults: value <= 9 ? [] : ["too much"], observed: value };
    },
    about: {
      fits: [],
      example: { params: { name: "size" }, table: { x: { type: "int32", values: [1] } } },
      scalars: { size: 9 },
      violation: { table: { x: { type: "int32", values: [1] } }, scalars: { size: 10 } },
    },
  });
}

/** Checks the law of a name. */
function checkOne(laws: readonly Law[], name: string): Promise<void> {
  const law = laws.find((one) => one.name.endsWith(`: ${name}`));
  if (!law) throw new TypeError(`there is no law that ${name}`);
  return law.check();
}

const few = { runs: 25 };

describe("a unit of one's own", () => {
  it.each([
    ["about rows", flags],
    ["about a column", digits],
    ["about the table", named],
    ["about a number that is given", limited],
  ])("%s keeps the laws", async (_, make) => {
    const laws = unitLaws(make(), few);
    expect(laws.length).toBeGreaterThan(10);
    for (const { check } of laws) await check();
  });

  it("may not be called like another one", () => {
    expect(() => unitLaws({ ...flags(), type: "between" })).toThrow(
      'another expectation is called "between"',
    );
  });

  const about = (unit: AnyUnit, part: Partial<AnyUnit["about"]>): AnyUnit => ({
    ...unit,
    about: { ...unit.about, ...part },
  });
  const rowTable = (values: (number | null)[]) => ({ x: { type: "int32", values } });

  it.each<[name: string, make: () => AnyUnit, law: string]>([
    [
      "an example that fails",
      () => about(flags(), { example: { params: { column: "x" }, table: rowTable([0, 2]) } }),
      "its example passes",
    ],
    [
      "a violation that names other rows",
      () => about(flags(), { violation: { table: rowTable([0, 2, null, 7]), rows: [1] } }),
      "its violation fails, with exactly those rows",
    ],
    [
      "a violation that names no row",
      () => about(flags(), { violation: { table: rowTable([0, 2]) } }),
      "its violation fails, with exactly those rows",
    ],
    [
      "a violation that passes",
      () => about(digits(), { violation: { table: rowTable([1]) } }),
      "its violation fails, with exactly those rows",
    ],
    [
      "a violation that is given nothing of its own",
      () => about(limited(), { violation: { table: rowTable([1]) } }),
      "its violation fails, with exactly those rows",
    ],
    [
      "an option that is taken and ignored",
      () => ({ ...flags(), options: flags().options.filter((name) => name !== "nulls") }),
      "it takes the options it says it honours, and no other",
    ],
    [
      "a condition that is ignored",
      () => {
        const unit = flags();
        const needs = (stored: never) => {
          const { when: _, ...rule } = unit.needs(stored).rule!;
          return { rule };
        };
        return { ...unit, needs } as AnyUnit;
      },
      "when makes its difference",
    ],
    [
      "a policy on nulls that is ignored",
      () => {
        const unit = flags();
        return {
          ...unit,
          needs: (stored: never) => ({ rule: { ...unit.needs(stored).rule!, nulls: "skip" } }),
        } as AnyUnit;
      },
      "nulls makes its difference",
    ],
    [
      "a level of its own",
      () => ({ ...flags(), judge: () => ({ status: "fail", message: "no" }) }) as AnyUnit,
      "its level is what onFail, mostly and tolerate say",
    ],
    [
      "a judge that throws on what it didn't expect",
      () => {
        const unit = digits();
        const judge: AnyUnit["judge"] = (findings, stored) => {
          if (findings.rows === 0) throw new TypeError("no rows");
          return unit.judge(findings, stored);
        };
        return { ...unit, judge };
      },
      "judges every table of its columns, and its numbers agree",
    ],
    [
      "a verdict that a missing column passes",
      () => ({ ...named(), judge: () => ({ status: "pass", message: "fine" }) }) as AnyUnit,
      "a missing column is never a pass",
    ],
    [
      "an outcome that holds the data in its message",
      () => {
        const unit = digits();
        const judge: AnyUnit["judge"] = (findings, stored) => {
          const judgement = unit.judge(findings, stored);
          return { ...judgement, message: `saw ${JSON.stringify(judgement.observed?.value)}` };
        };
        return { ...unit, judge };
      },
      "a result tells nothing of a column under mask",
    ],
    [
      "an outcome that grows with the rows",
      () => {
        const unit = flags();
        const judge: AnyUnit["judge"] = (findings, stored) => ({
          ...unit.judge(findings, stored),
          details: Array.from({ length: findings.rows }, (_, row) => row),
        });
        return { ...unit, judge };
      },
      "its result doesn't grow with the failing rows",
    ],
    [
      "a rule whose accepted rows may break it again",
      () => {
        const unit = flags();
        const needs = () => ({
          rule: {
            kind: "ordered",
            column: "x",
            direction: "increasing",
            strict: false,
            nan: "false",
            nulls: "skip",
          },
        });
        return { ...unit, needs } as unknown as AnyUnit;
      },
      "accepted and quarantined rows are the input",
    ],
  ])("%s breaks a law", async (_, make, law) => {
    await expect(checkOne(unitLaws(make(), { runs: 200 }), law)).rejects.toThrow();
  });
});

/** A state that counts rows, and can be wrong in one way. */
class Rows implements MetricState<Rows> {
  rows = 0;
  blocks = 0;
  parts: number[] = [];

  observe(block: Block, selected: Uint8Array | undefined): void {
    this.rows += selected ? selected.reduce((sum, one) => sum + one, 0) : block.count;
    this.blocks++;
  }

  merge(other: Rows): Rows {
    const merged = new (this.constructor as typeof Rows)();
    merged.rows = this.rows + other.rows;
    merged.blocks = this.blocks + other.blocks;
    merged.parts = [...this.parts, this.rows, ...other.parts];
    return merged;
  }

  encode(): Json {
    return { rows: this.rows };
  }

  static decode(json: { rows: number }): Rows {
    return Object.assign(new this(), json);
  }
}

function specOf(State: typeof Rows): StateSpec<Rows> {
  return {
    name: "rows",
    fits: () => true,
    fresh: (_: ColumnAddress) => new State(),
    decode: (json) => State.decode(json as never),
  };
}

describe("a state of one's own", () => {
  it("keeps the laws", async () => {
    for (const { check } of stateLaws(specOf(Rows), few)) await check();
  });

  it.each<[name: string, State: typeof Rows, law: string]>([
    [
      "that counts blocks",
      class extends Rows {
        override encode(): Json {
          return { blocks: this.blocks };
        }
      },
      "any batching gives the same state, bit for bit",
    ],
    [
      "that remembers who was merged first",
      class extends Rows {
        override encode(): Json {
          return this.parts;
        }
      },
      "merge is commutative",
    ],
    [
      "that changes what it merges with",
      class extends Rows {
        override merge(other: Rows): Rows {
          other.rows++;
          return super.merge(other);
        }
      },
      "merge changes neither side",
    ],
    [
      "whose fresh state is something",
      class extends Rows {
        override rows = 1;
      },
      "a fresh state is the identity of merge, bit for bit",
    ],
    [
      "that takes the later side for the whole",
      class extends Rows {
        override merge(other: Rows): Rows {
          return other.rows > 0 ? other : this;
        }
      },
      "states of the parts, merged, agree with the state of the whole",
    ],
    [
      "that storage takes a part of",
      class extends Rows {
        override encode(): Json {
          return { rows: this.rows > 5 ? Number.POSITIVE_INFINITY : this.rows };
        }
      },
      "a state survives storage",
    ],
  ])("%s breaks a law", async (_, State, law) => {
    await expect(checkOne(stateLaws(specOf(State), { runs: 100 }), law)).rejects.toThrow();
  });
});

describe("a law that doesn't hold", () => {
  it("shows the smallest input it was found on, and how to find it again", async () => {
    const wrong = { ...flags(), judge: () => ({ status: "error", message: "never" }) } as unknown as AnyUnit;
    const law = unitLaws(wrong, few).find(({ name }) => name.includes("judges every table"))!;
    await expect(law.check()).rejects.toThrow(
      /never\n {2}on \{ "x": .*\}\n {2}\(fast-check seed -?\d+, path ".*"\)/,
    );
  });
});
