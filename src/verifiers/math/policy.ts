/** Questions of taste, as named switches with written defaults. */
import { z } from 'zod'

export const mathPolicySchema = z.strictObject({
  missingPercent: z.boolean().default(true).describe('40 stands for 40%; 40% equals 0.4 in any case'),
  missingUnit: z.boolean().default(true).describe('a number without a unit equals the same number with one'),
  missingConstant: z.boolean().default(false).describe('an antiderivative without + C equals one with it'),
  orderedLists: z.boolean().default(false).describe('a bare list such as 1, 2, 3 has an order'),
  programTolerance: z
    .number()
    .min(0)
    .max(1e-3)
    .default(1e-9)
    .describe('relative error allowed to a float that a program returned'),
})

export type MathPolicy = Readonly<z.infer<typeof mathPolicySchema>>
export const defaultPolicy: MathPolicy = mathPolicySchema.parse({})
