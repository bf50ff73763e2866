import type { ColumnRef } from "../../columns/columnUse.js";
import type { Kind } from "../../columns/typeName.js";

declare const USES: unique symbol;
declare const DECLARES: unique symbol;
declare const ROW: unique symbol;

/** What the compiler knows of an expectation: the columns it names and the kinds of column it fits. */
export interface Uses {
  readonly column: ColumnRef;
  readonly kind: Kind;
}

/** One rule of a suite: a plain frozen value that JSON can hold. `type` names the unit that judges it. */
export interface Expectation<U extends Uses = Uses> {
  readonly type: string;
  readonly id?: string;
  readonly [key: string]: unknown;
  readonly [USES]?: U;
  readonly [ROW]?: boolean;
}

/** The expectation that declares a suite's columns, by which the others are checked. */
export interface DeclaringExpectation<Columns> extends Expectation<{ column: never; kind: never }> {
  readonly [DECLARES]?: Columns;
}

/** A rule that a row meets or breaks by itself: what `anyOf`, `allOf`, `not` and `implies` take. */
export interface RowExpectation<U extends Uses = Uses> extends Expectation<U> {
  readonly [ROW]?: true;
}

/** What the compiler knows of the members of a rule made of rules. */
export type UsesOf<E> = E extends Expectation<infer U> ? U : never;

/** The kind a type name stands for, at compile time; every kind when it can't be told. */
export type KindOfName<Name extends string> = Name extends `${infer Plain}?`
  ? KindOfName<Plain>
  : Name extends `dictionary<${string}, ${infer Value}>`
    ? KindOfName<Value>
    : Name extends `${"list" | "large_list" | "fixed_size_list" | "struct" | "map" | "union" | "interval"}${string}`
      ? "nested"
      : Name extends `${"int" | "uint" | "float" | "decimal" | "double"}${string}`
        ? "number"
        : Name extends "utf8" | "large_utf8" | "utf8_view" | "string"
          ? "string"
          : Name extends "bool" | "boolean"
            ? "bool"
            : Name extends `${"date" | "time" | "duration"}${string}`
              ? "temporal"
              : Name extends "binary" | "large_binary" | "binary_view" | `fixed_size_binary${string}`
                ? "binary"
                : Name extends "null"
                  ? "null"
                  : Kind;

/** The columns that a list of expectations declares; `unknown` when it has no schema. */
export type DeclaredColumns<List extends readonly Expectation[]> = {
  [I in keyof List]: List[I] extends DeclaringExpectation<infer Columns>
    ? unknown extends Columns
      ? never
      : Columns
    : never;
}[number];

// A problem is the sentence itself: the compiler prints it as the type that the expectation should have had.
type NoColumn<Name extends string> = `no column "${Name}" in the suite's schema`;
type NoField<Name extends string, Type extends string> = `column "${Name}" is ${Type}, which has no fields`;
type Misfit<
  Name extends string,
  Type extends string,
> = `column "${Name}" is ${Type}, which this expectation doesn't fit`;

type TypeOf<Name, Columns> = Name extends keyof Columns ? Columns[Name] & string : never;

type NameProblem<Name extends string, Wanted extends Kind, Columns> = Name extends keyof Columns
  ? [KindOfName<TypeOf<Name, Columns>> & Wanted] extends [never]
    ? Misfit<Name, TypeOf<Name, Columns>>
    : never
  : NoColumn<Name>;

type PathProblem<Head extends string, Path extends string, Columns> = Head extends keyof Columns
  ? [KindOfName<TypeOf<Head, Columns>> & "nested"] extends [never]
    ? NoField<Head, TypeOf<Head, Columns>>
    : never
  : NoColumn<Path>;

/** What is wrong with a column as it is named; `never` when nothing is, or when it can't be told. */
type ColumnProblem<Column, Wanted extends Kind, Columns> = Column extends string
  ? string extends Column
    ? never
    : Column extends keyof Columns
      ? NameProblem<Column, Wanted, Columns>
      : Column extends `${infer Head}.${string}`
        ? PathProblem<Head, Column, Columns>
        : NoColumn<Column>
  : Column extends readonly [infer Head extends string, ...infer Rest]
    ? string extends Head
      ? never
      : Rest extends readonly []
        ? NameProblem<Head, Wanted, Columns>
        : PathProblem<Head, Head, Columns>
    : never;

type UsesProblem<U, Columns> = U extends Uses ? ColumnProblem<U["column"], U["kind"], Columns> : never;

type Checked<Problem> = [Problem] extends [never] ? unknown : Problem;

/** `unknown` when an expectation fits the columns, else a sentence that says why it doesn't. */
export type CheckExpectation<E, Columns> = [Columns] extends [never]
  ? unknown
  : E extends DeclaringExpectation<infer Declared>
    ? unknown extends Declared
      ? Checked<UsesProblem<UsesOf<E>, Columns>>
      : unknown
    : Checked<UsesProblem<UsesOf<E>, Columns>>;
