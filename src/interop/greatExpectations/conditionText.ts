import type { Condition } from "../../expectations/unit/condition.js";
import { type Comparator, compared, conjunction, disjunction, inverted, nullity } from "./twoValued.js";

type Value = string | number | boolean | null;
type Token = { readonly kind: "word" | "text" | "quoted" | "number" | "mark"; readonly text: string };

const TOKEN =
  /\s*(?:`([^`]+)`|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+)|([A-Za-z_]\w*)|(==|!=|<>|<=|>=|&&|\|\||[-<>=&|~!()[\].,]))/y;

const COMPARATORS: Readonly<Record<string, Comparator>> = {
  "==": "eq",
  "=": "eq",
  "!=": "ne",
  "<>": "ne",
  "<": "lt",
  "<=": "lte",
  ">": "gt",
  ">=": "gte",
};
const MIRRORED: Readonly<Record<Comparator, Comparator>> = {
  eq: "eq",
  ne: "ne",
  lt: "gt",
  lte: "gte",
  gt: "lt",
  gte: "lte",
};

/** Why a row condition can't be read. */
export class UnreadCondition extends Error {}

/** Reads a row condition: pandas' query syntax, or that of GX's own parser (`col("x") > 5`, `.notNull()`). */
export function conditionFromText(text: string): Condition {
  return new ConditionReader(text).whole();
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const source = text.trimEnd();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(source);
    if (!match) throw new UnreadCondition(`${JSON.stringify(source.slice(at))} can't be read`);
    const [, quotedName, double, single, number, word, mark] = match;
    const quoted = double ?? single;
    if (quotedName !== undefined) tokens.push({ kind: "quoted", text: quotedName });
    else if (quoted !== undefined) tokens.push({ kind: "text", text: quoted.replace(/\\(.)/g, "$1") });
    else if (number !== undefined) tokens.push({ kind: "number", text: number });
    else if (word !== undefined) tokens.push({ kind: "word", text: word });
    else tokens.push({ kind: "mark", text: mark! });
  }
  return tokens;
}

type Operand = { readonly column: string } | { readonly value: Value };

class ConditionReader {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(text: string) {
    this.#tokens = tokensOf(text);
  }

  whole(): Condition {
    const condition = this.#or();
    const rest = this.#tokens[this.#at];
    if (rest) throw new UnreadCondition(`it goes on at ${JSON.stringify(rest.text)}`);
    return condition;
  }

