import { tenths } from "./bins.js";
import {
  alignLevels,
  clockCells,
  DECIDING_LEVELS,
  hasFewValues,
  isFreeText,
  levelCells,
  valueCells,
} from "./cells.js";
import type { Statistic } from "./comparison.js";
import type { Assessed, Measured, Stated } from "./draft.js";
import { cellEffect, type Effect, ksEffect, meanEffect, wassersteinEffect } from "./effects.js";
import { levelFindings, missingFindings, rangeFinding, typeFinding } from "./findings.js";
import type { ColumnProfile, LevelProfile, NumericProfile } from "./profile.js";
import { pair } from "./ranks.js";
import { type ColumnSettings, type Deciding, type Settled, thresholdOf } from "./settings.js";
import { cellStatistics, numberStatistics } from "./statistics.js";
import type { Cell } from "./tallies.js";

/** The shape of a column as it can be compared: which statistics there are, and which decides unless told otherwise. */
interface Shape {
  readonly usual: Deciding;
  readonly cells: readonly Cell[];
  readonly statistics: readonly Statistic[];
  effect(statistic: Deciding): Effect | undefined;
}

/** Rows without a value are a cell of their own, where there are any. */
function missingCell(before: ColumnProfile, now: ColumnProfile): Cell[] {
  const missing = ({ nulls, nans }: ColumnProfile): number => nulls + nans;
  const cell = { label: "(missing)", baseline: missing(before), current: missing(now) };
  return cell.baseline + cell.current > 0 ? [cell] : [];
}

function numberShape(before: NumericProfile, now: NumericProfile, missing: readonly Cell[]): Shape {
  const paired = pair(before, now);
  const few = hasFewValues(before);
  const cells = [...(few ? valueCells(before, now) : tenths(before, now)), ...missing];
  return {
    usual: few ? "tvd" : "ks",
    cells,
    statistics: [...numberStatistics(paired, before, now), ...cellStatistics(cells)],
    effect(statistic) {
      if (statistic === "ks") return ksEffect(paired);
      if (statistic === "wasserstein") return wassersteinEffect(paired, before);
      return statistic === "mean" ? meanEffect(before, now) : cellEffect(statistic, cells);
    },
  };
}

function cellShape(deciding: readonly Cell[], all: readonly Cell[], missing: readonly Cell[]): Shape {
  const cells = [...deciding, ...missing];
  return {
    usual: "tvd",
    cells,
    statistics: cellStatistics([...all, ...missing]),
    effect: (statistic) => cellEffect(statistic, cells),
  };
}

type Levelled = ColumnProfile & { readonly levels: LevelProfile };

/** Levels that can be compared on both sides: a boolean's, or a text's whose levels repeat. */
function hasLevels(before: ColumnProfile, now: ColumnProfile): before is Levelled {
  return (
    before.levels !== undefined &&
    now.levels !== undefined &&
    !(before.lengths !== undefined && isFreeText(before.levels))
  );
}

function shapeOf(before: ColumnProfile, now: ColumnProfile): Shape | string {
  const missing = missingCell(before, now);
  const clock = clockCells(before, now);
  if (clock) return total(clock) ? cellShape(clock, clock, missing) : "no value on one side";
  if (hasLevels(before, now)) {
    const aligned = alignLevels(before.levels, now.levels!);
    const all = levelCells(aligned, aligned.listed.length);
    return total(all)
      ? cellShape(levelCells(aligned, DECIDING_LEVELS), all, missing)
      : "no value on one side";
  }
  const [a, b] = [before.numbers ?? before.lengths, now.numbers ?? now.lengths];
  if (!a || !b) return "the baseline doesn't tell enough of the values";
  return a.count > 0 && b.count > 0 ? numberShape(a, b, missing) : "no value on one side";
}

function total(cells: readonly Cell[]): boolean {
  return cells.some(({ baseline }) => baseline > 0) && cells.some(({ current }) => current > 0);
}

function shapeFinding(shape: Shape, { shift, alpha }: Settled, settings: ColumnSettings): Measured | Stated {
  const statistic = settings.statistic ?? shape.usual;
  const effect = shape.effect(statistic);
  if (!effect) {
    const why =
      statistic === "wasserstein" || statistic === "mean"
        ? "there is no spread to measure in"
        : "it has none";
    return { kind: "shape", stated: "notComparable", message: `${statistic} doesn't fit the column: ${why}` };
  }
  const threshold = settings.threshold ?? thresholdOf(statistic, shift);
  return {
    kind: "shape",
    subject: statistic,
    statistic,
    effect: effect.effect,
    threshold,
    upper: effect.upper,
    pValue: effect.pValue,
    settles: (rows) => {
      const { upper, pValue } = effect.ahead(rows);
      return effect.lasting >= threshold ? pValue <= alpha : upper < threshold;
    },
  };
}

const valuesOf = ({ rows, nulls, nans }: ColumnProfile): number => rows - nulls - nans;

function binsOf(cells: readonly Cell[]): Assessed["bins"] {
  const n = cells.reduce((sum, { baseline }) => sum + baseline, 0);
  const m = cells.reduce((sum, { current }) => sum + current, 0);
  return cells.map(({ label, baseline, current }) => ({
    label,
    baseline: n === 0 ? 0 : baseline / n,
    current: m === 0 ? 0 : current / m,
  }));
}

/**
 * Measures how a column differs from its baseline, in the order in which findings are told. P-values are raw: they are
 * adjusted when the columns are looked at together.
 */
export function assessColumn(
  before: ColumnProfile,
  now: ColumnProfile,
  settled: Settled,
  settings: ColumnSettings,
): Assessed {
  const found = {
    column: before.name,
    rows: now.rows,
    values: { baseline: valuesOf(before), current: valuesOf(now) },
  };
  const nothing = { ...found, statistics: [], bins: [] };
  const type = typeFinding(before, now);
  if (type) return { ...nothing, drafts: [type] };
  if (before.rows === 0) {
    const message = "the baseline has no rows";
    return { ...nothing, drafts: [{ kind: "rowCount", stated: "notComparable", message }] };
  }
  if (now.rows === 0)
    return {
      ...nothing,
      drafts: [{ kind: "rowCount", stated: "inconclusive", message: "there are no rows" }],
    };
  const drafts: (Measured | Stated)[] = missingFindings(before, now, settled.shift);
  const shape = shapeOf(before, now);
  if (hasLevels(before, now) && before.levels.count > 0 && now.levels!.count > 0) {
    const aligned = alignLevels(before.levels, now.levels!);
    drafts.push(...levelFindings(before.levels, aligned, now.levels!.count, settled.shift));
  }
  const range = before.clock ? undefined : rangeFinding(before, now, settled.shift);
  if (range) drafts.push(range);
  if (typeof shape === "string") {
    const hasValues = found.values.baseline > 0 && found.values.current > 0;
    const isNested = before.kind === "nested";
    if (hasValues && !isNested) drafts.push({ kind: "shape", stated: "notComparable", message: shape });
    return { ...nothing, drafts };
  }
  return {
    ...found,
    drafts: [...drafts, shapeFinding(shape, settled, settings)],
    statistics: shape.statistics,
    bins: binsOf(shape.cells),
  };
}
