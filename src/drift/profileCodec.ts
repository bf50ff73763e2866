import type { z } from "zod";
import { InputError } from "../errors/index.js";
import { PROFILE_VERSION, type Profile } from "./profile.js";
import { profileSchema } from "./profileSchema.js";
import { contentHash } from "./sealing.js";

function refuse(code: "input/corrupt" | "input/unsupported", message: string, cause?: unknown): InputError {
  return new InputError(code, `profile: ${message}`, { unit: "profile", cause });
}

function packedText(values: readonly number[], width: 4 | 8): string {
  const view = new DataView(new ArrayBuffer(values.length * width));
  for (const [i, value] of values.entries()) {
    if (width === 8) view.setFloat64(i * 8, value, true);
    else view.setUint32(i * 4, value, true);
  }
  const bytes = new Uint8Array(view.buffer);
  let text = "";
  for (let i = 0; i < bytes.length; i += 4096) text += String.fromCharCode(...bytes.subarray(i, i + 4096));
  return btoa(text);
}

/** The places and hashes of a column as text, where that is shorter than the list. */
function pack(key: string, value: unknown): unknown {
  const width = key === "hashes" ? 4 : 8;
  if (!["values", "at", "gaps", "hashes"].includes(key) || !Array.isArray(value)) return value;
  const packed = packedText(value as number[], width);
  return packed.length + 2 < JSON.stringify(value).length ? packed : value;
}

/** A profile as JSON text, a column a line: the same bytes for the same profile. */
export function writeProfile(profile: Profile): string {
  const { columns, hash, ...head } = profile;
  const lines = columns.map((column) => `    ${JSON.stringify(column, pack)}`);
  const first = Object.entries(head).map(
    ([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},`,
  );
  return [
    "{",
    ...first,
    lines.length === 0 ? '  "columns": [],' : `  "columns": [\n${lines.join(",\n")}\n  ],`,
    `  "hash": ${JSON.stringify(hash)}`,
    "}",
    "",
  ].join("\n");
}

function issueOf(error: z.ZodError): string {
  const { path, message } = error.issues[0]!;
  return path.length === 0 ? message : `${path.join(".")}: ${message}`;
}

/**
 * A profile from plain JSON. Throws InputError: `input/unsupported` for another format or version, `input/corrupt` for
 * what doesn't hold together or was changed after it was written.
 */
export function profileFromJson(json: unknown): Profile {
  const head = (json ?? {}) as { format?: unknown; version?: unknown };
  if (typeof json !== "object" || head.format !== "veritable/profile") {
    throw refuse(
      "input/unsupported",
      `the format is ${JSON.stringify(head.format)}, not "veritable/profile"`,
    );
  }
  if (head.version !== PROFILE_VERSION) {
    throw refuse(
      "input/unsupported",
      `the version is ${JSON.stringify(head.version)}; this library reads version ${PROFILE_VERSION}`,
    );
  }
  const parsed = profileSchema.safeParse(json);
  if (!parsed.success) throw refuse("input/corrupt", issueOf(parsed.error), parsed.error);
  const profile = parsed.data as Profile;
  if (contentHash(profile) !== profile.hash) {
    throw refuse("input/corrupt", "its content isn't what its hash was made of: it was changed by hand");
  }
  return profile;
}

/** A profile from JSON text. Throws InputError. */
export function readProfile(text: string): Profile {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw refuse("input/corrupt", "it isn't JSON", cause);
  }
  return profileFromJson(json);
}
