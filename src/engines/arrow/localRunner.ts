import type { Schema } from "apache-arrow";
import type { Block } from "../../columns/block.js";
import { tallyTruths } from "../../kernels/tally.js";
import type { Step, Tally } from "../../plan/evidence.js";
import type { LocalRule } from "../../plan/rule.js";
import { bind } from "../../predicates/bind.js";
import { type BoundPredicate, CAN_BE_FALSE, type CheapEvidence } from "../../predicates/truth.js";
import { contextFor, costlier, emptyTally, RuleDomain, type RuleRunner, type Runtime } from "./ruleRunner.js";

/** Runs a rule that is a predicate of the row: by the block's summary where that proves it, else row by row. */
export class LocalRunner implements RuleRunner {
  readonly tally = emptyTally();
  readonly thrown = { count: 0, first: undefined as string | undefined };
  readonly wantsSecondLook = false;
  step: Step = "metadata";
  readonly #test: BoundPredicate;
  readonly #domain: RuleDomain;
  readonly #nullsFail: boolean;
  // Made when a block is looked at row by row: most rules of most runs never do.
  #truth: Uint8Array | undefined;
  #failed: Uint8Array | undefined;

  constructor(rule: LocalRule, schema: Schema, runtime: Runtime) {
    const context = contextFor(schema, runtime, this.thrown);
    this.#test = bind(rule.test, context);
    this.#domain = new RuleDomain(rule, context);
    this.#nullsFail = rule.nulls === "fail";
  }

  judge(block: Block): Uint8Array | undefined {
    if (this.#domain.isWhole && this.#proves(block.count, block)) {
      this.#domain.select(block, this.tally);
      return undefined;
    }
    this.step = "rows";
    const asked = this.#domain.select(block, this.tally);
    this.#truth ??= new Uint8Array(8192);
    this.#failed ??= new Uint8Array(8192);
    this.#test.test(block, this.#truth, asked);
    const counted = tallyTruths(this.#truth, asked, block.count, this.#nullsFail, this.#failed);
    const skipped = this.#nullsFail ? 0 : counted.unknown;
    this.tally.nulls += skipped;
    this.tally.judged += counted.asked - skipped;
    this.tally.failed += counted.failed;
    return counted.failed > 0 ? this.#failed : undefined;
  }

  settle(rows: number, evidence: CheapEvidence): boolean {
    const asked = this.#domain.settle(evidence);
    if (asked === undefined) return false;
    const { step } = this;
    if (asked === "asked") {
      if (!this.#proves(rows, evidence)) return false;
    } else this.tally[asked] += rows;
    this.tally.rows += rows;
    this.step = step;
    return true;
  }

  /** Judges rows without reading them, where none can fail. */
  #proves(rows: number, evidence: CheapEvidence): boolean {
    const { can, unknown, by } = this.#test.decide(evidence);
    if ((can & CAN_BE_FALSE) !== 0 || unknown === undefined) return false;
    if (this.#nullsFail && unknown > 0) return false;
    this.step = costlier(this.step, by);
    this.tally.nulls += unknown;
    this.tally.judged += rows - unknown;
    return true;
  }

  absorb(tally: Tally, step: Step): void {
    for (const key of Object.keys(tally) as (keyof Tally)[]) this.tally[key] += tally[key];
    this.step = costlier(this.step, step);
  }

  select(): Uint8Array | undefined {
    return undefined;
  }

  reason(block: Block, i: number): string | undefined {
    return this.#test.reason?.(block, i);
  }
}
