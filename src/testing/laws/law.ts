import type { Table } from "apache-arrow";
import fc from "fast-check";
import { isRecordBatch, isTable } from "../../columns/arrowShape.js";
import { cellText } from "../../columns/cellText.js";
import { typeName } from "../../columns/typeName.js";
import { canonicalJson } from "../../plan/request.js";

/** One promise, and the check that it is kept. */
export interface Law {
  readonly name: string;
  /** Resolves when the law holds. Throws an Error that shows the smallest input found on which it doesn't. */
  check(): Promise<void>;
}

/** How hard laws are tried. */
export interface LawOptions {
  /** Arbitrary inputs for each law; 50 by default. */
  readonly runs?: number;
}

const DEFAULT_RUNS = 50;

/** Throws an Error when two values that should be equal aren't; numbers are told apart by their bits. */
export function same(what: string, actual: unknown, wanted: unknown): void {
  const [is, shouldBe] = [canonicalJson(actual), canonicalJson(wanted)];
  if (is !== shouldBe) throw new Error(`${what}: ${is} is not ${shouldBe}`);
}

/** Throws an Error when something isn't so. */
export function holds(what: string, isSo: boolean): void {
  if (!isSo) throw new Error(what);
}

function tableText({ schema, batches }: Pick<Table, "schema" | "batches">): string {
  const columns = schema.fields.map(({ name, type }, i) => {
    const cells = batches.map((batch) =>
      Array.from({ length: batch.numRows }, (_, row) =>
        JSON.stringify(cellText(batch.data.children[i]!, row)),
      ),
    );
    return `${JSON.stringify(name)}: ${typeName(type)} [${cells.map((batch) => batch.join(", ")).join(" | ")}]`;
  });
  return `{ ${columns.join(", ")} }`;
}

/** A value as a counterexample shows it: tables column by column, batches apart. */
export function shown(value: unknown): string {
  if (isTable(value)) return tableText(value);
  if (isRecordBatch(value)) return tableText({ schema: value.schema, batches: [value] });
  if (Array.isArray(value)) return `[${value.map(shown).join(", ")}]`;
  const isRecord =
    typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
  if (!isRecord) return fc.stringify(value);
  return `{${Object.entries(value)
    .map(([key, part]) => ` ${key}: ${shown(part)}`)
    .join(",")} }`;
}

/** Checks that something holds of all values. Throws an Error that shows the smallest one found that breaks it. */
export async function forAll<T>(
  values: fc.Arbitrary<T>,
  check: (value: T) => void | Promise<void>,
  { runs = DEFAULT_RUNS }: LawOptions = {},
): Promise<void> {
  const property = fc.asyncProperty(values, async (value) => {
    await check(value);
  });
  const found = await fc.check(property, { numRuns: runs });
  if (!found.failed) return;
  const { errorInstance: cause, counterexample, seed, counterexamplePath: path } = found;
  const why = cause instanceof Error ? cause.message : String(cause);
  const input = counterexample ? shown(counterexample[0]) : "no input";
  throw new Error(`${why}\n  on ${input}\n  (fast-check seed ${seed}, path ${JSON.stringify(path)})`, {
    cause,
  });
}
