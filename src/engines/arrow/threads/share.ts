import { Field, Null, Schema } from "apache-arrow";
import { batchOf } from "../../../columns/batchOf.js";
import { BatchViews, blocksOf } from "../../../columns/block.js";
import { sharedData } from "../../../columns/sharedColumn.js";
import { typeFromName } from "../../../columns/typeFromName.js";
import type { Source } from "../../../io/source.js";
import type { Plan } from "../../../plan/plan.js";
import { hasJsonSchema, hasPattern, type Predicate } from "../../../predicates/predicate.js";
import type { Findings } from "../findings.js";
import { Judging } from "../judging.js";
import type { RunOptions } from "../runOptions.js";
import { type Begin, type JudgeRowGroup, type JudgeRows, READY, type SentColumns } from "./orders.js";

function predicatesOf({ rules, metrics }: Plan): Predicate[] {
  const ofRules = rules.flatMap(({ rule }) => [
    rule.when,
    rule.ignore,
    "test" in rule ? rule.test : undefined,
  ]);
  return [...ofRules, ...metrics.map(({ where }) => where)].filter((part) => part !== undefined);
}

/** The engines of patterns and JSON Schemas, where a plan has some. */
async function compilersFor(plan: Plan): Promise<Pick<RunOptions, "compilePattern" | "compileSchema">> {
  const predicates = predicatesOf(plan);
  return {
    compilePattern: predicates.some(hasPattern)
      ? (await import("../../../predicates/pattern/index.js")).compilePattern
      : undefined,
    compileSchema: predicates.some(hasJsonSchema)
      ? (await import("../../../predicates/text/compileSchema.js")).compileSchema
      : undefined,
  };
}

function schemaOf({ fields }: SentColumns, { columns }: Plan): Schema {
  return new Schema(
    fields.map(([name, type, nullable], index) => {
      return new Field(name, columns.includes(index) ? typeFromName(type) : new Null(), nullable);
    }),
  );
}

/** What one thread does of one run: it judges the rows that it is told to, and keeps what it finds. */
export class Share {
  readonly progress: Int32Array;
  readonly #judging: Judging;
  readonly #source: Source | undefined;
  readonly #sent: Schema;
  readonly #positions: ReadonlyMap<number, number>;

  private constructor(
    judging: Judging,
    schema: Schema,
    { columns }: Plan,
    source: Source | undefined,
    progress: Int32Array,
  ) {
    this.#judging = judging;
    this.#source = source;
    this.#sent = new Schema(columns.map((index) => schema.fields[index]!));
    this.#positions = new Map(columns.map((index, position) => [index, position]));
    this.progress = progress;
  }

  /** Makes everything ready, and says so. Throws what binding and opening throw. */
  static async begin({ from, plan, keys, sample, sampleFrom, progress }: Begin): Promise<Share> {
    const source =
      "fields" in from
        ? undefined
        : await (await import("../../../io/parquetReader.js")).openParquet(from.path, { expected: from });
    const schema = "fields" in from ? schemaOf(from, plan) : source!.schema;
    const options = { functions: new Map(), keys, sample, sampleFrom, ...(await compilersFor(plan)) };
    const judging = new Judging(plan, schema, { ...options, allColumns: false }, () => false);
    Atomics.store(progress, READY, 1);
    return new Share(judging, schema, plan, source, progress);
  }

  get findings(): Findings {
    return this.#judging.findings;
  }

  async judge(order: JudgeRows | JudgeRowGroup): Promise<void> {
    if (order.order === "rows") this.#judgeRows(order);
    else await this.#judgeRowGroup(order);
  }

  #judgeRows({ firstRow, rows, columns }: JudgeRows): void {
    const { fields } = this.#sent;
    const children = columns.map((column, i) => sharedData(fields[i]!.type, column));
    const views = new BatchViews(batchOf(this.#sent, rows, children), this.#positions);
    this.#judging.judge(blocksOf(views, firstRow));
  }

  async #judgeRowGroup({ firstRow, rowGroup, columns, work }: JudgeRowGroup): Promise<void> {
    const positions = new Map(columns.map((index, position) => [index, position]));
    const named = this.#judging.named(work.rules, work.metrics);
    let row = firstRow;
    for await (const batch of this.#source!.batches({ columns, rowGroups: [rowGroup] })) {
      this.#judging.judge(blocksOf(new BatchViews(batch, positions), row), named);
      row += batch.numRows;
    }
  }

  async close(): Promise<void> {
    await this.#source?.close();
  }
}
