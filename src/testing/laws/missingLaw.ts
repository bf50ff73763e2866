import { type Data, DataType, type Dictionary, Field, Schema, Table } from "apache-arrow";
import fc from "fast-check";
import { resolveColumn } from "../../columns/address.js";
import { batchOf } from "../../columns/batchOf.js";
import { BatchViews } from "../../columns/block.js";
import { builderOf } from "../../columns/builders/builderOf.js";
import { cellText } from "../../columns/cellText.js";
import type { Literal } from "../../columns/literal.js";
import type { AnyUnit } from "../../expectations/unit/unit.js";
import type { Outcome } from "../../results/outcome.js";
import { forAll, type Law, type LawOptions, same } from "./law.js";
import { fittingTables, outcomeOf } from "./unitTables.js";

function plainOf(type: DataType): DataType {
  return DataType.isDictionary(type) ? (type as Dictionary).dictionary : type;
}

/** The values of a table as literals, as far as they are few. */
function literalsOf({ schema, batches }: Table): Literal[] {
  const texts = batches.flatMap((batch) =>
    batch.data.children.flatMap((data, i) => {
      const isBool = DataType.isBool(plainOf(schema.fields[i]!.type));
      const rows = Array.from({ length: Math.min(data.length, 5) }, (_, row) => cellText(data, row));
      return rows.flatMap((text) => (text === null ? [] : [isBool ? text === "true" : text]));
    }),
  );
  return [...new Set(texts)];
}

/** The table, plain, with nulls where the listed values stand. */
function withNulls({ schema, batches }: Table, missing: readonly Literal[]): Table {
  const plain = new Schema(schema.fields.map(({ name, type }) => new Field(name, plainOf(type), true)));
  const addresses = schema.fields.map(({ name }) => resolveColumn(schema, { column: [name], missing }));
  const nulled = batches.map((batch) => {
    const views = new BatchViews(batch);
    const columns = batch.data.children.map((data, i): Data => {
      const builder = builderOf(plain.fields[i]!.type, plain.fields[i]!.name);
      const address = addresses[i]!;
      const view = "problem" in address ? undefined : views.view(address);
      for (let row = 0; row < data.length; row++)
        builder.add(view?.isValid(row) ? cellText(data, row) : null);
      return builder.finish();
    });
    return batchOf(plain, batch.numRows, columns);
  });
  return new Table(plain, nulled);
}

/** What was found, but for what tells a null from a value that counts as one. */
function verdictOf({ status, counts, observed, details, sample }: Outcome) {
  return { status, counts, observed, details, rows: sample?.items.map(({ row }) => row) };
}

/** The law of `missing`: listed values are nulls. */
export function missingLaw(unit: AnyUnit, options: LawOptions = {}): Law {
  const tables = fittingTables(unit).chain((table) =>
    fc.tuple(fc.constant(table), fc.subarray([...literalsOf(table), "N/A", -999])),
  );
  return {
    name: `${unit.type}: the values of \`missing\` are judged as nulls are`,
    check: () =>
      forAll(
        tables,
        async ([table, missing]) => {
          const outcome = await outcomeOf(unit, table, { missing });
          const ofNulls = await outcomeOf(unit, withNulls(table, missing));
          same(`the outcome without ${JSON.stringify(missing)}`, verdictOf(outcome), verdictOf(ofNulls));
        },
        options,
      ),
  };
}
