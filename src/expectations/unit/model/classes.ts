import { DataType, type Dictionary } from "apache-arrow";
import type { ColumnAddress } from "../../../columns/address.js";
import type { ColumnRef } from "../../../columns/columnUse.js";
import { formatExact, parseExact } from "../../../columns/exactNumber.js";
import { bindLiteral, type Literal } from "../../../columns/literal.js";
import { logicalName } from "../../../columns/typeName.js";
import { ConfigError } from "../../../errors/index.js";
import type { PairCountsState } from "../../../metrics/pairCounts.js";
import type { PairKey } from "../../../metrics/pairKey.js";
import { type Reading, readCounts, type Where } from "./reading.js";

/** A column of class labels, and one of predicted classes. */
export interface LabelAndPrediction<L extends ColumnRef = ColumnRef, P extends ColumnRef = ColumnRef> {
  readonly label: L;
  readonly prediction: P;
}

/** Labels and predictions counted by class. */
export interface Classes {
  /** A row for each label, a column for each prediction. */
  readonly matrix: readonly (readonly number[])[];
  /** The place of a class; undefined when no row is of it, nor predicted so. Throws ConfigError on a misfit. */
  place(value: Literal): number | undefined;
}

/** The kinds of column that classes stand in. */
export const CLASS_KINDS = ["number", "string", "bool"] as const;
export type ClassKind = (typeof CLASS_KINDS)[number];

const MOST_PAIRS = 2 ** 20;
const MOST_CLASSES = 1000;

const withoutZeros = (text: string): string => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);

/** A class as text that is equal for equal values of any two columns of one kind. */
function classText({ type }: ColumnAddress, key: NonNullable<PairKey>): string {
  if (typeof key === "string") return key;
  const plain = DataType.isDictionary(type) ? (type as Dictionary).dictionary : type;
  return DataType.isDecimal(plain) ? withoutZeros(formatExact(BigInt(key), plain.scale)) : String(key);
}

function literalText(address: ColumnAddress, value: Literal): string {
  if (address.kind !== "null") {
    const bound = bindLiteral(address.type, value);
    if ("problem" in bound)
      throw new ConfigError("config/bad-value", `positive: ${bound.problem}`, { value });
  }
  if (typeof value === "boolean") return String(Number(value));
  const exact = address.kind === "number" ? parseExact(value as number | string) : undefined;
  return exact ? withoutZeros(formatExact(exact.unscaled, exact.scale)) : String(value);
}

function checkKinds({ left, right }: PairCountsState): void {
  if (left.kind === right.kind || left.kind === "null" || right.kind === "null") return;
  throw new ConfigError(
    "config/bad-value",
    `${JSON.stringify(left.name)} is ${logicalName(left.type)} and ${JSON.stringify(right.name)} is ${logicalName(right.type)}: such a label and such a prediction never agree`,
  );
}

function tooMany(what: string): ConfigError {
  return new ConfigError("config/bad-value", `more than ${what}: the columns hold no classes`);
}

/** Class labels and predictions, compared by value. */
export const classes: Reading<LabelAndPrediction, ReturnType<typeof requests>, Classes> = {
  columns: ({ label, prediction }) => [
    [label, CLASS_KINDS],
    [prediction, CLASS_KINDS],
  ],
  requests,
  read({ pairs }, _params, nan) {
    checkKinds(pairs);
    if (pairs.overflowed) throw tooMany(`${MOST_PAIRS.toLocaleString("en-US")} pairs of values`);
    const raw = { rows: pairs.rows, unlabelled: 0, unpredicted: 0, nanLabels: 0, nanPredictions: 0 };
    const counted: [label: string, prediction: string, rows: number][] = [];
    for (const [label, prediction, rows] of pairs.pairs()) {
      if (label === null) raw.unlabelled += rows;
      else if (Number.isNaN(label)) raw.nanLabels += rows;
      else if (prediction === null) raw.unpredicted += rows;
      else if (Number.isNaN(prediction)) raw.nanPredictions += rows;
      else counted.push([classText(pairs.left, label), classText(pairs.right, prediction), rows]);
    }
    const names = [
      ...new Set([...counted.map(([label]) => label), ...counted.map(([, prediction]) => prediction)]),
    ].sort();
    if (names.length > MOST_CLASSES) throw tooMany(`${MOST_CLASSES.toLocaleString("en-US")} classes`);
    const places = new Map(names.map((name, nth) => [name, nth]));
    const matrix = names.map(() => new Array<number>(names.length).fill(0));
    for (const [label, prediction, rows] of counted)
      matrix[places.get(label)!]![places.get(prediction)!]! += rows;
    return {
      ...readCounts(raw, nan),
      data: {
        matrix,
        place(value) {
          // It has to fit both columns, or it would be found in one of them alone.
          literalText(pairs.right, value);
          return places.get(literalText(pairs.left, value));
        },
      },
    };
  },
};

function requests({ label, prediction }: LabelAndPrediction, where: Where) {
  return {
    pairs: { state: "pairCounts" as const, column: label, beside: prediction, most: MOST_PAIRS, ...where },
  };
}
