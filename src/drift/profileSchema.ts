import * as z from "zod";
import { isFilter } from "./membership.js";
import { PROFILE_VERSION } from "./profile.js";

const count = z.int().nonnegative();
const share = z.number().min(0).max(1);

/** The bytes of doubles or 32-bit integers, little endian, as base64. */
function unpack(text: string, width: 4 | 8): number[] | undefined {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) return undefined;
  const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  if (bytes.length % width !== 0) return undefined;
  const view = new DataView(bytes.buffer);
  return Array.from({ length: bytes.length / width }, (_, i) =>
    width === 8 ? view.getFloat64(i * 8, true) : view.getUint32(i * 4, true),
  );
}

function packed<T extends z.ZodType<number>>(item: T, width: 4 | 8) {
  const list = z.array(item);
  const fromText = z.string().transform((text, context) => {
    const parsed = list.safeParse(unpack(text, width));
    if (parsed.success) return parsed.data as number[];
    context.addIssue({ code: "custom", message: "isn't a packed list of numbers" });
    return z.NEVER;
  });
  return z.union([list, fromText]).transform((values): number[] => values as number[]);
}

const increasing = (values: readonly number[]): boolean =>
  values.every((value, i) => i === 0 || values[i - 1]! < value);

const places = z.strictObject({
  values: packed(z.number(), 8).refine(increasing, "isn't increasing"),
  at: packed(count, 8),
  gaps: packed(count, 8),
});

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

const numeric = z
  .strictObject({
    count,
    zeros: count.optional(),
    negatives: count.optional(),
    moments: z
      .strictObject({
        mean: z.number(),
        deviation: z.number().nonnegative(),
        skewness: z.number(),
        kurtosis: z.number(),
      })
      .optional(),
    distinct: count,
    distinctExact: z.boolean(),
    extremesKnown: z.boolean(),
    places,
    error: share,
  })
  .refine(
    ({ places: { values, at, gaps } }) => values.length === at.length && at.length === gaps.length,
    "has places of different lengths",
  )
  .refine(
    ({ count: rows, places: { at, gaps } }) => total(at) + total(gaps) === rows,
    "has places that don't add up to its rows",
  );

const membership = z.union([
  z.strictObject({
    kind: z.literal("hashes"),
    hashes: packed(
      z
        .int()
        .nonnegative()
        .max(2 ** 32 - 1),
      4,
    ).refine(increasing, "isn't increasing"),
  }),
  z.strictObject({ kind: z.literal("bloom"), bits: z.string().refine(isFilter, "isn't a filter") }),
]);

const levels = z
  .strictObject({
    count,
    levels: z.array(z.tuple([z.string(), count])),
    otherRows: count,
    distinct: count,
    distinctExact: z.boolean(),
    singletons: count,
    membership: membership.optional(),
  })
  .refine(
    (of) => total(of.levels.map(([, rows]) => rows)) + of.otherRows === of.count,
    "has levels that don't add up to its rows",
  );

const column = z.strictObject({
  name: z.string(),
  type: z.string(),
  kind: z.enum(["number", "string", "bool", "temporal", "binary", "null", "nested"]),
  rows: count,
  nulls: count,
  nans: count,
  plusInfinities: count,
  minusInfinities: count,
  numbers: numeric.optional(),
  levels: levels.optional(),
  lengths: numeric.optional(),
  clock: z.strictObject({ hours: z.array(count).length(24), weekdays: z.array(count).length(7) }).optional(),
});

const score = z.number().nullable();
const measure = z.strictObject({
  type: z.string(),
  of: z.record(z.string(), z.json()),
  value: score,
  rows: count.optional(),
  by: z.union([z.string(), z.array(z.string())]).optional(),
  slices: z.array(z.strictObject({ slice: z.json(), value: score, rows: count })).optional(),
});

/** A saved profile: lists of numbers are plain, or packed as base64 where that is shorter. */
export const profileSchema = z.strictObject({
  format: z.literal("veritable/profile"),
  version: z.literal(PROFILE_VERSION),
  library: z.string(),
  createdAt: z.string().optional(),
  rows: count,
  merges: count,
  privacy: z.strictObject({
    mode: z.enum(["full", "kAnonymous", "hashedLevels", "binsOnly"]),
    k: z.int().min(2).optional(),
    key: z.string().optional(),
  }),
  columns: z.array(column),
  measures: z.array(measure).optional(),
  hash: z.string(),
});
