import type { Engine } from "../engine.js";
import { type Judge, judgedDuckdb } from "./duckdbEngine.js";
import { forecast, forecastCsv } from "./forecast.js";

/** A forecast may be wrong by as much, and to start DuckDB in vain costs more than to go without it. */
const MARGIN = 0.8;

function lasting(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

const judge: Judge = (source, division, run) => {
  const { rows, csv, description } = source;
  if (run.allColumns) return { isChosen: false, why: "our own reader reads all rows, which are written" };
  if (description.kind === "duckdb") return { isChosen: true, why: "the rows are in DuckDB" };
  if (description.kind !== "parquet" && !csv) {
    return { isChosen: false, why: `DuckDB doesn't read ${description.kind} sources here` };
  }
  const { kept } = division;
  const { ours, duckdb } =
    rows === undefined
      ? forecastCsv(description.bytes ?? 0, kept.metrics.length + kept.rules.length > 0)
      : forecast(source, rows, division, run);
  return {
    isChosen: duckdb <= ours * MARGIN,
    why: `foreseen for one core: ${lasting(duckdb)} with DuckDB, ${lasting(ours)} with our own engine`,
  };
};

/** DuckDB where it is installed and foreseen to be faster, by what both were measured to cost; else our own engine. */
export function autoEngine(): Engine {
  return judgedDuckdb(judge);
}
