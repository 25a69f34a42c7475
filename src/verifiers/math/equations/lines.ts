/**
 * Relations between rational expressions, compared along lines parallel to the axes: all names but one get values, and
 * the rest is decided exactly. A line on which they differ proves them different; that they agree on every line at fixed
 * points, in the direction of each name, is taken as the proof that they are the same.
 */
import { type Finding, type How, no, unsure, yes } from '../finding.js'
import { whereIn } from '../regions/chart.js'
import { cutAt } from '../regions/cut.js'
import { type Fraction, fractionOf, type Known } from '../regions/fraction.js'
import { type Polynomial, squarefree, without } from '../regions/polynomial.js'
import { isSame, type Region, span } from '../regions/region.js'
import { settled } from '../regions/unsettled.js'
import { type Rational, zero } from '../value/rational.js'
import type { Form } from './form.js'

const linesPerName = 5
const maxNames = 6
const values = [3, -2, 5, -7, 11, 4, -13, 17, -5, 19, 7, -3, 23, 2, -11, 13, 29, -17]

/** Undefined when one of them is not rational in its names, or has too many. */
export function sameOnLines(a: Form, b: Form, how: How): Finding | undefined {
  const names = [...new Set([...a.names, ...b.names])].sort()
  if (names.length > maxNames) return undefined
  let compared = 0
  for (const [at, name] of names.entries()) {
    const lines = names.length === 1 ? 1 : linesPerName
    for (let line = 0; line < lines; line++) {
      const known = pointFor(names, 7 * at + line)
      const [left, right] = [a, b].map(({ difference }) => fractionOf(difference, name, how.budget, known))
      // A line through a pole says nothing; an expression of another sort has no fraction anywhere.
      if (!left || !right) continue
      const same = sameOnLine(left, right, [a.sign, b.sign], how)
      if (same === false) return no('exact', `they differ along ${name}`)
      if (same === null) return unsure('exact', 'a line that is not settled')
      compared++
    }
  }
  const needed = names.length === 1 ? 1 : names.length * (linesPerName - 1)
  return compared >= needed ? yes('exact', 'the same on every line') : undefined
}

function pointFor(names: readonly string[], seed: number): Known {
  return new Map(
    names.map((name, index): [string, Rational] => {
      const n = values[(seed * 5 + index * 7 + seed * index) % values.length] as number
      // Neighbouring denominators without common divisors keep names from meeting by chance.
      return [name, { n: BigInt(n * 8 + 1), d: [2n, 4n, 8n, 16n][(seed + index) % 4] as bigint }]
    }),
  )
}

function sameOnLine(a: Fraction, b: Fraction, [first, second]: [Form['sign'], Form['sign']], how: How): boolean | null {
  const equation = (sign: Form['sign']) => sign === '=' || sign === '!='
  if (first === second && equation(first)) return sameZeros(zerosOf(a, how), zerosOf(b, how))
  const same = settled(() => {
    const [left, right] = [regionOf(a, first, how), regionOf(b, second, how)]
    return left && right && isSame(left, right, how)
  })
  return same ?? null
}

/** Complex zeros count as well: x² = -1 is not x² = -4. */
const zerosOf = ({ above, excluded }: Fraction, { budget }: How): Polynomial => {
  const found = squarefree(above, budget)
  return excluded.length > 1 && found.length > 1 ? without(found, excluded, budget) : found
}

const sameZeros = (a: Polynomial, b: Polynomial) => {
  // A constant that is not zero has no zeros, whatever it is.
  if (a.length < 2 || b.length < 2) return a.length === b.length
  return a.length === b.length && a.every((one, index) => one === b[index])
}

function regionOf(of: Fraction, sign: Form['sign'], how: How): Region | undefined {
  const cut = cutAt(zero)
  if (sign === '>' || sign === '>=') return whereIn(of, span({ cut, closed: sign === '>=' }, undefined), how)
  const point = sign === '='
  return whereIn(of, { cuts: [cut], cells: [!point, point, !point] }, how)
}
