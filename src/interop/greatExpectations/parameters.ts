import { ConfigError, didYouMean } from "../../errors/index.js";
import type { Json } from "../../results/json.js";

/** Values for the `$PARAMETER`s of a suite, by name. */
export type Parameters = Readonly<Record<string, Json>>;

const TOKEN = /\s*(?:(\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+)|([A-Za-z_][\w.:]*)|([-+*/()]))/y;

/** Puts values in place of every `{"$PARAMETER": ...}`, arithmetic included. Throws ConfigError for one that isn't given. */
export function withParameters(value: Json, given: Parameters): Json {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map((part) => withParameters(part, given));
  const record = value as { readonly [key: string]: Json };
  const text = record.$PARAMETER;
  if (text !== undefined) {
    if (typeof text !== "string") throw refuse(JSON.stringify(text), "is no name");
    const byDefault = record[`$PARAMETER.${text}`];
    if (Object.hasOwn(given, text)) return given[text]!;
    if (byDefault !== undefined) return byDefault;
    return new Arithmetic(text, given).value();
  }
  return Object.fromEntries(Object.entries(record).map(([key, part]) => [key, withParameters(part, given)]));
}

/** The given values that the `$PARAMETER`s of a value name, alone or in arithmetic. */
export function parametersUsed(value: Json, given: Parameters): Record<string, Json> {
  if (value === null || typeof value !== "object") return {};
  const text = (value as { readonly $PARAMETER?: Json }).$PARAMETER;
  if (typeof text !== "string") {
    return Object.assign({}, ...Object.values(value).map((part) => parametersUsed(part as Json, given)));
  }
  const names = [text, ...(text.match(/[A-Za-z_][\w.:]*/g) ?? [])];
  return Object.fromEntries(Object.entries(given).filter(([name]) => names.includes(name)));
}

function refuse(text: string, why: string): ConfigError {
  return new ConfigError("config/bad-value", `$PARAMETER ${text} ${why}`, { parameter: "parameters" });
}

/** Reads sums, differences, products and quotients of numbers and parameters. */
class Arithmetic {
  readonly #text: string;
  readonly #given: Parameters;
  readonly #tokens: string[] = [];
  #at = 0;

  constructor(text: string, given: Parameters) {
    this.#text = text;
    this.#given = given;
    TOKEN.lastIndex = 0;
    const source = text.trim();
    while (TOKEN.lastIndex < source.length) {
      const match = TOKEN.exec(source);
      if (!match) throw refuse(JSON.stringify(text), "is neither a name nor arithmetic of names and numbers");
      this.#tokens.push(match[0].trim());
    }
  }

  value(): Json {
    const value = this.#sum();
    if (this.#at < this.#tokens.length) throw refuse(JSON.stringify(this.#text), "can't be read");
    return value;
  }

  #take(...among: string[]): string | undefined {
    const token = this.#tokens[this.#at];
    if (token === undefined || !among.includes(token)) return undefined;
    this.#at++;
    return token;
  }

  #sum(): Json {
    let value = this.#product();
    for (let sign = this.#take("+", "-"); sign; sign = this.#take("+", "-")) {
      const other = this.#number(this.#product());
      value = sign === "+" ? this.#number(value) + other : this.#number(value) - other;
    }
    return value;
  }

  #product(): Json {
    let value = this.#factor();
    for (let sign = this.#take("*", "/"); sign; sign = this.#take("*", "/")) {
      const other = this.#number(this.#factor());
      value = sign === "*" ? this.#number(value) * other : this.#number(value) / other;
    }
    return value;
  }

  #factor(): Json {
    if (this.#take("-")) return -this.#number(this.#factor());
    if (this.#take("(")) {
      const value = this.#sum();
      if (!this.#take(")")) throw refuse(JSON.stringify(this.#text), "lacks a closing parenthesis");
      return value;
    }
    const token = this.#tokens[this.#at++];
    if (token === undefined || /^[-+*/()]$/.test(token))
      throw refuse(JSON.stringify(this.#text), "can't be read");
    if (/^[\d.]/.test(token)) return Number(token);
    if (Object.hasOwn(this.#given, token)) return this.#given[token]!;
    const choices = Object.keys(this.#given);
    throw new ConfigError(
      "config/missing-runtime-input",
      `no parameter ${JSON.stringify(token)} was given in options.parameters${didYouMean(token, choices)}`,
      { parameter: "parameters", value: token, choices },
    );
  }

  #number(value: Json): number {
    if (typeof value === "number") return value;
    throw refuse(JSON.stringify(this.#text), `does arithmetic with ${JSON.stringify(value)}`);
  }
}
