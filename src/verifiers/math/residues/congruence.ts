/** Congruences solved for their name: the whole numbers that fulfil them, as residues of one modulus. */
import type { How } from '../finding.js'
import { numeral } from '../matrices/arithmetic.js'
import { exactValue } from '../regions/certified.js'
import { fractionOf } from '../regions/fraction.js'
import type { KindOf, Node } from '../tree/node.js'
import { variablesOf } from '../tree/walk.js'
import { isInteger, type Rational } from '../value/rational.js'
import type { ResidueClass } from './classes.js'

const maxModulus = 3000n
const maxResidues = 400

export interface Residues {
  readonly name?: string
  readonly modulus: bigint
  /** In 0 .. modulus - 1, ascending. */
  readonly values: readonly bigint[]
}

const wholeValue = (node: Node, how: How): bigint | undefined => {
  const value: Rational | undefined = exactValue(node, how.budget)
  return value && isInteger(value) ? value.n : undefined
}

/** Undefined when it is none of whole numbers with at most one name. */
export function residuesOf({ left, right, modulus }: KindOf<'congruence'>, how: How): Residues | undefined {
  const m = wholeValue(modulus, how)
  if (m === undefined || m === 0n) return undefined
  const size = m < 0n ? -m : m
  const [name, more] = [...variablesOf(left), ...variablesOf(right)]
  if (name === undefined || (more !== undefined && more !== name)) return undefined
  const value = wholeValue(right, how)
  if (left.kind === 'variable' && value !== undefined) return { name, modulus: size, values: [positive(value, size)] }
  const difference: Node = { kind: 'add', left, right: { kind: 'multiply', left: numeral(-1), right } }
  const found = fractionOf(difference, name, how.budget)
  if (found?.below.length !== 1 || (found.below[0] !== 1n && found.below[0] !== -1n)) return undefined
  if (size > maxModulus) return undefined
  how.budget.spend(Number(size) * found.above.length)
  const values: bigint[] = []
  for (let x = 0n; x < size; x++) {
    if (found.above.reduceRight((total, one) => (total * x + one) % size, 0n) === 0n) values.push(x)
  }
  return values.length > maxResidues ? undefined : { name, modulus: size, values }
}

const positive = (value: bigint, modulus: bigint) => ((value % modulus) + modulus) % modulus

/** `3 (mod 7)` without the name that it is said of. */
export function bareResidue(node: Node, how: How): Residues | undefined {
  if (node.kind !== 'apply' || node.name !== 'mod' || node.args.length !== 2) return undefined
  const [value, m] = node.args.map((arg) => wholeValue(arg, how))
  return value === undefined || !m || m < 2n ? undefined : { modulus: m, values: [positive(value, m)] }
}

/** Whole numbers that fulfil both. Undefined when too many are to be looked through. */
export function both(a: Residues, b: Residues, how: How): Residues | undefined {
  if (a.values.length * b.values.length > maxResidues) return undefined
  const divisor = common(a.modulus, b.modulus)
  const modulus = (a.modulus / divisor) * b.modulus
  const values: bigint[] = []
  for (const x of a.values) {
    for (const y of b.values) {
      how.budget.spend(10)
      if ((y - x) % divisor !== 0n) continue
      const [step, inner] = [a.modulus / divisor, b.modulus / divisor]
      const times = positive(((y - x) / divisor) * inverse(positive(step, inner), inner), inner)
      values.push(positive(x + a.modulus * times, modulus))
    }
  }
  return { name: a.name ?? b.name, modulus, values }
}

export function either(a: Residues, b: Residues): Residues | undefined {
  if (a.modulus !== b.modulus) return undefined
  return { ...a, values: [...new Set([...a.values, ...b.values])] }
}

const common = (a: bigint, b: bigint): bigint => (b === 0n ? a : common(b, a % b))

/** Modulo 1 everything is zero. */
function inverse(value: bigint, modulus: bigint): bigint {
  let [old, current, oldFactor, factor] = [value, modulus, 1n, 0n]
  while (current !== 0n) {
    const times = old / current
    ;[old, current] = [current, old - times * current]
    ;[oldFactor, factor] = [factor, oldFactor - times * factor]
  }
  return positive(oldFactor, modulus)
}

export const classesOf = ({ modulus, values }: Residues): ResidueClass[] =>
  values.map((value) => ({ offset: numeral(value), period: numeral(modulus) }))
