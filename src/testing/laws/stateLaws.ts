import {
  DataType,
  type Dictionary,
  Field,
  Float64,
  Int64,
  type RecordBatch,
  Schema,
  Utf8,
} from "apache-arrow";
import fc from "fast-check";
import { type ColumnAddress, resolveColumn } from "../../columns/address.js";
import { batchOf } from "../../columns/batchOf.js";
import { BatchViews, blocksOf } from "../../columns/block.js";
import type { Json, MetricState } from "../../metrics/state.js";
import { anyBatches, anyBatching, type ValuesOf } from "../arbitraries.js";
import { FLAT_TYPES, type MakeType } from "../flatTypes.js";
import { storedColumn } from "../storedColumn.js";
import { anyStored } from "../storedValues.js";
import { forAll, holds, type Law, type LawOptions, same } from "./law.js";

/** A state as the laws see it. */
export interface StateSpec<S extends MetricState<S>> {
  readonly name: string;
  /** The types of column it takes in. */
  fits(type: DataType): boolean;
  fresh(address: ColumnAddress): S;
  decode(json: Json, address: ColumnAddress): S;
  /**
   * What is wrong when two states have seen the same rows, built apart; undefined when nothing is. Without it they must
   * encode the same. `scale` is the largest finite size among the values, in storage units.
   */
  differ?(a: S, b: S, scale: number): string | undefined;
}

/** Rows of one column in parts, and which of them count. */
interface Observed {
  readonly address: ColumnAddress;
  readonly parts: readonly RecordBatch[];
  /** 0: all rows count; else the rows whose number has no rest by it. */
  readonly every: number;
}

function addressIn(schema: Schema): ColumnAddress {
  const found = resolveColumn(schema, ["c"]);
  if ("problem" in found) throw new TypeError(found.problem);
  return found;
}

const schemaOf = (type: DataType) => new Schema([new Field("c", type, true)]);

/** Feeds a state with batches that begin at row `firstRow` of their source; returns the row after them. */
function feed<S extends MetricState<S>>(
  state: S,
  batches: readonly RecordBatch[],
  every: number,
  firstRow: number,
): number {
  let row = firstRow;
  for (const batch of batches) {
    for (const block of blocksOf(new BatchViews(batch), row)) {
      const selected = Uint8Array.from({ length: block.count }, (_, i) =>
        (block.row + i) % every === 0 ? 1 : 0,
      );
      state.observe(block, every === 0 ? undefined : selected);
    }
    row += batch.numRows;
  }
  return row;
}

/** The types that most columns have, of one lane each: they come as often as all others together. */
const COMMON: readonly MakeType[] = [() => new Float64(), () => new Int64(), () => new Utf8()];

function anyType<S extends MetricState<S>>({ fits }: StateSpec<S>): fc.Arbitrary<DataType> {
  const fitting = (types: readonly MakeType[]) => types.filter((make) => fits(make()));
  const all = fc.constantFrom(...fitting(FLAT_TYPES));
  const common = fitting(COMMON);
  const some = common.length === 0 ? all : fc.oneof(fc.constantFrom(...common), all);
  return some.map((make) => make());
}

const every = fc.constantFrom(0, 0, 1, 2, 3);

/** Values to choose from: anything, a few that come again and again, or the two zeros, which are equal and not the same. */
function anyPool(type: DataType): fc.Arbitrary<ValuesOf> {
  const plain = DataType.isDictionary(type) ? (type as Dictionary).dictionary : type;
  const zeros = DataType.isFloat(plain) ? [fc.constant([0, -0])] : [];
  const pools = fc.oneof(fc.array(anyStored(plain), { minLength: 1, maxLength: 3 }), ...zeros);
  return fc.oneof(
    fc.constant(anyStored),
    pools.map((pool) => () => fc.constantFrom(...pool)),
  );
}

function few<S extends MetricState<S>>(spec: StateSpec<S>): fc.Arbitrary<Observed> {
  return anyType(spec)
    .chain((type) => fc.tuple(fc.constant(schemaOf(type)), anyPool(type)))
    .chain(([schema, valuesOf]) =>
      fc.record({
        address: fc.constant(addressIn(schema)),
        parts: anyBatches(schema, { maxRows: 10, maxBatches: 4 }, valuesOf),
        every,
      }),
    );
}

const MANY = 20_000;

