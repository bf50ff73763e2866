import type { RecordBatch, Schema, Table } from "apache-arrow";

type Loose = Record<PropertyKey, unknown>;

function isObject(value: unknown): value is Loose {
  return typeof value === "object" && value !== null;
}

function isSchema(value: unknown): value is Schema {
  if (!isObject(value) || !Array.isArray(value.fields)) return false;
  return value.fields.every(
    (field: unknown) =>
      isObject(field) &&
      typeof field.name === "string" &&
      isObject(field.type) &&
      typeof field.type.typeId === "number",
  );
}

function isData(value: unknown): boolean {
  return isObject(value) && typeof value.length === "number" && isObject(value.type);
}

/** True for an Arrow record batch, whichever copy of apache-arrow made it. */
export function isRecordBatch(value: unknown): value is RecordBatch {
  if (!isObject(value) || !isSchema(value.schema) || !isObject(value.data)) return false;
  const { length, children } = value.data;
  return (
    typeof length === "number" &&
    Array.isArray(children) &&
    children.length === value.schema.fields.length &&
    children.every(isData)
  );
}

/** True for an Arrow table, whichever copy of apache-arrow made it. */
export function isTable(value: unknown): value is Table {
  return (
    isObject(value) &&
    isSchema(value.schema) &&
    Array.isArray(value.batches) &&
    value.batches.every(isRecordBatch)
  );
}

/** What a value is, in a few words, for the error that says it isn't Arrow data. */
export function describeValue(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === "string") return `the text ${JSON.stringify(value.slice(0, 40))}`;
  if (typeof value !== "object") return `a ${typeof value}`;
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (ArrayBuffer.isView(value)) return `${value.byteLength} bytes`;
  if (isTable(value)) return "an Arrow table";
  if (isRecordBatch(value)) return "an Arrow record batch";
  const name: unknown = Object.getPrototypeOf(value)?.constructor?.name;
  const keys = Object.keys(value).slice(0, 5);
  const kind = typeof name === "string" && name !== "" && name !== "Object" ? `a ${name}` : "an object";
  return keys.length === 0 ? kind : `${kind} with the keys ${keys.join(", ")}`;
}
