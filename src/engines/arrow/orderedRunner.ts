import type { Schema } from "apache-arrow";
import type { ColumnAddress } from "../../columns/address.js";
import type { Block } from "../../columns/block.js";
import type { Stored } from "../../columns/stored.js";
import type { ColumnView } from "../../columns/view.js";
import { doublesInOrder, longsInOrder } from "../../kernels/order.js";
import type { Step } from "../../plan/evidence.js";
import type { OrderedRule } from "../../plan/rule.js";
import { requireComparable } from "../../predicates/bind.js";
import { contextFor, emptyTally, RuleDomain, type RuleRunner, type Runtime } from "./ruleRunner.js";

function order(a: Stored, b: Stored): number {
  if (!(a instanceof Uint8Array) || !(b instanceof Uint8Array)) return a < b ? -1 : a > b ? 1 : 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return a.length - b.length;
}

/** Runs a rule about order: a row fails against the last row that held a value; the first row can't fail. */
export class OrderedRunner implements RuleRunner {
  readonly tally = emptyTally();
  readonly thrown = { count: 0, first: undefined };
  readonly step: Step = "rows";
  readonly wantsSecondLook = false;
  readonly #rule: OrderedRule;
  readonly #address: ColumnAddress;
  readonly #domain: RuleDomain;
  readonly #failed = new Uint8Array(8192);
  #last: Stored | undefined;

  constructor(rule: OrderedRule, schema: Schema, runtime: Runtime) {
    this.#rule = rule;
    this.#address = requireComparable(schema, rule.column);
    this.#domain = new RuleDomain(rule, contextFor(schema, runtime, this.thrown));
  }

  judge(block: Block): Uint8Array | undefined {
    const asked = this.#domain.select(block, this.tally);
    const view = block.view(this.#address);
    if (!asked && block.nulls(this.#address) === 0 && this.#continues(view, block)) {
      this.tally.judged += block.count;
      return undefined;
    }
    const valid = block.valid(this.#address);
    const hasNumbers = view.lane === "number" || view.lane === "integer";
    const values = hasNumbers ? view.numbers(block.from, block.count).values : undefined;
    const nullsFail = this.#rule.nulls === "fail";
    const nanIsNull = this.#rule.nan === "unknown" && view.lane === "number";
    let failures = 0;
    for (let i = 0; i < block.count; i++) {
      this.#failed[i] = 0;
      if (asked && asked[i] === 0) continue;
      if (valid?.[i] === 0 || (nanIsNull && Number.isNaN(values![i]!))) {
        if (!nullsFail) {
          this.tally.nulls++;
          continue;
        }
        this.#failed[i] = 1;
      } else {
        let value: Stored = values ? values[i]! : view.bytes(block.from + i);
        if (view.lane === "integer" && Number.isNaN(value as number)) value = view.integer(block.from + i);
        this.#failed[i] = this.#follows(value) ? 0 : 1;
      }
      this.tally.judged++;
      failures += this.#failed[i]!;
    }
    if (this.#last instanceof Uint8Array) this.#last = this.#last.slice();
    this.tally.failed += failures;
    return failures > 0 ? this.#failed : undefined;
  }

  /** Takes in a block of numbers that go on in order from what came before; false when it has to be looked at row by row. */
  #continues(view: ColumnView, { from, count }: Block): boolean {
    if (view.lane !== "number" && view.lane !== "integer") return false;
    const order = { isUp: this.#rule.direction === "increasing", isStrict: this.#rule.strict };
    const longs = view.longs(from, count);
    const numbers = longs ? undefined : view.plainNumbers(from, count);
    if (!(longs ? longsInOrder(longs, count, order) : numbers && doublesInOrder(numbers, count, order)))
      return false;
    const last = this.#last;
    if (this.#follows(longs ? longs[0]! : numbers![0]!)) {
      this.#last = longs ? longs[count - 1]! : numbers![count - 1]!;
      return true;
    }
    this.#last = last;
    return false;
  }

  #follows(value: Stored): boolean {
    // NaN stands in no order: it fails, and the next value is compared with the one before it.
    if (typeof value === "number" && Number.isNaN(value)) return false;
    const last = this.#last;
    this.#last = value;
    if (last === undefined) return true;
    const step = this.#rule.direction === "increasing" ? order(last, value) : order(value, last);
    return this.#rule.strict ? step < 0 : step <= 0;
  }

  select(): Uint8Array | undefined {
    return undefined;
  }

  reason(): undefined {
    return undefined;
  }
}
