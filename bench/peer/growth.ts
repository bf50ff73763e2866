import { between, type Expectation, suite, validate } from "veritable";
import { comparisons } from "./inMemory.js";
import { ordersTable } from "./tables.js";
import { timed } from "./timing.js";

/** One point of a growth table. */
export interface GrowthRow {
  readonly name: string;
  readonly rows: number;
  readonly expectations: number;
  /** Milliseconds. */
  readonly median: number;
  readonly nanosecondsPerRow: number;
}

const ROWS = [10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];
const EXPECTATIONS = [1, 2, 5, 10, 20, 50, 100, 200];

async function measured(
  name: string,
  rows: number,
  expectations: readonly Expectation[],
  repeats: number,
  table = ordersTable(rows),
): Promise<GrowthRow> {
  const checks = suite("growth", expectations);
  const { median } = await timed(1, repeats, async () => (await validate(table, checks)).close());
  return { name, rows, expectations: expectations.length, median, nanosecondsPerRow: (median * 1e6) / rows };
}

/** How the time grows with the rows up to `most`, and with the expectations on one column. */
export async function* growth(most: number, repeats: number): AsyncGenerator<GrowthRow> {
  for (const rows of ROWS.filter((count) => count <= most)) {
    const { expectations } = comparisons(rows).find(({ name }) => name === "20 cheap checks")!;
    yield await measured("rows", rows, expectations, repeats);
  }
  const rows = Math.min(most, 1_000_000);
  const table = ordersTable(rows);
  for (const count of EXPECTATIONS) {
    const expectations = Array.from({ length: count }, (_, i) =>
      between("price", { min: 5 - i, max: 100 + i }, { id: `range ${i}` }),
    );
    yield await measured("expectations on one column", rows, expectations, repeats, table);
  }
}
