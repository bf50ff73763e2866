import type { Schema } from "apache-arrow";
import type { ColumnAddress } from "../../columns/address.js";
import type { Block } from "../../columns/block.js";
import { MomentsState } from "../../metrics/moments.js";
import type { Step } from "../../plan/evidence.js";
import type { ScaledRule } from "../../plan/rule.js";
import { requireComparable } from "../../predicates/bind.js";
import { contextFor, emptyTally, RuleDomain, type RuleRunner, type Runtime } from "./ruleRunner.js";

/**
 * Runs a rule about distance from the mean: the first look gathers moments and extremes, and only where an extreme lies
 * too far are the rows looked at again and their failures counted. An infinite value has no part in mean and deviation.
 */
export class ScaledRunner implements RuleRunner {
  readonly tally = emptyTally();
  readonly thrown = { count: 0, first: undefined };
  readonly #rule: ScaledRule;
  readonly #address: ColumnAddress;
  readonly #domain: RuleDomain;
  readonly #moments: MomentsState;
  readonly #failed = new Uint8Array(8192);
  /** Rows that fail whatever mean and deviation are: nulls and NaN that count as failures. */
  #certain = 0;
  #least = Number.POSITIVE_INFINITY;
  #most = Number.NEGATIVE_INFINITY;
  #law: { readonly mean: number; readonly deviation: number } | undefined;

  constructor(rule: ScaledRule, schema: Schema, runtime: Runtime) {
    this.#rule = rule;
    this.#address = requireComparable(schema, rule.column);
    this.#moments = new MomentsState(this.#address);
    this.#domain = new RuleDomain(rule, contextFor(schema, runtime, this.thrown));
  }

  get step(): Step {
    return this.wantsSecondLook ? "rows" : "summary";
  }

  get wantsSecondLook(): boolean {
    return this.#certain > 0 || this.#isFar(this.#most) || this.#isFar(this.#least);
  }

  /** Mean and sample deviation in storage units; a deviation of 0, or of one value, makes no z. */
  get #scale(): { readonly mean: number; readonly deviation: number } {
    if (!this.#law) {
      const { count, mean, squares } = this.#moments.total;
      this.#law = { mean, deviation: count < 2 ? 0 : Math.sqrt(squares / (count - 1)) };
    }
    return this.#law;
  }

  #isFar(value: number): boolean {
    // The extremes of no value at all are infinities the wrong way round.
    if (this.#least > this.#most) return false;
    const { mean, deviation } = this.#scale;
    if (!Number.isFinite(value)) return value > 0 || this.#rule.sides === "both";
    if (!(deviation > 0)) return false;
    const z = (value - mean) / deviation;
    return !((this.#rule.sides === "both" ? Math.abs(z) : z) < this.#rule.below);
  }

  judge(block: Block): undefined {
    const asked = this.#domain.select(block, this.tally);
    this.#look(block, asked, true);
    this.#moments.observe(block, asked);
    this.#law = undefined;
    return undefined;
  }

  select(block: Block): Uint8Array | undefined {
    const asked = this.#domain.select(block, emptyTally());
    const failures = this.#look(block, asked, false);
    this.tally.failed += failures;
    return failures > 0 ? this.#failed : undefined;
  }

  /** Counts and gathers extremes on the first look, marks failures on the second; returns the failures it marked. */
  #look(block: Block, asked: Uint8Array | undefined, isFirst: boolean): number {
    const view = block.view(this.#address);
    const valid = block.valid(this.#address);
    const values = view.lane === "opaque" ? undefined : view.numbers(block.from, block.count).values;
    const { nulls: ofNull, nan: ofNan } = this.#rule;
    let failures = 0;
    for (let i = 0; i < block.count; i++) {
      this.#failed[i] = 0;
      if (asked && asked[i] === 0) continue;
      let value = Number.NaN;
      let isNull = !values || valid?.[i] === 0;
      if (!isNull) {
        value = values![i]!;
        if (view.lane === "integer" && Number.isNaN(value)) value = Number(view.integer(block.from + i));
        isNull = Number.isNaN(value) && ofNan === "unknown";
      }
      const isCertain = isNull ? ofNull === "fail" : Number.isNaN(value);
      if (isFirst) this.#count(isNull, isCertain, value);
      else if (isCertain || (!isNull && this.#isFar(value))) {
        this.#failed[i] = 1;
        failures++;
      }
    }
    return failures;
  }

  #count(isNull: boolean, isCertain: boolean, value: number): void {
    if (isNull && !isCertain) {
      this.tally.nulls++;
      return;
    }
    this.tally.judged++;
    if (isCertain) this.#certain++;
    else {
      if (value < this.#least) this.#least = value;
      if (value > this.#most) this.#most = value;
    }
  }

  reason(): undefined {
    return undefined;
  }
}
