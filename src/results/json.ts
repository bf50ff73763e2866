import * as z from "zod";

/** A JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Any JSON value; checked by what JSON itself can hold. */
export const jsonSchema: z.ZodType<Json> = z.json() as unknown as z.ZodType<Json>;
