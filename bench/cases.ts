import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Table, tableFromArrays } from "apache-arrow";
import {
  between,
  matches,
  meanBetween,
  noDrift,
  notNull,
  oneOf,
  readSuite,
  rowCount,
  type Suite,
  schema,
  suite,
  unique,
  type ValidateOptions,
  validate,
} from "veritable";
import { profile } from "veritable/drift";
import { countries, generate } from "./batches.js";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const flightsFile = here("../node_modules/vega-datasets/data/flights-3m.parquet");
const flightsSuite = () => readSuite(here("../suites/flights.json"));

/** The generated file of `rows` rows, written once. */
async function generatedFile(rows: number): Promise<string> {
  await mkdir(here("data"), { recursive: true });
  const file = here(`data/orders-${rows}.parquet`);
  if (!existsSync(file)) {
    await validate(generate(rows), suite("generated", [rowCount({ min: 1 })]), { sinks: { accepted: file } });
  }
  return file;
}

/** Fits every row of the generated table. */
const orders = suite("orders", [
  schema({
    id: "int64",
    price: "float64?",
    qty: "int32?",
    country: "utf8",
    email: "utf8",
    at: "timestamp[us]",
  }),
  rowCount({ min: 1 }),
  notNull("id"),
  unique("id", { keep: "first", onFail: "quarantine" }),
  between("price", { min: 5, max: 100 }, { onFail: "quarantine" }),
  between("qty", { min: 1, max: 100 }, { onFail: "quarantine" }),
  oneOf("country", countries, { onFail: "quarantine" }),
  matches("email", /^[^@]+@[^@]+\.com$/, { onFail: "quarantine" }),
  meanBetween("price", { min: 50, max: 55 }),
]);

/** Asks the same of the same columns, and no row meets it. */
const impossible = suite("impossible", [
  between("price", { min: 500 }, { onFail: "quarantine", nulls: "fail" }),
  between("qty", { min: 500 }, { onFail: "quarantine", nulls: "fail" }),
  oneOf("country", ["nowhere"], { onFail: "quarantine" }),
  matches("email", /^[^@]+@[^@]+\.org$/, { onFail: "quarantine" }),
]);

const possible = suite("possible", [
  between("price", { min: 5, max: 100 }, { onFail: "quarantine" }),
  between("qty", { min: 1, max: 100 }, { onFail: "quarantine" }),
  oneOf("country", countries, { onFail: "quarantine" }),
  matches("email", /^[^@]+@[^@]+\.com$/, { onFail: "quarantine" }),
]);

async function run(file: string, against: Suite, options: ValidateOptions = {}): Promise<number> {
  const done = await validate(file, against, options);
  await done.close();
  return done.rows ?? 0;
}

async function withSinks(file: string, against: Suite): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), "veritable-bench-"));
  try {
    const sinks = {
      accepted: join(folder, "accepted.parquet"),
      quarantined: join(folder, "quarantined.parquet"),
    };
    return await run(file, against, { sinks });
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A column of distinct doubles, spread over 0 to 1 by the golden ratio. */
function doubles(rows: number, shift: number): Table {
  const x = Float64Array.from({ length: rows }, (_, i) => ((i * 0.6180339887498949) % 1) + shift);
  return tableFromArrays({ x });
}

/** What is measured: each returns the rows it read. `prepare` is not timed. */
export const cases: ReadonlyMap<string, { prepare(rows: number): Promise<() => Promise<number>> }> = new Map([
  [
    "flights, 3 M rows of Parquet",
    { prepare: async () => async () => run(flightsFile, await flightsSuite()) },
  ],
  [
    "flights, both Parquet sinks",
    { prepare: async () => async () => withSinks(flightsFile, await flightsSuite()) },
  ],
  [
    "generated Parquet, 6 columns",
    {
      prepare: async (rows: number) =>
        (
          (file) => () =>
            run(file, orders)
        )(await generatedFile(rows)),
    },
  ],
  [
    "generated Parquet, both Parquet sinks",
    {
      prepare: async (rows: number) =>
        (
          (file) => () =>
            withSinks(file, orders)
        )(await generatedFile(rows)),
    },
  ],
  [
    "doubles in memory: one pass of between",
    {
      prepare: async (rows: number) => {
        const table = doubles(rows, 0);
        const checks = suite("range", [between("x", { min: -1, max: 2 })]);
        return async () => (await validate(table, checks)).rows ?? 0;
      },
    },
  ],
  [
    "doubles in memory: profile",
    {
      prepare: async (rows: number) => {
        const table = doubles(rows, 0);
        return async () => (await profile(table)).rows;
      },
    },
  ],
  [
    "doubles in memory: PSI and KS against a baseline",
    {
      prepare: async (rows: number) => {
        const baseline = await profile(doubles(rows, 0));
        const table = doubles(rows, 0.001);
        const checks = suite("drift", [
          noDrift("x", { baseline: "before", statistic: "psi" }),
          noDrift("x", { baseline: "before", statistic: "ks" }),
        ]);
        return async () => (await validate(table, checks, { baselines: { before: baseline } })).rows ?? 0;
      },
    },
  ],
  [
    "four row rules, no row fails",
    {
      prepare: async (rows: number) =>
        (
          (file) => () =>
            run(file, possible)
        )(await generatedFile(rows)),
    },
  ],
  [
    "four row rules, every row fails each",
    {
      prepare: async (rows: number) =>
        (
          (file) => () =>
            run(file, impossible)
        )(await generatedFile(rows)),
    },
  ],
]);
