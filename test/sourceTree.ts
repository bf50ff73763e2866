import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

/** The folder of the sources. */
export const SOURCES = fileURLToPath(new URL("../src/", import.meta.url));

/** An import as it is written, type imports and dynamic ones too. */
export interface Import {
  readonly specifier: string;
  /** The file below src/ it leads to; undefined for a package. */
  readonly target: string | undefined;
  readonly names: readonly string[];
}

/** A file of src/, parsed. */
export interface SourceFile {
  /** `room/file.ts`, with slashes. */
  readonly path: string;
  readonly room: string;
  readonly lines: number;
  readonly text: string;
  readonly tree: ts.SourceFile;
  readonly imports: readonly Import[];
}

/** Every node of a tree, the root first. */
export function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node;
  for (const child of node.getChildren()) yield* nodesOf(child);
}

function specifierOf(node: ts.Node): ts.Expression | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
    return node.arguments[0];
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
    return node.argument.literal as ts.Expression;
  return undefined;
}

function namesOf(node: ts.Node): string[] {
  if (ts.isImportDeclaration(node)) {
    const { name, namedBindings } = node.importClause ?? {};
    const bound = namedBindings && ts.isNamedImports(namedBindings) ? namedBindings.elements : [];
    return [
      ...(name ? [name.text] : []),
      ...bound.map((element) => (element.propertyName ?? element.name).text),
    ];
  }
  if (ts.isExportDeclaration(node) && node.exportClause && ts.isNamedExports(node.exportClause)) {
    return node.exportClause.elements.map((element) => (element.propertyName ?? element.name).text);
  }
  return [];
}

/** The file an import of `from` leads to. */
export function resolveImport(from: string, specifier: string): string | undefined {
  if (!specifier.startsWith(".")) return undefined;
  return posix.join(posix.dirname(from), specifier).replace(/\.js$/, ".ts");
}

/** A literal's text, or that of the constant of the file that stands for it. */
function textOf(specifier: ts.Expression, tree: ts.SourceFile): string | undefined {
  if (ts.isStringLiteralLike(specifier)) return specifier.text;
  const constants = tree.statements.filter(ts.isVariableStatement);
  const declared = constants.flatMap(({ declarationList }) => [...declarationList.declarations]);
  const value = declared.find(({ name }) => name.getText() === specifier.getText())?.initializer;
  return value && ts.isStringLiteralLike(value) ? value.text : undefined;
}

function importsOf(path: string, tree: ts.SourceFile): Import[] {
  const found: Import[] = [];
  for (const node of nodesOf(tree)) {
    const specifier = specifierOf(node);
    if (!specifier) continue;
    const text = textOf(specifier, tree) ?? specifier.getText();
    found.push({ specifier: text, target: resolveImport(path, text), names: namesOf(node) });
  }
  return found;
}

/** Parses a file of src/. */
export function parseSource(path: string, text: string): SourceFile {
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  const room = path.split("/")[0]!;
  const lines = text.replace(/\n$/, "").split("\n").length;
  return { path, room, lines, text, tree, imports: importsOf(path, tree) };
}

/** Every file of src/. */
export function readSources(): SourceFile[] {
  const files = readdirSync(SOURCES, { recursive: true, encoding: "utf8" });
  const scripts = files.filter((file) => /\.[cm]?tsx?$/.test(file)).sort();
  const found = scripts.map((file) => relative(".", file).replaceAll("\\", "/"));
  // AssemblyScript is another language, with a compiler of its own.
  const paths = found.filter((path) => !path.startsWith("kernels/assembly/"));
  return paths.map((path) => parseSource(path, readFileSync(join(SOURCES, path), "utf8")));
}

/** True when an import leads to a file that is there. */
export function leadsSomewhere(from: SourceFile, specifier: string): boolean {
  return (
    specifier.endsWith(".js") &&
    existsSync(join(SOURCES, dirname(from.path), specifier.replace(/\.js$/, ".ts")))
  );
}
