/** Which expected results hold fractions, that two right programs may round in two ways. */
import type { Value } from '../schemas/value.js'

export function valueHasFraction(value: Value): boolean {
  if (typeof value === 'number') return !Number.isInteger(value)
  if (value === null || typeof value !== 'object') return false
  return Object.values(value as object).some((inner) => valueHasFraction(inner as Value))
}

const fraction = /(?:^|\s)[+-]?\d*\.\d+(?:[eE][+-]?\d+)?(?=\s|$)/

/** A printed word that is a decimal fraction. */
export const textHasFraction = (text: string): boolean => fraction.test(text)
