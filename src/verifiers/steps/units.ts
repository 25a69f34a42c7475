/** Everyday units with a fixed size, for calculations that change from one to another without saying so. */
export interface EverydayUnit {
  readonly dimension: string
  /** In the smallest unit of the dimension; whole. */
  readonly size: number
}

const table: ReadonlyArray<readonly [dimension: string, size: number, names: string]> = [
  ['time', 1, 'second seconds sec secs'],
  ['time', 60, 'minute minutes min mins'],
  ['time', 3600, 'hour hours hr hrs'],
  ['time', 86_400, 'day days'],
  ['time', 604_800, 'week weeks'],
  ['span', 1, 'month months'],
  ['span', 12, 'year years yr yrs'],
  ['span', 120, 'decade decades'],
  ['length', 1, 'inch inches in'],
  ['length', 12, 'foot feet ft'],
  ['length', 36, 'yard yards yd yds'],
  ['length', 63_360, 'mile miles mi'],
  ['metric length', 1, 'mm millimeter millimeters millimetre millimetres'],
  ['metric length', 10, 'cm centimeter centimeters centimetre centimetres'],
  ['metric length', 1000, 'm meter meters metre metres'],
  ['metric length', 1_000_000, 'km kilometer kilometers kilometre kilometres'],
  ['weight', 1, 'ounce ounces oz'],
  ['weight', 16, 'pound pounds lb lbs'],
  ['weight', 32_000, 'ton tons'],
  ['mass', 1, 'mg milligram milligrams'],
  ['mass', 1000, 'g gram grams'],
  ['mass', 1_000_000, 'kg kgs kilogram kilograms kilo kilos'],
  ['volume', 1, 'tsp teaspoon teaspoons'],
  ['volume', 3, 'tbsp tablespoon tablespoons'],
  ['volume', 48, 'cup cups'],
  ['volume', 96, 'pint pints'],
  ['volume', 192, 'quart quarts'],
  ['volume', 768, 'gallon gallons'],
  ['metric volume', 1, 'ml milliliter milliliters millilitre millilitres'],
  ['metric volume', 1000, 'l liter liters litre litres'],
  ['money', 1, 'cent cents penny pennies ¢'],
  ['money', 5, 'nickel nickels'],
  ['money', 10, 'dime dimes'],
  ['money', 25, 'quarter quarters'],
  ['money', 100, 'dollar dollars'],
  ['count', 1, 'unit units'],
  ['count', 12, 'dozen dozens'],
]

const byName = new Map(
  table.flatMap(([dimension, size, names]) => names.split(' ').map((name) => [name, { dimension, size }] as const)),
)

/** What a number is scaled by before its unit: `3 hundred`, `2 million dollars`. */
export const scales: ReadonlyMap<string, number> = new Map([
  ['hundred', 100],
  ['thousand', 1000],
  ['million', 1_000_000],
  ['billion', 1_000_000_000],
  ['k', 1000],
])

/** The unit that the words behind a number name first; undefined for a rate, and when it is none of the table. */
export function everydayUnit(words: readonly string[]): EverydayUnit | undefined {
  const [first = '', second] = words
  if (second === 'per' || second === 'a' || second === 'each') return undefined
  return byName.get(first) ?? (scales.has(first) && second !== undefined ? byName.get(second) : undefined)
}
