import ts from "typescript";
import { describe, expect, it } from "vitest";
import * as catalogue from "../src/expectations/index.js";
import { leadsSomewhere, nodesOf, readSources, type SourceFile } from "./sourceTree.js";

// From the roof to the ground: a room imports from itself and from those after it.
const FLOORS = [
  "entries",
  "cli",
  "testing",
  "interop",
  "validate",
  "suite",
  "expectations",
  "report",
  "drift",
  "engines",
  "plan",
  "metrics",
  "predicates",
  "io",
  "columns",
  "kernels",
  "stats",
  "results",
  "errors",
];

// Rooms that must work for any expectation, so that adding one never touches them.
const NAMELESS = ["engines", "plan", "validate", "report", "interop", "testing", "cli"];

// Words that the rules of these rooms are made of (operators of predicates, directions of an order) and that
// expectations are called by too.
const RULE_WORDS = ["not", "matches", "isNull", "isNaN", "anyOf", "allOf", "increasing", "decreasing"];
const READS_RULES = ["engines", "plan", "validate", "interop", "testing"];

const sources = readSources();
const byPath = new Map(sources.map((file) => [file.path, file]));
const roomOf = (path: string) => path.split("/")[0]!;

const lineOf = (file: SourceFile, node: ts.Node) =>
  file.tree.getLineAndCharacterOfPosition(node.end).line + 1;

/** What a file reaches, through however many imports. */
function reachOf(start: SourceFile): Map<string, string> {
  const via = new Map<string, string>();
  const open = [start];
  for (let file = open.pop(); file; file = open.pop()) {
    for (const { target } of file.imports) {
      const next = target === undefined ? undefined : byPath.get(target);
      if (!next || via.has(next.path)) continue;
      via.set(next.path, file.path);
      open.push(next);
    }
  }
  return via;
}

/** Imports that break a rule, as `file -> target`. */
function importsThat(breaks: (file: SourceFile, target: string) => boolean): string[] {
  return sources.flatMap((file) =>
    file.imports
      .filter(({ target }) => target !== undefined && breaks(file, target))
      .map(({ target }) => `${file.path} -> ${target}`),
  );
}

describe("floors", () => {
  it("are the only rooms", () => {
    expect(sources.filter(({ room }) => !FLOORS.includes(room)).map(({ path }) => path)).toEqual([]);
  });

  it("import from themselves and from below", () => {
    const climbing = importsThat(
      (file, target) => FLOORS.indexOf(roomOf(target)) < FLOORS.indexOf(file.room),
    );
    expect(climbing).toEqual([]);
  });

  it("import files that are there, by their full name", () => {
    const lost = sources.flatMap((file) =>
      file.imports
        .filter(({ specifier, target }) => target !== undefined && !leadsSomewhere(file, specifier))
        .map(({ specifier }) => `${file.path} -> ${specifier}`),
    );
    expect(lost).toEqual([]);
  });

  it("keep expectations and drift away from engines and io", () => {
    const reached = sources
      .filter(({ room }) => room === "expectations" || room === "drift")
      .flatMap((file) =>
        [...reachOf(file)]
          .filter(([path]) => roomOf(path) === "engines" || roomOf(path) === "io")
          .map(([path, via]) => `${file.path} reaches ${path} by ${via}`),
      );
    expect(reached).toEqual([]);
  });

  it("let a report be made of results alone", () => {
    const allowed = ["report", "results", "errors"];
    expect(
      importsThat((file, target) => file.room === "report" && !allowed.includes(roomOf(target))),
    ).toEqual([]);
  });
});

