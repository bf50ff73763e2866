import { z } from "zod";
import { parameterSchema } from "../src/expectations/unit/parameter.js";

/** A JSON Schema, as far as it is looked into. */
interface Node {
  $ref?: string;
  anyOf?: Node[];
  items?: Node;
  properties?: Record<string, Node>;
  additionalProperties?: Node | boolean;
  $defs?: Record<string, Node>;
}

const PARAMETER = "parameter";
const HERE = "#/$defs/";

// What an author says of an expectation, and the names of columns, are no values.
const NO_VALUES = ["type", "id", "description", "tags", "meta", "column", "columns", "left", "right"];

/** The node with the definitions it refers to in their places. */
function inlined(node: Node, defs: Readonly<Record<string, Node>>): Node {
  const text = JSON.stringify(node, (_, part: Node) => {
    const name = part?.$ref?.slice(HERE.length);
    return name === undefined ? part : inlined(defs[name]!, defs);
  });
  return JSON.parse(text) as Node;
}

/** Lets a parameter stand for every value inside of the expectations of a suite's JSON Schema. */
export function openSchema(schema: object): object {
  const root = structuredClone(schema) as Node & { $defs: Record<string, Node> };
  const { $defs: defs, properties = {} } = root;
  // The suite's own policy has values, and shares definitions with expectations.
  for (const [key, node] of Object.entries(properties)) {
    if (key !== "expectations") properties[key] = inlined(node, defs);
  }
  const seen = new Set<Node>();
  const value = (node: Node): Node => {
    visit(node);
    return { anyOf: [node, { $ref: `${HERE}${PARAMETER}` }] };
  };
  const visit = (node: Node): void => {
    if (seen.has(node)) return;
    seen.add(node);
    if (node.$ref !== undefined) visit(defs[node.$ref.slice(HERE.length)]!);
    for (const part of node.anyOf ?? []) visit(part);
    for (const [key, part] of Object.entries(node.properties ?? {})) {
      if (!NO_VALUES.includes(key)) node.properties![key] = value(part);
    }
    if (node.items) node.items = value(node.items);
    if (typeof node.additionalProperties === "object") {
      node.additionalProperties = value(node.additionalProperties);
    }
  };
  const list = defs[properties.expectations!.$ref!.slice(HERE.length)]!;
  visit(list.items!);
  const { $schema: _, ...parameter } = z.toJSONSchema(parameterSchema) as Node & { $schema?: string };
  defs[PARAMETER] = parameter;
  return root;
}
