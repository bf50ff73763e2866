import type { RunJson } from "../../src/results/run.js";

type Outcome = RunJson["outcomes"][number];

const counts = (judged: number, failed: number) => {
  return { rows: 1000, excluded: 0, ignored: 0, nan: 0, nulls: 1000 - judged, judged, failed };
};

const outcomes: Outcome[] = [
  {
    id: "notNull(id)",
    type: "notNull",
    status: "pass",
    columns: ["id"],
    expected: "id is not null",
    message: "all 1,000 rows",
    onFail: "fail",
    counts: counts(1000, 0),
    evidence: "metadata",
  },
  {
    id: "between(qty)",
    type: "between",
    status: "warn",
    columns: ["qty"],
    expected: "qty is between 1 and 100",
    message: "broken by 12 of 997 rows, 1.2 % (3 null)",
    onFail: "quarantine",
    counts: counts(997, 12),
    evidence: "rows",
    sample: {
      items: [
        { row: 17, keys: { id: "a-17" }, values: { qty: 101 } },
        { row: 1999, keys: { id: "a-2000" }, values: { qty: -5 } },
      ],
      total: 12,
      truncated: true,
    },
  },
  {
    id: "meanBetween(price)",
    type: "meanBetween",
    status: "fail",
    columns: ["price"],
    expected: "mean of price is between 9.5 and 12",
    message: "out of bounds",
    description: "prices in euro",
    onFail: "fail",
    observed: 17.25,
    evidence: "summary",
  },
  {
    id: "oneOf(cuntry)",
    type: "oneOf",
    status: "error",
    columns: ["cuntry"],
    expected: 'cuntry is one of ["FR", "US"]',
    message: 'no column "cuntry"; did you mean "country"?',
    onFail: "fail",
    error: { code: "config/unknown-name", message: 'no column "cuntry"; did you mean "country"?' },
  },
  {
    id: "spread",
    type: "stdevBetween",
    status: "skipped",
    columns: ["price"],
    expected: "standard deviation of price is at most 3",
    message: "no row met the condition",
    onFail: "fail",
  },
];

/** A run with an outcome of every status. */
export const ordersRun: RunJson = {
  format: "veritable/run",
  version: 1,
  level: "sample",
  library: "0.1.0",
  status: "error",
  suite: { name: "orders", hash: "00ff" },
  reasons: [
    {
      kind: "quarantineBudget",
      status: "fail",
      message: "1.2 % of rows are quarantined; at most 1 % may be",
    },
  ],
  summary: { expectations: 5, pass: 1, warn: 1, fail: 1, error: 1, skipped: 1 },
  rows: 1000,
  accepted: { rows: 988 },
  quarantined: { rows: 12, file: "out/bad.parquet" },
  outcomes,
  cooccurrence: {
    sets: [
      { rules: ["between(qty)"], rows: 9 },
      { rules: ["between(qty)", "matches(email)"], rows: 3 },
    ],
    total: 2,
    truncated: false,
  },
  startedAt: "2025-01-02T03:04:05.678Z",
  durationMs: 41.3,
  engine: "arrow",
  source: { kind: "parquet", path: "data/orders.parquet", bytes: 1_234_567 },
};

/** A run of many outcomes, of which the first `failing` fail. */
export function manyOutcomes(total: number, failing: number): RunJson {
  const made = Array.from({ length: total }, (_, nth): Outcome => {
    const column = `column_${nth}`;
    const type = nth % 3 === 0 ? "between" : "notNull";
    const base = { id: `${type}(${column})`, type, columns: [column], expected: `${column} holds` };
    return nth < failing
      ? {
          ...base,
          status: "fail",
          message: "broken by 2 of 9 rows, 22.2 %",
          sample: { items: [{ row: 3, values: { [column]: 1 } }], total: 2, truncated: true },
        }
      : { ...base, status: "pass", message: "all 9 rows" };
  });
  const { cooccurrence: _, ...rest } = ordersRun;
  const summary = {
    expectations: total,
    pass: total - failing,
    warn: 0,
    fail: failing,
    error: 0,
    skipped: 0,
  };
  return { ...rest, status: "fail", reasons: [], summary, outcomes: made };
}
