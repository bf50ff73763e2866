import type { Schema } from "apache-arrow";
import type { ColumnAddress } from "../../columns/address.js";
import type { Block } from "../../columns/block.js";
import { type KeySet, keySetFor, NEW, SECOND } from "../../metrics/keySet.js";
import type { Step } from "../../plan/evidence.js";
import type { KeyedRule } from "../../plan/rule.js";
import { requireComparable } from "../../predicates/bind.js";
import { contextFor, emptyTally, RuleDomain, type RuleRunner, type Runtime } from "./ruleRunner.js";

/** Runs a rule about keys. With `keep: "first"` repeats fail as they come; else all members fail, told by a second look. */
export class KeyedRunner implements RuleRunner {
  readonly tally = emptyTally();
  readonly thrown = { count: 0, first: undefined };
  readonly step: Step = "rows";
  readonly #addresses: readonly ColumnAddress[];
  readonly #rule: KeyedRule;
  readonly #keys: KeySet;
  readonly #domain: RuleDomain;
  readonly #included = new Uint8Array(8192);
  readonly #found = new Uint8Array(8192);
  readonly #failed = new Uint8Array(8192);

  constructor(rule: KeyedRule, schema: Schema, runtime: Runtime) {
    this.#rule = rule;
    this.#addresses = rule.columns.map((column) => requireComparable(schema, column));
    this.#keys = keySetFor(this.#addresses);
    this.#domain = new RuleDomain(rule, contextFor(schema, runtime, this.thrown));
  }

  get wantsSecondLook(): boolean {
    return this.#rule.keep === "none" && this.#keys.repeated > 0;
  }

  /** Rows that have a key: asked, and not null where a null is no key. Null rows are counted or failed. */
  #keyed(block: Block, count: boolean): Uint8Array {
    const tally = count ? this.tally : emptyTally();
    const asked = this.#domain.select(block, tally);
    const included = this.#included;
    if (asked) included.set(asked.subarray(0, block.count));
    else included.fill(1, 0, block.count);
    this.#failed.fill(0, 0, block.count);
    for (const address of this.#rule.nullKeys === "unknown" ? this.#addresses : []) {
      const valid = block.valid(address);
      if (!valid) continue;
      for (let i = 0; i < block.count; i++) {
        if (valid[i] === 1 || included[i] === 0) continue;
        included[i] = 0;
        if (this.#rule.nulls === "skip") tally.nulls++;
        else {
          tally.judged++;
          tally.failed++;
          this.#failed[i] = 1;
        }
      }
    }
    for (let i = 0; i < block.count; i++) tally.judged += included[i]!;
    return included;
  }

  judge(block: Block): Uint8Array | undefined {
    const failedBefore = this.tally.failed;
    const included = this.#keyed(block, true);
    const found = this.#found;
    this.#keys.observe(block, included, found);
    const sparesFirst = this.#rule.keep === "first";
    for (let i = 0; i < block.count; i++) {
      if (included[i] === 0 || found[i] === NEW) continue;
      this.#failed[i] = 1;
      // The first of its kind fails too, and is counted when the second shows up.
      this.tally.failed += !sparesFirst && found[i] === SECOND ? 2 : 1;
    }
    return this.tally.failed > failedBefore ? this.#failed : undefined;
  }

  select(block: Block): Uint8Array | undefined {
    const included = this.#keyed(block, false);
    this.#keys.findRepeated(block, included, this.#found);
    let any = false;
    for (let i = 0; i < block.count; i++) {
      if (included[i] === 1) this.#failed[i] = this.#found[i]!;
      any ||= this.#failed[i] === 1;
    }
    return any ? this.#failed : undefined;
  }

  reason(): undefined {
    return undefined;
  }
}
