import type { DataType, Schema } from "apache-arrow";
import { resolveColumn } from "../../../columns/address.js";
import type { ColumnRef, ColumnUse } from "../../../columns/columnUse.js";
import { columnIndexes, type Plan, type PlannedRule, requestColumns } from "../../../plan/plan.js";
import { requestKey } from "../../../plan/request.js";
import { ruleColumns } from "../../../plan/rule.js";
import { leavesOf } from "../../../predicates/predicate.js";
import { isDivisible } from "../findings.js";
import type { Running } from "../judging.js";
import type { Work } from "../reading.js";

/** Which types a thread can be sent, and whether every block of rows lies within what one thread judges. */
export interface Dealing {
  canSend(type: DataType): boolean;
  readonly hasWholeBlocks: boolean;
}

/** Work that goes to whichever thread takes the rows, and the rest, which is done in one thread for all rows. */
export interface DividedWork {
  readonly dealt: Work<Running>;
  readonly kept: Work<Running>;
}

/** Names of rules and states, as a message carries them. */
export interface WorkNames {
  readonly rules: readonly string[];
  readonly metrics: readonly string[];
}

/** The parts of a plan that several threads may find out, each among some of the rows. */
export class Division {
  readonly plan: Plan;
  readonly #rules: ReadonlySet<PlannedRule>;
  readonly #metrics: ReadonlySet<string>;

  constructor(plan: Plan) {
    this.plan = plan;
    this.#rules = new Set(plan.rules);
    this.#metrics = new Set(plan.metrics.map(requestKey));
  }

  divide({ rules, metrics }: Work<Running>): DividedWork {
    const isDealt = ({ planned }: Running) => this.#rules.has(planned);
    const isPart = ({ request }: Work<Running>["metrics"][number]) => this.#metrics.has(requestKey(request));
    return {
      dealt: { rules: rules.filter(isDealt), metrics: metrics.filter(isPart) },
      kept: {
        rules: rules.filter((rule) => !isDealt(rule)),
        metrics: metrics.filter((metric) => !isPart(metric)),
      },
    };
  }
}

/** What a work is made of, by name. */
export function namesOf({ rules, metrics }: Work<Running>): WorkNames {
  return {
    rules: rules.map(({ planned }) => planned.id),
    metrics: metrics.map(({ request }) => requestKey(request)),
  };
}

/**
 * Finds the rules and states that are about each row alone, and whose columns can be sent. Undefined where there are none,
 * or none that has to read values, since what is known without isn't worth a thread.
 */
export function divisionOf(
  plan: Plan,
  schema: Schema,
  keys: readonly ColumnRef[],
  { canSend, hasWholeBlocks }: Dealing,
): Division | undefined {
  const isSent = (use: ColumnUse) => {
    const found = resolveColumn(schema, use);
    return "problem" in found || canSend(schema.fields[found.index]!.type);
  };
  const columnsOf = ({ rule, shown }: PlannedRule) => [...ruleColumns(rule), ...shown, ...keys];
  const rules = plan.rules.filter(
    (planned) => planned.rule.kind === "local" && columnsOf(planned).every(isSent),
  );
  const metrics = plan.metrics.filter(
    (request) =>
      isDivisible(request) &&
      // Sums of a block have the same bits only if one thread has all of its rows.
      (hasWholeBlocks || request.state !== "moments") &&
      requestColumns(request).every(isSent),
  );
  const reads = rules.some(
    ({ rule }) => rule.kind === "local" && leavesOf(rule.test).some(({ op }) => op !== "isNull"),
  );
  const gathers = metrics.some(({ state, where }) => state !== "count" || where !== undefined);
  if (!reads && !gathers) return undefined;
  const uses = [...rules.flatMap(columnsOf), ...metrics.flatMap(requestColumns)];
  return new Division({ rules, metrics, columns: columnIndexes(schema, uses) });
}
