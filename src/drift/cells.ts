import { memberTest } from "./membership.js";
import type { ColumnProfile, LevelProfile, NumericProfile } from "./profile.js";
import type { Cell } from "./tallies.js";

/** Levels that decide; the rest of the baseline's are one cell. Folding can only lower a distance. */
export const DECIDING_LEVELS = 50;
/** Distinct values up to which numbers are compared value by value. */
const FEW_VALUES = 50;

/** The levels of both sides, one by one where the baseline lists them. */
export interface AlignedLevels {
  /** The baseline's listed levels, the most common first. */
  readonly listed: readonly Cell[];
  /** Rows of levels that the baseline has but doesn't list. */
  readonly other: Cell;
  /** Current rows of levels that the baseline hasn't; undefined where that can't be told. */
  readonly newRows: number | undefined;
  /** New levels that the current side names, the most common first. */
  readonly newLevels: readonly string[];
}

/** True for texts that hardly ever repeat, such as ids: their levels say nothing, their lengths do. */
export function isFreeText({ count, singletons, otherRows }: LevelProfile): boolean {
  return singletons * 2 >= count || otherRows * 2 >= count;
}

/** Puts the levels of two sides beside each other. */
export function alignLevels(baseline: LevelProfile, current: LevelProfile): AlignedLevels {
  const counts = new Map(current.levels);
  const listed = baseline.levels.map(([level, rows]) => {
    const found = counts.get(level) ?? 0;
    counts.delete(level);
    return { label: level, baseline: rows, current: found };
  });
  const isComplete = baseline.otherRows === 0 && baseline.distinctExact;
  const test = baseline.membership && memberTest(baseline.membership);
  let otherRows = current.otherRows;
  let newRows = 0;
  const newLevels: string[] = [];
  for (const [level, rows] of counts) {
    if (rows === 0) continue;
    const isNew = isComplete || (test !== undefined && !test.has(level));
    if (isNew) {
      newRows += rows;
      newLevels.push(level);
    } else otherRows += rows;
  }
  return {
    listed,
    other: { label: "(other levels)", baseline: baseline.otherRows, current: otherRows },
    newRows: isComplete || test ? newRows : undefined,
    newLevels,
  };
}

/** Aligned levels as cells: the baseline's commonest `most`, then the rest, then new ones. */
export function levelCells({ listed, other, newRows = 0 }: AlignedLevels, most: number): Cell[] {
  const rest = listed.slice(most);
  const folded: Cell = {
    label: other.label,
    baseline: other.baseline + rest.reduce((sum, { baseline }) => sum + baseline, 0),
    current: other.current + rest.reduce((sum, { current }) => sum + current, 0),
  };
  const added: Cell = { label: "(new levels)", baseline: 0, current: newRows };
  return [...listed.slice(0, most), folded, added].filter(({ baseline, current }) => baseline + current > 0);
}

/** True where the baseline has so few distinct numbers that they are levels of a kind. */
export function hasFewValues({ places, error }: NumericProfile): boolean {
  return error === 0 && places.values.length <= FEW_VALUES && places.gaps.every((rows) => rows === 0);
}

/** The values of both sides, one by one where the baseline has them. */
export function valueCells(baseline: NumericProfile, current: NumericProfile): Cell[] {
  const counts = new Map(current.places.values.map((value, i) => [value, current.places.at[i]!]));
  const cells = baseline.places.values.map((value, i) => ({
    label: `= ${value}`,
    baseline: baseline.places.at[i]!,
    current: counts.get(value) ?? 0,
  }));
  const known = cells.reduce((sum, cell) => sum + cell.current, 0);
  return known === current.count
    ? cells
    : [...cells, { label: "(other values)", baseline: 0, current: current.count - known }];
}

const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/** Hours of the day where the type tells them, else days of the week; undefined where neither side's are known. */
export function clockCells(baseline: ColumnProfile, current: ColumnProfile): Cell[] | undefined {
  if (!baseline.clock || !current.clock) return undefined;
  const field = baseline.type === "date32" ? "weekdays" : "hours";
  const there = current.clock[field];
  return baseline.clock[field].map((rows, i) => ({
    label: field === "hours" ? `${String(i).padStart(2, "0")}:00` : WEEKDAYS[i]!,
    baseline: rows,
    current: there[i]!,
  }));
}
