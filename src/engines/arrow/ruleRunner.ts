import type { Schema } from "apache-arrow";
import type { ColumnAddress } from "../../columns/address.js";
import type { Block } from "../../columns/block.js";
import type { MemoryBudget } from "../../metrics/memoryBudget.js";
import { STEPS, type Step, type Tally } from "../../plan/evidence.js";
import { judgedColumns, type RowRule } from "../../plan/rule.js";
import { type BindContext, bind, requireColumn } from "../../predicates/bind.js";
import type { RowFunction } from "../../predicates/leaves/call.js";
import type { LookUp } from "../../predicates/leaves/lookUp.js";
import type { CompilePattern } from "../../predicates/leaves/matches.js";
import type { Predicate } from "../../predicates/predicate.js";
import type { CompileSchema } from "../../predicates/text/jsonTest.js";
import {
  type BoundPredicate,
  CAN_BE_FALSE,
  CAN_BE_TRUE,
  CAN_BE_UNKNOWN,
  type CheapEvidence,
  TRUE,
} from "../../predicates/truth.js";

/** What rules may need that is given at run time. */
export interface Runtime {
  readonly functions: ReadonlyMap<string, RowFunction>;
  readonly compilePattern: CompilePattern | undefined;
  readonly compileSchema?: CompileSchema | undefined;
  readonly lookUp?: LookUp | undefined;
  /** What states and rules may hold; all there is when absent. */
  readonly memory?: MemoryBudget | undefined;
}

/** Judges one row rule block by block, in row order. */
export interface RuleRunner {
  readonly tally: Tally;
  readonly step: Step;
  readonly thrown: { count: number; first: string | undefined };
  /** One byte a row, 1 where the row is known to fail; undefined when none is. Valid until the next call. */
  judge(block: Block): Uint8Array | undefined;
  /**
   * Judges `rows` rows by what is known of them without a look at each; false, and nothing is counted, when that isn't
   * enough. A runner without it needs the rows.
   */
  settle?(rows: number, evidence: CheapEvidence): boolean;
  /** Takes in what was counted of rows that were judged elsewhere. A runner without it needs all rows. */
  absorb?(tally: Tally, step: Step): void;
  /** Called once, after all blocks and before anything else is asked: counts what is known only then. */
  finish?(): void;
  /** After all blocks: true when failing rows can only be told by looking at the rows once more. */
  readonly wantsSecondLook: boolean;
  /** The second look at a block: as `judge`, and nothing is counted. */
  select(block: Block): Uint8Array | undefined;
  reason(block: Block, i: number): string | undefined;
}

/** A fresh tally. */
export function emptyTally(): Tally {
  return { rows: 0, excluded: 0, ignored: 0, nan: 0, nulls: 0, judged: 0, failed: 0, missing: 0 };
}

/** The costlier of two steps. */
export function costlier(a: Step, b: Step): Step {
  return STEPS.indexOf(a) >= STEPS.indexOf(b) ? a : b;
}

/** A bind context whose thrown functions are counted in `thrown`. */
export function contextFor(
  schema: Schema,
  runtime: Runtime,
  thrown: { count: number; first: string | undefined },
): BindContext {
  return {
    schema,
    functions: runtime.functions,
    compilePattern: runtime.compilePattern,
    compileSchema: runtime.compileSchema,
    lookUp: runtime.lookUp,
    onThrow: (_row, message) => {
      thrown.count++;
      thrown.first ??= message;
    },
  };
}

const LEFT_OUT = 0;
const ASKED = 1;

/** The rows of a block that a rule is asked of, after `when`, `ignoreRowIf` and NaN have left some out. */
export class RuleDomain {
  readonly #when: BoundPredicate | undefined;
  readonly #ignore: BoundPredicate | undefined;
  readonly #nan: BoundPredicate | undefined;
  /** Judged columns in which some values count as null. */
  readonly #masked: readonly ColumnAddress[];
  readonly #asked: Uint8Array;
  readonly #truth: Uint8Array;

  constructor(rule: RowRule, context: BindContext) {
    this.#when = rule.when && bind(rule.when, context);
    this.#ignore = rule.ignore && bind(rule.ignore, context);
    const nans = (rule.skipNan ?? []).map((column): Predicate => ({ op: "isNaN", column }));
    this.#masked = judgedColumns(rule)
      .map((use) => requireColumn(context.schema, use))
      .filter(({ mask }) => mask !== undefined);
    this.#nan = nans.length > 0 ? bind({ op: "or", of: nans }, context) : undefined;
    // Of a whole domain nobody asks.
    const rows = this.isWhole ? 0 : 8192;
    this.#asked = new Uint8Array(rows);
    this.#truth = new Uint8Array(rows);
  }

  /** True when no row is ever left out. */
  get isWhole(): boolean {
    return !this.#when && !this.#ignore && !this.#nan;
  }

  /** Whether all rows are asked, or why none is, by what is known without a look at each; undefined when that isn't enough. */
  settle(evidence: CheapEvidence): "asked" | "excluded" | "ignored" | "nan" | undefined {
    const mayBeMissing = this.#masked.some((address) => evidence.nulls(address) === undefined);
    const others = CAN_BE_FALSE | CAN_BE_UNKNOWN;
    for (const [predicate, leaves, why] of [
      [this.#when, others, "excluded"],
      [this.#ignore, CAN_BE_TRUE, "ignored"],
      [this.#nan, CAN_BE_TRUE, "nan"],
    ] as const) {
      const can = predicate?.decide(evidence).can ?? 0;
      if ((can & leaves) === 0) continue;
      if ((can & ~leaves) !== 0 || (mayBeMissing && why !== "excluded")) return undefined;
      return why;
    }
    return mayBeMissing ? undefined : "asked";
  }

  /** Counts the block's rows into `tally` and returns those asked, one byte a row; undefined when all are. */
  select(block: Block, tally: Tally): Uint8Array | undefined {
    tally.rows += block.count;
    if (this.isWhole) {
      this.#countMissing(block, undefined, tally);
      return undefined;
    }
    const asked = this.#asked.fill(ASKED, 0, block.count);
    tally.excluded += this.#leaveOut(block, this.#when, false);
    this.#countMissing(block, asked, tally);
    tally.ignored += this.#leaveOut(block, this.#ignore, true);
    tally.nan += this.#leaveOut(block, this.#nan, true);
    return asked;
  }

  #countMissing(block: Block, asked: Uint8Array | undefined, tally: Tally): void {
    if (this.#masked.length === 0) return;
    const found = this.#masked.flatMap((address) => block.missing(address) ?? []);
    if (found.length === 0) return;
    for (let i = 0; i < block.count; i++) {
      if (asked?.[i] !== LEFT_OUT && found.some((flags) => flags[i] === 1)) tally.missing++;
    }
  }

  #leaveOut(block: Block, predicate: BoundPredicate | undefined, whenTrue: boolean): number {
    if (!predicate) return 0;
    predicate.test(block, this.#truth);
    let left = 0;
    for (let i = 0; i < block.count; i++) {
      if (this.#asked[i] === ASKED && (this.#truth[i] === TRUE) === whenTrue) {
        this.#asked[i] = LEFT_OUT;
        left++;
      }
    }
    return left;
  }
}
