import type { Schema } from "apache-arrow";
import type { ColumnAddress } from "../../columns/address.js";
import type { Block } from "../../columns/block.js";
import { findRepeats, type RepeatFinder } from "../../metrics/findRepeats.js";
import { type KeySet, keySetFor, NEW } from "../../metrics/keySet.js";
import type { Step } from "../../plan/evidence.js";
import type { KeyedRule } from "../../plan/rule.js";
import { requireComparable } from "../../predicates/bind.js";
import { contextFor, emptyTally, RuleDomain, type RuleRunner, type Runtime } from "./ruleRunner.js";

/**
 * Runs a rule about keys. With `keep: "first"` repeats fail as they come, as long as the keys are few or must be told at
 * once; else the failing rows are counted in the end, and told by a second look.
 */
export class KeyedRunner implements RuleRunner {
  readonly tally = emptyTally();
  readonly thrown = { count: 0, first: undefined };
  readonly step: Step = "rows";
  readonly #addresses: readonly ColumnAddress[];
  readonly #rule: KeyedRule;
  readonly #repeats: RepeatFinder | undefined;
  /** In place of the above where every repeat must be told as it comes. */
  readonly #keys: KeySet | undefined;
  readonly #domain: RuleDomain;
  readonly #included = new Uint8Array(8192);
  readonly #found = new Uint8Array(8192);
  readonly #failed = new Uint8Array(8192);

  constructor(rule: KeyedRule, schema: Schema, runtime: Runtime, atOnce: boolean) {
    this.#rule = rule;
    this.#addresses = rule.columns.map((column) => requireComparable(schema, column));
    if (atOnce && rule.keep === "first") {
      const keys = keySetFor(this.#addresses);
      const holds = `the keys of ${this.#addresses.map(({ name }) => name).join(", ")}, whose repeats must be told at once,`;
      runtime.memory?.add({
        holds,
        get byteLength() {
          return keys.byteLength;
        },
      });
      this.#keys = keys;
    } else this.#repeats = findRepeats(this.#addresses, { marks: true, memory: runtime.memory });
    this.#domain = new RuleDomain(rule, contextFor(schema, runtime, this.thrown));
  }

  get wantsSecondLook(): boolean {
    if (!this.#repeats || this.#repeats.repeated === 0) return false;
    return this.#rule.keep === "none" || this.#repeats.isDeferred;
  }

  /** Rows that have a key: asked, and not null where a null is no key. Null rows are counted or failed. */
  #keyed(block: Block, count: boolean): Uint8Array | undefined {
    const tally = count ? this.tally : emptyTally();
    const asked = this.#domain.select(block, tally);
    const nullable = this.#rule.nullKeys === "unknown" ? this.#addresses : [];
    const valids = nullable.flatMap((address) => block.valid(address) ?? []);
    this.#failed.fill(0, 0, block.count);
    if (!asked && valids.length === 0) {
      tally.judged += block.count;
      return undefined;
    }
    const included = this.#included;
    if (asked) included.set(asked.subarray(0, block.count));
    else included.fill(1, 0, block.count);
    for (const valid of valids) {
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
    const nullsBefore = this.tally.failed;
    const included = this.#keyed(block, true);
    const found = this.#found;
    const told = (this.#repeats ?? this.#keys)!.observe(block, included, found);
    let repeats = 0;
    for (let i = 0; told && i < block.count; i++) {
      if (found[i] === NEW || (included && included[i] === 0)) continue;
      this.#failed[i] = 1;
      repeats++;
    }
    // What a finder finds is counted when it is finished.
    if (this.#keys) this.tally.failed += repeats;
    return repeats > 0 || this.tally.failed > nullsBefore ? this.#failed : undefined;
  }

  finish(): void {
    if (this.#repeats)
      this.tally.failed += this.#rule.keep === "first" ? this.#repeats.later : this.#repeats.members;
  }

  select(block: Block): Uint8Array | undefined {
    const included = this.#keyed(block, false);
    if (this.#rule.keep === "first") this.#repeats?.markLater(block.row, block.count, this.#failed);
    else this.#repeats?.markMembers(block, included, this.#failed);
    return this.#failed.subarray(0, block.count).includes(1) ? this.#failed : undefined;
  }

  reason(): undefined {
    return undefined;
  }
}
