import { tableFromArrays } from "apache-arrow";
import {
  between,
  matches,
  notNull,
  percent,
  schema,
  suite,
  suiteFromText,
  unique,
  validate,
} from "veritable";

const rules = [
  schema({ id: "int32", email: "utf8?", price: "float64" }, { extra: "fail" }),
  unique("id"),
  notNull("email", { onFail: "quarantine" }),
  matches("email", /^[^@\s]+@[^@\s]+$/, { onFail: "quarantine" }),
  between("price", { min: 0 }, { tolerate: { fail: percent(50) } }),
] as const;

const STORED = `
name: stored
expectations:
  - { type: oneOf, column: email, values: [ada@example.com], onFail: warn }
`;

/** What a run says that doesn't depend on when and where it ran. */
export interface Verdict {
  readonly status: string;
  readonly messages: readonly (readonly [string, string, string])[];
  readonly quarantined: readonly (readonly [string, string])[];
}

/** Validates a small table, with everything that is loaded on demand and needs no file. */
export async function verdicts(): Promise<Verdict[]> {
  const table = tableFromArrays({
    id: Int32Array.of(1, 2, 3, 3),
    email: ["ada@example.com", null, "bob", "eve@example.com"],
    price: Float64Array.of(1.5, -1, Number.NaN, 2),
  });
  const suites = [suite("built", rules), await suiteFromText(STORED, "yaml")];
  return Promise.all(
    suites.map(async (rules) => {
      const run = await validate(table, rules);
      const moved = await run.quarantined.table();
      return {
        status: run.status,
        messages: run.outcomes.map(({ id, status, message }) => [id, status, message] as const),
        quarantined: moved.toArray().map((row) => [String(row._row), [...row._rules].join()] as const),
      };
    }),
  );
}

/** What becomes of a path where there are no files: the name and the code of the error. */
export async function pathRefusal(): Promise<string> {
  try {
    await validate("orders.parquet", suite("built", rules));
    return "read";
  } catch (error) {
    const { name, code, message } = error as Error & { code?: string };
    return `${name} ${code}: ${message}`;
  }
}
