import { type Data, DataType } from "apache-arrow";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cellText } from "../../src/columns/cellText.js";
import { joinParts } from "../../src/columns/joinParts.js";
import { typeName } from "../../src/columns/typeName.js";
import { ColumnView } from "../../src/columns/view.js";
import { anyColumn } from "../../src/testing/arbitraries.js";
import { FLAT_TYPES } from "../../src/testing/flatTypes.js";

const texts = (data: Data) => Array.from({ length: data.length }, (_, row) => cellText(data, row));
const plain = FLAT_TYPES.filter((make) => !DataType.isDictionary(make()));

describe("parts of a column, joined", () => {
  it.each(plain.map((make) => [typeName(make()), make] as const))("%s: hold the same values", (_, make) => {
    const type = make();
    const parts = fc
      .array(fc.nat({ max: 9 }), { minLength: 1, maxLength: 4 })
      .chain((sizes) => fc.tuple(...sizes.map((size) => anyColumn(type, size))));
    fc.assert(
      fc.property(parts, (of) => {
        const joined = joinParts(type, of);
        expect(texts(joined)).toEqual(of.flatMap(texts));
        expect(joined.nullCount).toBe(
          DataType.isNull(type) ? joined.nullCount : of.reduce((sum, part) => sum + part.nullCount, 0),
        );
        const view = new ColumnView(joined);
        expect(Array.from({ length: view.length }, (_, row) => view.isValid(row))).toEqual(
          of.flatMap(texts).map((text) => text !== null),
        );
      }),
    );
  });
});
