import { parentPort } from "node:worker_threads";
import { Field, Null, Schema } from "apache-arrow";
import { batchOf } from "../../../columns/batchOf.js";
import { BatchViews, blocksOf } from "../../../columns/block.js";
import { sharedData } from "../../../columns/sharedColumn.js";
import { typeFromName } from "../../../columns/typeFromName.js";
import { hasJsonSchema, hasPattern, type Predicate } from "../../../predicates/predicate.js";
import { Judging } from "../judging.js";
import { type Answer, type Begin, DONE, type Judge, type Order, READY } from "./orders.js";

/** One run's share of this thread. */
interface Share {
  judge(order: Judge): void;
  end(): Answer;
}

function predicatesOf({ rules, metrics }: Begin): Predicate[] {
  const ofRules = rules.flatMap(({ rule }) => [
    rule.when,
    rule.ignore,
    "test" in rule ? rule.test : undefined,
  ]);
  return [...ofRules, ...metrics.map(({ where }) => where)].filter((part) => part !== undefined);
}

async function begin(order: Begin): Promise<Share> {
  const { fields, columns, rules, metrics, keys, sample, sampleFrom, progress } = order;
  const schema = new Schema(
    fields.map(([name, type, nullable], index) => {
      return new Field(name, columns.includes(index) ? typeFromName(type) : new Null(), nullable);
    }),
  );
  const predicates = predicatesOf(order);
  const compilePattern = predicates.some(hasPattern)
    ? (await import("../../../predicates/pattern/index.js")).compilePattern
    : undefined;
  const compileSchema = predicates.some(hasJsonSchema)
    ? (await import("../../../predicates/text/compileSchema.js")).compileSchema
    : undefined;
  const options = { functions: new Map(), compilePattern, compileSchema, keys, sample, sampleFrom };
  const judging = new Judging(
    { rules, metrics, columns },
    schema,
    { ...options, allColumns: false },
    () => false,
  );
  const sent = new Schema(columns.map((index) => schema.fields[index]!));
  const positions = new Map(columns.map((index, position) => [index, position]));
  let problem: string | undefined;
  Atomics.store(progress, READY, 1);

  return {
    judge({ firstRow, rows, columns: shared }) {
      try {
        const children = shared.map((column, i) => sharedData(sent.fields[i]!.type, column));
        const views = new BatchViews(batchOf(sent, rows, children), positions);
        if (problem === undefined) judging.judge(blocksOf(views, firstRow));
      } catch (error) {
        problem = error instanceof Error ? error.message : String(error);
      }
      Atomics.add(progress, DONE, rows);
    },
    end: () => (problem === undefined ? { findings: judging.findings } : { problem }),
  };
}

let share: Promise<Share> | undefined;

parentPort!.on("message", async (order: Order) => {
  if (order.order === "begin") {
    share = begin(order);
    share.catch(() => {});
    return;
  }
  // Each waits for the same promise, so they go on in the order they came in.
  try {
    const current = await share!;
    if (order.order === "judge") current.judge(order);
    else parentPort!.postMessage(current.end());
  } catch (error) {
    if (order.order === "end") parentPort!.postMessage({ problem: String(error) } satisfies Answer);
  }
});