  #sees(...among: string[]): boolean {
    const token = this.#tokens[this.#at];
    const isWord = token?.kind === "word" || token?.kind === "mark";
    return isWord && among.includes(token.kind === "word" ? token.text.toLowerCase() : token.text);
  }

  #take(...among: string[]): string | undefined {
    return this.#sees(...among) ? this.#tokens[this.#at++]!.text : undefined;
  }

  #expect(mark: string): void {
    if (!this.#take(mark)) throw new UnreadCondition(`${JSON.stringify(mark)} is missing`);
  }

  #or(): Condition {
    const parts = [this.#and()];
    while (this.#take("or", "|", "||")) parts.push(this.#and());
    return disjunction(parts);
  }

  #and(): Condition {
    const parts = [this.#not()];
    while (this.#take("and", "&", "&&")) parts.push(this.#not());
    return conjunction(parts);
  }

  #not(): Condition {
    if (this.#take("not", "~", "!")) return inverted(this.#not());
    if (!this.#sees("(")) return this.#comparison();
    this.#expect("(");
    const inner = this.#or();
    this.#expect(")");
    return inner;
  }

  #comparison(): Condition {
    const first = this.#operand();
    if ("column" in first) {
      const test = this.#columnTest(first.column);
      if (test) return test;
    }
    const parts: Condition[] = [];
    let left = first;
    // Python chains comparisons: 1 < x < 5.
    for (let sign = this.#comparator(); sign; sign = this.#comparator()) {
      const right = this.#operand();
      parts.push(this.#compare(left, sign, right));
      left = right;
    }
    if (parts.length > 0) return conjunction(parts);
    if ("column" in first) return compared(first.column, "eq", true);
    throw new UnreadCondition("a value stands where a condition should");
  }

  #comparator(): Comparator | undefined {
    const taken = this.#take(...Object.keys(COMPARATORS));
    return taken === undefined ? undefined : COMPARATORS[taken];
  }

  /** `.notNull()`, `is null`, `in [...]`. */
  #columnTest(column: string): Condition | undefined {
    if (this.#take(".")) {
      const name = this.#tokens[this.#at++]?.text.toLowerCase();
      this.#expect("(");
      this.#expect(")");
      if (name === "notnull" || name === "notna" || name === "is_not_null") return nullity(column, false);
      if (name === "isnull" || name === "isna" || name === "is_null") return nullity(column, true);
      throw new UnreadCondition(`.${name}() is not known`);
    }
    if (this.#take("is")) {
      const isNot = this.#take("not") !== undefined;
      if (!this.#take("null", "none")) throw new UnreadCondition('"is" compares with null only');
      return nullity(column, !isNot);
    }
    if (this.#take("in")) return this.#membership(column);
    if (!this.#sees("not")) return undefined;
    this.#at++;
    if (!this.#take("in")) throw new UnreadCondition('"not" stands where a comparison should');
    return inverted(this.#membership(column));
  }

  #membership(column: string): Condition {
    const close = this.#take("[") ? "]" : ")";
    if (close === ")") this.#expect("(");
    const values: (string | number | boolean)[] = [];
    while (!this.#take(close)) {
      const operand = this.#operand();
      if (!("value" in operand)) throw new UnreadCondition(`a list holds the column ${operand.column}`);
      if (operand.value !== null) values.push(operand.value);
      if (!this.#sees(close)) this.#expect(",");
    }
    return { column: [column], in: values };
  }

  #compare(left: Operand, sign: Comparator, right: Operand): Condition {
    if ("column" in left && "column" in right) {
      throw new UnreadCondition(`it compares the columns ${left.column} and ${right.column} with each other`);
    }
    if ("column" in left) return this.#withValue(left.column, sign, (right as { value: Value }).value);
    if ("column" in right) return this.#withValue(right.column, MIRRORED[sign], left.value);
    throw new UnreadCondition("it compares two values with each other");
  }

  #withValue(column: string, sign: Comparator, value: Value): Condition {
    if (value !== null) return compared(column, sign, value);
    throw new UnreadCondition(`it compares ${column} with null`);
  }

  #operand(): Operand {
    const token = this.#tokens[this.#at++];
    if (!token) throw new UnreadCondition("it ends too soon");
    if (token.kind === "text") return { value: token.text };
    if (token.kind === "quoted") return { column: token.text };
    if (token.kind === "number") return { value: Number(token.text) };
    if (token.kind === "mark") {
      if (token.text !== "-")
        throw new UnreadCondition(`${JSON.stringify(token.text)} stands where a value should`);
      const operand = this.#operand();
      if ("value" in operand && typeof operand.value === "number") return { value: -operand.value };
      throw new UnreadCondition('"-" stands before something that is no number');
    }
    return this.#word(token.text);
  }

  #word(word: string): Operand {
    const isCall = this.#sees("(");
    if (isCall && /^(?:col|date|datetime|timestamp)$/i.test(word)) {
      this.#expect("(");
      const inner = this.#tokens[this.#at++];
      this.#expect(")");
      if (inner?.kind !== "text") throw new UnreadCondition(`${word}() takes text`);
      return word === "col" ? { column: inner.text } : { value: inner.text };
    }
    if (isCall) throw new UnreadCondition(`${word}() is not known`);
    if (/^true$/i.test(word)) return { value: true };
    if (/^false$/i.test(word)) return { value: false };
    return /^(?:none|null)$/i.test(word) ? { value: null } : { column: word };
  }
}
