const TYPES = [
  "int64",
  "utf8",
  "float64?",
  "timestamp[us, UTC]",
  "bool",
  "date32?",
  "decimal128(10, 2)",
  "dictionary<int32, utf8>",
  "struct<part: int64>",
  "int32",
];

const columnAt = (i: number) => `column${i % 60}`;

const RULES = [
  (i: number) => `v.notNull("${columnAt(i)}")`,
  (i: number) =>
    `v.between("${columnAt(i * 10)}", { min: 1 }, { tolerate: { warn: v.rows(1), fail: v.percent(1) } })`,
  (i: number) => `v.meanBetween("${columnAt(i * 10 + 2)}", { min: 1 }, { onFail: "warn" })`,
  (i: number) => `v.matches("${columnAt(i * 10 + 1)}", /x/, { onFail: "quarantine", nulls: "fail" })`,
  (i: number) => `v.notNull("${columnAt(i * 10 + 8)}.part", { when: { column3: { isNull: false } } })`,
  (i: number) => `v.anyOf([v.oneOf("${columnAt(i * 10 + 9)}", [1]), v.notNull("${columnAt(i)}")])`,
];

/** The text of a suite of so many expectations under a schema of 60 columns. */
export function largeSuite(expectations: number): string {
  const columns = Array.from({ length: 60 }, (_, i) => `${columnAt(i)}: "${TYPES[i % TYPES.length]}"`);
  const rules = Array.from({ length: expectations }, (_, i) => RULES[i % RULES.length]!(i));
  return [
    'import * as v from "veritable";',
    `export const large = v.suite("large", [v.schema({ ${columns.join(", ")} }),`,
    ...rules.map((rule) => `  ${rule},`),
    "]);",
  ].join("\n");
}
