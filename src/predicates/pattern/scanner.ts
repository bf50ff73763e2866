import { ConfigError } from "../../errors/index.js";

/** A place in the source of a pattern, moving forward; offsets count UTF-16 units, as a string's indices do. */
export class Scanner {
  readonly source: string;
  offset = 0;

  constructor(source: string) {
    this.source = source;
  }

  /** Whether anything is left. */
  more(): boolean {
    return this.offset < this.source.length;
  }

  /** Whether `text` comes next. */
  sees(text: string): boolean {
    return this.source.startsWith(text, this.offset);
  }

  /** Moves past `text` if it comes next. */
  take(text: string): boolean {
    if (!this.sees(text)) return false;
    this.offset += text.length;
    return true;
  }

  /** Moves past what `expression`, which must be sticky, matches here. */
  match(expression: RegExp): RegExpExecArray | undefined {
    expression.lastIndex = this.offset;
    const found = expression.exec(this.source);
    if (found === null) return undefined;
    this.offset += found[0].length;
    return found;
  }

  /** Moves past one code point and gives it as a string. */
  char(): string {
    const char = String.fromCodePoint(this.source.codePointAt(this.offset)!);
    this.offset += char.length;
    return char;
  }

  /** Throws a ConfigError that says what is wrong and where. */
  fail(what: string, offset: number = this.offset): never {
    throw patternError(this.source, what, offset);
  }
}

/** The ConfigError for a pattern that can't be used, with the offset of the trouble where it is known. */
export function patternError(source: string, what: string, offset?: number, cause?: unknown): ConfigError {
  const shown = source.length > 80 ? `${source.slice(0, 80)}...` : source;
  const where = offset === undefined ? "" : ` at offset ${offset}`;
  return new ConfigError("config/bad-value", `pattern ${JSON.stringify(shown)}${where}: ${what}`, {
    parameter: "pattern",
    value: source,
    ...(offset === undefined ? {} : { offset }),
    ...(cause === undefined ? {} : { cause }),
  });
}
