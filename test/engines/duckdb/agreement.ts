import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Table } from "apache-arrow";
import { type Run, type SourceInput, type Suite, type ValidateOptions, validate } from "veritable";
import { openSink } from "../../../src/io/openSink.js";
import { literalsOf } from "./anyExpectation.js";

/** A folder for the length of `use`. */
export async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "veritable-duckdb-"));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Writes a table to a file by its extension, and says where. */
export async function written(table: Table, file: string): Promise<string> {
  const sink = await openSink(file, table.schema);
  try {
    for (const batch of table.batches) await sink.write(batch);
    return await sink.commit();
  } catch (error) {
    await sink.abort();
    throw error;
  }
}

/** The largest number of a table, times its rows. */
export function scaleOf(table: Table): number {
  const numbers = table.schema.fields.flatMap(({ name }) => literalsOf(table, name).map(Number));
  const finite = numbers.filter(Number.isFinite).map(Math.abs);
  return Math.max(1, ...finite) * Math.max(1, table.numRows);
}

/** What a run is compared by: everything but who found it out, when, and by which step. */
async function seen(run: Run) {
  const { outcomes, rows, reasons, status, cooccurrence } = run.toJSON({ level: "full" });
  const quarantined: string[] = [];
  // Of a run that came to no end, no rows can be told.
  const table = rows === null ? [] : await run.quarantined.table();
  for (const row of table) {
    const { _row, _rules } = row as unknown as { _row: bigint; _rules: Iterable<string> };
    quarantined.push(`${_row} ${[..._rules].join(", ")}`);
  }
  const told = outcomes.map(({ evidence: _, ...outcome }) => outcome);
  return { outcomes: told, rows, reasons, status, cooccurrence, quarantined };
}

/** Expectations that read a sum of floats, which depends on the order of adding. */
const OF_SUMS = new Set(["meanBetween", "stdevBetween", "sumBetween", "meanNear"]);

const NUMBERS = /-?\d[\d,]*(?:\.\d+)?(?:e[+-]?\d+)?/g;

/** A value whose numbers are within 1e-12 of `scale`, or the same; beyond a double's range there is no order to compare. */
function isNear(a: unknown, b: unknown, scale: number): boolean {
  if (isDeepStrictEqual(a, b)) return true;
  const [x, y] = [JSON.stringify(a) ?? "", JSON.stringify(b) ?? ""];
  if (x.replace(NUMBERS, "#") !== y.replace(NUMBERS, "#")) return !Number.isFinite(scale);
  const [xs, ys] = [x, y].map((text) =>
    (text.match(NUMBERS) ?? []).map((number) => Number(number.replaceAll(",", ""))),
  );
  return xs!.every((number, i) => Math.abs(number - ys![i]!) <= 1e-12 * scale || !Number.isFinite(scale));
}

type Seen = Awaited<ReturnType<typeof seen>>;

/** Whether two runs agree: in everything but the sums of floats exactly, and in those within 1e-12 of `scale`. */
export function agrees(a: Seen, b: Seen, scale: number): boolean {
  const told = ({ outcomes, ...rest }: Seen) => ({
    ...rest,
    outcomes: outcomes.map(({ observed, message, details, ...exact }) =>
      OF_SUMS.has(exact.type) ? exact : { ...exact, observed, message, details },
    ),
  });
  return (
    isDeepStrictEqual(told(a), told(b)) &&
    a.outcomes.every(
      ({ observed, message }, i) =>
        isNear(observed, b.outcomes[i]!.observed, scale) && isNear(message, b.outcomes[i]!.message, scale),
    )
  );
}

/** The results of both engines, and which engine the second one turned out to be. */
export async function both(input: SourceInput, of: Suite, options: ValidateOptions = {}) {
  const reference = await validate(input, of, options);
  const run = await validate(input, of, { engine: "duckdb", ...options });
  try {
    const { engine, engineReason } = run.toJSON();
    return { arrow: await seen(reference), duckdb: await seen(run), engine, engineReason };
  } finally {
    await Promise.all([reference.close(), run.close()]);
  }
}
