import { type Data, DataType, makeData, type RecordBatch, type Schema } from "apache-arrow";
import { batchOf } from "../columns/batchOf.js";
import { ConfigError } from "../errors/index.js";
import type { Sink } from "../io/sink.js";
import type { Source } from "../io/source.js";
import type { SinkOptions, ValidateOptions } from "./options.js";
import type { Redactor } from "./redact.js";
import { redactBatch } from "./redactRows.js";
import type { Router } from "./router.js";

interface Side {
  readonly options: SinkOptions;
  readonly sink: Sink;
  published: string | undefined;
}

function optionsOf(sink: string | SinkOptions | undefined): SinkOptions | undefined {
  return typeof sink === "string" ? { file: sink } : sink;
}

function emptyData(type: DataType): Data {
  if (!DataType.isStruct(type)) return makeData({ type, length: 0 }) as Data;
  return makeData({ type, length: 0, children: type.children.map((child) => emptyData(child.type)) });
}

/** A batch of no rows. */
export function emptyBatch(schema: Schema): RecordBatch {
  const children = schema.fields.map(({ type }) => emptyData(type));
  return batchOf(schema, 0, children);
}

async function openSide(options: SinkOptions | undefined, schema: Schema): Promise<Side | undefined> {
  if (!options) return undefined;
  const { openSink } = await import("../io/openSink.js");
  return { options, sink: await openSink(options.file, schema), published: undefined };
}

/** No two of the source and the two sides may be one file: a rename would replace the rows of the other. Throws ConfigError. */
async function checkApart(source: Source, sides: readonly (SinkOptions | undefined)[]): Promise<void> {
  const { locate } = await import("../io/location.js");
  const { resolve } = await import("node:path");
  const taken = new Map<string, string>();
  if (source.description.path !== undefined)
    taken.set(resolve(source.description.path), "the source is read from it");
  for (const side of sides) {
    const place = side && (await locate(side.file, true));
    if (!side || !place || !("path" in place)) continue;
    const path = resolve(place.path);
    const clash = taken.get(path);
    if (clash !== undefined) {
      throw new ConfigError("config/bad-value", `sinks: rows can't be written to ${side.file}: ${clash}`, {
        parameter: "sinks",
        value: side.file,
      });
    }
    taken.set(path, "both sides would be written to it");
  }
}

/** The files that rows are written to as they are judged; nothing has its name before it is published. */
export class Sinks {
  readonly #accepted: Side | undefined;
  readonly #quarantined: Side | undefined;
  readonly #redactor: Redactor;

  private constructor(accepted: Side | undefined, quarantined: Side | undefined, redactor: Redactor) {
    this.#accepted = accepted;
    this.#quarantined = quarantined;
    this.#redactor = redactor;
  }

  /** Opens what the options ask for; undefined when they ask for nothing. Throws ConfigError and EngineError. */
  static async open(
    source: Source,
    router: Router,
    redactor: Redactor,
    options: ValidateOptions,
  ): Promise<Sinks | undefined> {
    const accepted = optionsOf(options.sinks?.accepted);
    const quarantined = optionsOf(options.sinks?.quarantined);
    if (!accepted && !quarantined) return undefined;
    await checkApart(source, [accepted, quarantined]);
    const { schema } = source;
    const moved = router.emptyQuarantine(emptyBatch(schema));
    const movedSchema = (quarantined?.redact ? redactBatch(moved, redactor) : moved).schema;
    const first = await openSide(accepted, schema);
    try {
      return new Sinks(first, await openSide(quarantined, movedSchema), redactor);
    } catch (error) {
      await first?.sink.abort();
      throw error;
    }
  }

  /** Writes both sides of a batch. */
  async write(batch: RecordBatch, firstRow: number, router: Router): Promise<void> {
    const { accepted, quarantined } = router.route(batch, firstRow);
    if (accepted) await this.#accepted?.sink.write(accepted);
    if (quarantined && this.#quarantined) {
      const { sink, options } = this.#quarantined;
      await sink.write(options.redact ? redactBatch(quarantined, this.#redactor) : quarantined);
    }
  }

  /** Gives the files their names: quarantined rows always, accepted rows when they may be used. */
  async publish(acceptedToo: boolean): Promise<void> {
    if (this.#quarantined) this.#quarantined.published = await this.#quarantined.sink.commit();
    if (!this.#accepted) return;
    if (acceptedToo || this.#accepted.options.publish === "always") {
      this.#accepted.published = await this.#accepted.sink.commit();
    } else {
      await this.#accepted.sink.abort();
    }
  }

  /** Removes what has no name yet. */
  async abort(): Promise<void> {
    for (const side of [this.#accepted, this.#quarantined]) {
      if (side && side.published === undefined) await side.sink.abort();
    }
  }

  get acceptedFile(): string | undefined {
    return this.#accepted?.published;
  }

  get quarantinedFile(): string | undefined {
    return this.#quarantined?.published;
  }
}