describe("expectations", () => {
  const types = new Set(Object.values(catalogue).map(({ unit }) => unit.type));
  const nameless = sources.filter(({ room }) => NAMELESS.includes(room));

  // `Pick<Table, "schema">` and `Table["schema"]` name a member.
  function namesMember(node: ts.Node): boolean {
    if (!ts.isLiteralTypeNode(node)) return false;
    const { parent } = ts.isUnionTypeNode(node.parent) ? node.parent : node;
    return (
      ts.isIndexedAccessTypeNode(parent) ||
      (ts.isTypeReferenceNode(parent) && /^(?:Pick|Omit)$/.test(parent.typeName.getText()))
    );
  }

  // A word such as "schema" may name anything else; "notNull" is an expectation wherever it stands, except as a member.
  function naming(file: SourceFile, node: ts.Node): boolean {
    if (!ts.isStringLiteralLike(node) && !ts.isIdentifier(node)) return false;
    const ofRules = READS_RULES.includes(file.room) && RULE_WORDS.includes(node.text);
    if (!types.has(node.text) || ofRules || namesMember(node.parent)) return false;
    if (ts.isStringLiteralLike(node)) return true;
    if (!/[A-Z]/.test(node.text)) return false;
    return !(ts.isPropertyAccessExpression(node.parent) && node.parent.name === node);
  }

  it("are named by no room above or below them", () => {
    const named = nameless.flatMap((file) =>
      [...nodesOf(file.tree)]
        .filter((node) => naming(file, node))
        .map((node) => `${file.path}:${lineOf(file, node)} ${node.getText()}`),
    );
    expect(named).toEqual([]);
  });

  it("are imported by no room above or below them", () => {
    const imported = nameless.flatMap((file) =>
      file.imports
        .filter(({ target, names }) => {
          if (target === undefined || roomOf(target) !== "expectations") return false;
          const ofOne = /^expectations\/(\w+)\.ts$/.exec(target)?.[1];
          return types.has(ofOne ?? "") || (ofOne === "index" && names.some((name) => types.has(name)));
        })
        .map(({ specifier, names }) => `${file.path} -> ${specifier} (${names.join(", ")})`),
    );
    expect(imported).toEqual([]);
  });

  it("have one name: of the file, the function and the type", () => {
    const functions = Object.entries(catalogue).map(([name, { unit }]) => [name, unit.type]);
    expect(functions.filter(([name, type]) => name !== type)).toEqual([]);
    const files = sources
      .map(({ path }) => /^expectations\/(\w+)\.ts$/.exec(path)?.[1])
      .filter((name) => name);
    expect(files.filter((name) => name !== "index").sort()).toEqual([...types].sort());
  });
});

describe("entries", () => {
  const entries = sources.filter(({ room }) => room === "entries");

  it("re-export, and do nothing else", () => {
    const doing = entries.flatMap((file) =>
      file.tree.statements
        .filter((statement) => {
          if (ts.isExportDeclaration(statement)) return statement.moduleSpecifier === undefined;
          return !(ts.isImportDeclaration(statement) && statement.importClause === undefined);
        })
        .map((statement) => `${file.path}: ${statement.getText().split("\n")[0]}`),
    );
    expect(doing).toEqual([]);
  });

  it("have a table of contents of 60 lines at most", () => {
    expect(byPath.get("entries/index.ts")!.lines).toBeLessThanOrEqual(60);
  });
});

describe("files", () => {
  it("hold one idea each, in 300 lines at most", () => {
    const long = sources.filter(({ lines }) => lines > 300).map(({ path, lines }) => `${path}: ${lines}`);
    expect(long).toEqual([]);
  });

  it("are named in camelCase for what they hold", () => {
    const vague = /(?:util|helper|manager|misc|common)s?$/i;
    const steps = new Set(sources.flatMap(({ path }) => path.replace(/\.ts$/, "").split("/")));
    expect([...steps].filter((step) => !/^[a-z][A-Za-z0-9]*$/.test(step) || vague.test(step))).toEqual([]);
  });

  it("declare nothing that is called util, helper, manager or I-something", () => {
    const vague = /(?:^|[a-z])(?:Utils?|Helpers?|Managers?)$|^(?:utils?|helpers?|managers?)$|^I[A-Z][a-z]/;
    const declared = sources.flatMap((file) =>
      [...nodesOf(file.tree)]
        .filter((node): node is ts.NamedDeclaration & { name: ts.Identifier } => {
          const named =
            ts.isDeclarationStatement(node) || ts.isVariableDeclaration(node) || ts.isClassLike(node);
          return named && node.name !== undefined && ts.isIdentifier(node.name);
        })
        .map((node) => [file.path, node.name.text] as const),
    );
    expect(declared.filter(([, name]) => vague.test(name))).toEqual([]);
  });

  it("suppress the compiler and the linter ten times at most in all", () => {
    const suppression = /biome-ignore|@ts-(?:expect-error|ignore|nocheck)|eslint-disable/g;
    const places = sources.flatMap(({ path, text }) =>
      [...text.matchAll(suppression)].map(([what]) => `${path}: ${what}`),
    );
    expect(places.length, places.join("\n")).toBeLessThanOrEqual(10);
  });

  it("leave nothing to do", () => {
    const left = sources.flatMap(({ path, text }) =>
      [...text.matchAll(/\b(?:TODO|FIXME|XXX|HACK)\b.*/g)].map(([what]) => `${path}: ${what}`),
    );
    expect(left).toEqual([]);
  });

  it("print from the command only", () => {
    const printing = sources
      .filter(({ room }) => room !== "cli")
      .flatMap((file) =>
        [...nodesOf(file.tree)]
          .filter((node) => ts.isIdentifier(node) && node.text === "console")
          .map(() => file.path),
      );
    expect(printing).toEqual([]);
  });
});
