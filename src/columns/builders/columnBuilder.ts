import type { Data } from "apache-arrow";
import { jsonScalar } from "../jsonText.js";
import { BitList } from "./bitList.js";

/** Builds a column from text, cell by cell. */
export interface ColumnBuilder {
  /** Takes a cell as `cellText` prints it; false when it is no value of the type. */
  add(text: string | null): boolean;
  /** Takes a cell as valid JSON text; false when it is no value of the type. */
  addJson(json: string): boolean;
  /** The column of what was added since the last call. */
  finish(): Data;
}

/** What `makeData` takes of a column's validity. */
export interface Validity {
  readonly length: number;
  readonly nullCount: number;
  readonly nullBitmap?: Uint8Array;
}

/** Collects which cells hold a value. */
export class ValidityBuilder {
  readonly #bits = new BitList();

  get length(): number {
    return this.#bits.length;
  }

  push(isValid: boolean): void {
    this.#bits.push(isValid);
  }

  take(): Validity {
    const { length, ones } = this.#bits;
    const nullCount = length - ones;
    const nullBitmap = this.#bits.take();
    return nullCount === 0 ? { length, nullCount } : { length, nullCount, nullBitmap };
  }
}

/** A builder of cells that are one text each. */
export abstract class LeafBuilder implements ColumnBuilder {
  protected readonly validity = new ValidityBuilder();

  abstract add(text: string | null): boolean;
  abstract finish(): Data;

  addJson(json: string): boolean {
    const text = jsonScalar(json);
    return text !== undefined && this.add(text);
  }
}
