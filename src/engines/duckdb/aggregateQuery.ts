/**
 * Many aggregates in one query over one relation. What they are made of is worked out once a row in a subquery, so that
 * a test that is counted in several ways is tested once.
 */
export class AggregateQuery {
  readonly #inputs = new Map<string, string>();
  readonly #outputs = new Map<string, number>();

  /** The name, among the aggregates' inputs, of an expression over the relation's columns. */
  input(sql: string): string {
    let name = this.#inputs.get(sql);
    if (name === undefined) {
      name = `x${this.#inputs.size}`;
      this.#inputs.set(sql, name);
    }
    return name;
  }

  /** Adds an aggregate over inputs; returns its place in the row that comes back. */
  add(sql: string): number {
    let place = this.#outputs.get(sql);
    if (place === undefined) {
      place = this.#outputs.size;
      this.#outputs.set(sql, place);
    }
    return place;
  }

  /** Counts the rows for which an expression over the relation's columns is true. */
  count(sql: string): number {
    // FILTER takes time in the square of the number of aggregates; count_if doesn't.
    return this.add(`count_if(${this.input(sql)})`);
  }

  /** Counts the rows for which an expression over the relation's columns is not null, which is the cheapest of counts. */
  known(sql: string): number {
    return this.add(`count(${this.input(sql)})`);
  }

  /** Counts the rows for which an expression over the relation's columns is false. */
  countFalse(sql: string): number {
    return this.add(`count_if(NOT ${this.input(sql)})`);
  }

  text(from: string): string {
    const inputs = [...this.#inputs].map(([sql, name]) => `${sql} AS ${name}`);
    const inner = inputs.length === 0 ? from : `(SELECT ${inputs.join(", ")} FROM ${from})`;
    return `SELECT ${[...this.#outputs.keys()].join(", ")} FROM ${inner}`;
  }
}

/** The row of an aggregate query. */
export type AggregateRow = readonly unknown[];

/** A count at a place of the row. */
export function countAt(row: AggregateRow, place: number): number {
  return Number(row[place]);
}
