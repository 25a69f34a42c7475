/** How tight operators bind, loosest first. */
export const levels = {
  iff: 1,
  implies: 2,
  or: 3,
  and: 4,
  not: 5,
  relation: 6,
  ratio: 7,
  sets: 8,
  unit: 9,
  sum: 10,
  modulo: 11,
  product: 12,
  power: 13,
} as const
