import { z } from 'zod'

/**
 * A value as it crosses between host and sandbox: plain JSON, and an object with the key `$` for what JSON lacks:
 * tuple, set, frozenset, dict (pairs), bytes (base64), int (decimal text beyond 2^53), float (nan, inf, -inf), complex.
 */
export type Value = null | boolean | number | string | readonly Value[] | { readonly [key: string]: Value }

const tagged = z.discriminatedUnion('$', [
  z.strictObject({
    $: z.enum(['tuple', 'set', 'frozenset']),
    get v() {
      return z.array(valueSchema)
    },
  }),
  z.strictObject({
    $: z.literal('dict'),
    get v() {
      return z.array(z.tuple([valueSchema, valueSchema]))
    },
  }),
  z.strictObject({ $: z.literal('bytes'), v: z.base64() }),
  z.strictObject({ $: z.literal('int'), v: z.string().regex(/^-?\d+$/) }),
  z.strictObject({ $: z.literal('float'), v: z.enum(['nan', 'inf', '-inf']) }),
  z.strictObject({ $: z.literal('complex'), v: z.tuple([z.number(), z.number()]) }),
])

export const valueSchema: z.ZodType<Value> = z.lazy(() =>
  z.union([
    z.null(),
    z.boolean(),
    z.number(),
    z.string(),
    z.array(valueSchema),
    tagged as unknown as z.ZodType<Value>,
    z
      .record(z.string(), valueSchema)
      .refine((record) => !('$' in record), 'an object with the key `$` must be one of the tagged values'),
  ]),
)
