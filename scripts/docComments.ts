import { fileURLToPath } from "node:url";
import ts from "typescript";
import type { CatalogueField, CatalogueParameter } from "../src/cli/catalogue.js";

/** What the source of one expectation says of it. */
export interface DocPage {
  readonly name: string;
  readonly text: readonly string[];
  readonly examples: readonly string[];
  readonly calls: readonly string[];
  readonly parameters: readonly CatalogueParameter[];
}

const root = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

function makeProgram(entry: string): ts.Program {
  const { config } = ts.readConfigFile(root("tsconfig.json"), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root("."));
  return ts.createProgram({ rootNames: [entry], options });
}

/** Lines that a comment was broken into, put together; an empty line parts paragraphs, and each item of a list is one. */
function paragraphs(text: string): string[] {
  return text
    .split(/\n\s*\n|\n(?=- )/)
    .map((paragraph) => paragraph.replace(/\s*\n\s*/g, " ").trim())
    .filter((paragraph) => paragraph !== "");
}

/** A type on one line, without what only the compiler needs. */
function tidy(type: string): string {
  return type
    .replace(/\s+/g, " ")
    .replace(/\breadonly (?=\w+\??:)/g, "")
    .replace(/; }/g, " }");
}

const textOf = (parts: ts.SymbolDisplayPart[] | undefined) => ts.displayPartsToString(parts);

/** Reads types and comments as the compiler sees them. */
class Reader {
  readonly #checker: ts.TypeChecker;

  constructor(checker: ts.TypeChecker) {
    this.#checker = checker;
  }

  page(alias: ts.Symbol): DocPage {
    const symbol = alias.flags & ts.SymbolFlags.Alias ? this.#checker.getAliasedSymbol(alias) : alias;
    const declarations = (symbol.declarations ?? []).filter(ts.isFunctionDeclaration);
    // The implementation behind overloads is nobody's business.
    const overloads = declarations.filter(({ body }) => body === undefined);
    const forms = overloads.length > 0 ? overloads : declarations;
    const documented = textOf(symbol.getDocumentationComment(this.#checker));
    const examples = symbol.getJsDocTags(this.#checker).filter(({ name }) => name === "example");
    return {
      name: alias.name,
      text: paragraphs(documented),
      examples: examples.map(({ text }) => textOf(text).trim()),
      calls: [...new Set(forms.map((form) => this.#call(alias.name, form)))],
      parameters: this.#merged(forms),
    };
  }

  #isOptional({ questionToken, initializer }: ts.ParameterDeclaration): boolean {
    return questionToken !== undefined || initializer !== undefined;
  }

  #call(name: string, { parameters }: ts.FunctionDeclaration): string {
    const said = parameters.map((each) => `${each.name.getText()}${this.#isOptional(each) ? "?" : ""}`);
    return `${name}(${said.join(", ")})`;
  }

  #typeText(type: ts.Type): string {
    return this.#checker.typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation);
  }

  #parameter(declared: ts.ParameterDeclaration): CatalogueParameter {
    const type = this.#checker.getNonNullableType(this.#checker.getTypeAtLocation(declared));
    const constraint = this.#checker.getBaseConstraintOfType(type) ?? type;
    const fields = this.#fields(constraint);
    return {
      name: declared.name.getText(),
      type: this.#declaredText(declared, type),
      optional: this.#isOptional(declared),
      ...(fields.length > 0 ? { fields } : {}),
    };
  }

  /** The type as the author wrote it, with type variables replaced by what they stand for. */
  #declaredText(declared: ts.ParameterDeclaration, type: ts.Type): string {
    const written = tidy(declared.type?.getText() ?? this.#typeText(type));
    const { typeParameters = [] } = declared.parent as ts.FunctionDeclaration;
    return typeParameters.reduce((text, variable) => {
      const bound = variable.constraint?.getText() ?? "unknown";
      return text.replace(new RegExp(`\\b${variable.name.text}\\b`, "g"), bound);
    }, written);
  }

  /** The members of an object with names of its own: no list, no record, no union. */
  #fields(type: ts.Type): CatalogueField[] {
    const isObject = (type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) !== 0;
    const isOpen = this.#checker.isArrayLikeType(type) || this.#checker.getIndexInfosOfType(type).length > 0;
    if (!isObject || isOpen) return [];
    return type.getProperties().flatMap((property) => {
      // What comes through Omit has no value declaration, and still the one it was written with.
      const declared = property.declarations?.find(ts.isPropertySignature);
      if (!declared) return [];
      const about = paragraphs(textOf(property.getDocumentationComment(this.#checker))).join(" ");
      return [
        {
          name: property.name,
          type: this.#fieldText(property, declared),
          optional: (property.flags & ts.SymbolFlags.Optional) !== 0,
          ...(about === "" ? {} : { about }),
        },
      ];
    });
  }

  /** The type as it was written; a type variable is replaced by what it stands for here. */
  #fieldText(property: ts.Symbol, { type: written }: ts.PropertySignature): string {
    const isVariable =
      written && (this.#checker.getTypeFromTypeNode(written).flags & ts.TypeFlags.TypeParameter) !== 0;
    if (written && !isVariable) return tidy(written.getText());
    return tidy(this.#typeText(this.#checker.getNonNullableType(this.#checker.getTypeOfSymbol(property))));
  }

  #merged(forms: readonly ts.FunctionDeclaration[]): CatalogueParameter[] {
    const merged = new Map<string, CatalogueParameter>();
    for (const parameter of forms.flatMap((form) => form.parameters.map((each) => this.#parameter(each)))) {
      const known = merged.get(parameter.name);
      const types = new Set([...(known ? [known.type] : []), parameter.type]);
      merged.set(parameter.name, { ...parameter, type: [...types].join(" | ") });
    }
    return [...merged.values()];
  }
}

/** What the sources of all expectations say of them, by name. */
export function readDocPages(): Map<string, DocPage> {
  const entry = root("src/expectations/index.ts");
  const program = makeProgram(entry);
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(program.getSourceFile(entry)!)!;
  const reader = new Reader(checker);
  return new Map(checker.getExportsOfModule(module).map((symbol) => [symbol.name, reader.page(symbol)]));
}