/** More rows than a block has, of a few values in no order, in any batching. */
function many<S extends MetricState<S>>(spec: StateSpec<S>): fc.Arbitrary<Observed & { whole: RecordBatch }> {
  const plain = anyType(spec).filter((type) => !("dictionary" in type));
  return plain.chain((type) =>
    fc
      .record({ pool: fc.array(anyStored(type), { minLength: 1, maxLength: 9 }), seed: fc.nat(), every })
      .chain(({ pool, seed, every }) => {
        const pick = (row: number) => Math.imul(row + seed, 0x9e3779b1) >>> 8;
        const rows = Array.from({ length: MANY }, (_, row) => pool[pick(row) % pool.length]!);
        const valid = rows.map((_, row) => pick(row) % 11 !== 0);
        const schema = schemaOf(type);
        const whole = batchOf(schema, MANY, [storedColumn(type, rows, valid)]);
        const parts = anyBatching(whole);
        return parts.map((parts) => ({ whole, parts, every, address: addressIn(schema) }));
      }),
  );
}

/** The largest finite size among the numbers that some batches hold, in storage units. */
function scaleOf(batches: readonly RecordBatch[], address: ColumnAddress): number {
  let scale = 0;
  for (const batch of batches) {
    const view = new BatchViews(batch).view(address);
    if (view.lane !== "number" && view.lane !== "integer") continue;
    for (let row = 0; row < view.length; row++) {
      const size = Math.abs(view.lane === "integer" ? Number(view.integer(row)) : view.number(row));
      if (view.isValid(row) && Number.isFinite(size)) scale = Math.max(scale, size);
    }
  }
  return scale;
}

/** The laws of a mergeable state. */
export function stateLaws<S extends MetricState<S>>(spec: StateSpec<S>, options: LawOptions = {}): Law[] {
  const { fresh, decode, name } = spec;

  function built({ address, every }: Observed, batches: readonly RecordBatch[], firstRow = 0): S {
    const state = fresh(address);
    feed(state, batches, every, firstRow);
    return state;
  }
  /** One state for each part, at the rows the part has in the whole. */
  function apart(observed: Observed): S[] {
    let row = 0;
    return observed.parts.map((batch) => {
      const state = built(observed, [batch], row);
      row += batch.numRows;
      return state;
    });
  }
  function agree(what: string, a: S, b: S, { parts, address }: Observed): void {
    if (!spec.differ) same(what, a.encode(), b.encode());
    else {
      const problem = spec.differ(a, b, scaleOf(parts, address));
      holds(`${what}: ${problem}`, problem === undefined);
    }
  }
  const merged = (states: readonly S[], address: ColumnAddress): S =>
    states.reduce((a, b) => a.merge(b), fresh(address));
  const on = (law: string, check: (observed: Observed) => void): Law => ({
    name: `${name}: ${law}`,
    check: () => forAll(few(spec), check, options),
  });

  return [
    on("a fresh state is the identity of merge, bit for bit", (observed) => {
      const state = built(observed, observed.parts);
      same("merged with a fresh state", state.merge(fresh(observed.address)).encode(), state.encode());
      same("a fresh state merged with it", fresh(observed.address).merge(state).encode(), state.encode());
    }),
    on("merge is commutative", (observed) => {
      const [a = fresh(observed.address), b = a] = apart(observed);
      agree("the other way round", b.merge(a), a.merge(b), observed);
    }),
    on("merge is associative", (observed) => {
      const [a = fresh(observed.address), b = a, c = b] = apart(observed);
      agree("from the right", a.merge(b.merge(c)), a.merge(b).merge(c), observed);
    }),
    on("merge changes neither side", (observed) => {
      const [a = fresh(observed.address), b = a] = apart(observed);
      const before = [a.encode(), b.encode()];
      a.merge(b).merge(a);
      same("after merging", [a.encode(), b.encode()], before);
    }),
    on("states of the parts, merged, agree with the state of the whole", (observed) => {
      const whole = built(observed, observed.parts);
      agree("merged in order", merged(apart(observed), observed.address), whole, observed);
      agree("merged in reverse", merged(apart(observed).reverse(), observed.address), whole, observed);
    }),
    on("states built independently, each from its own first row, agree when merged", (observed) => {
      // Rows are counted from each part's start, so all of them have to count.
      const all = { ...observed, every: 0 };
      const states = observed.parts.map((batch) => built(all, [batch]));
      agree("merged", merged(states, observed.address), built(all, observed.parts), observed);
    }),
    on("a state survives storage", (observed) => {
      const state = built(observed, observed.parts);
      const stored = JSON.parse(JSON.stringify(state.encode())) as Json;
      const back = decode(stored, observed.address);
      same("read back", back.encode(), state.encode());
      same("read back and merged", back.merge(state).encode(), state.merge(state).encode());
    }),
    {
      name: `${name}: any batching gives the same state, bit for bit`,
      check: () =>
        forAll(
          many(spec),
          (observed) => {
            const whole = built(observed, [observed.whole]);
            same("in pieces", built(observed, observed.parts).encode(), whole.encode());
            agree("merged from pieces", merged(apart(observed), observed.address), whole, observed);
          },
          { runs: Math.ceil((options.runs ?? 50) / 5) },
        ),
    },
  ];
}
